'use strict'

const { native, now, options, pack, text } = require('./border')

const preset = (name) => new Policy(now(() => native.policyPreset(pack({ preset: name }))), known)
/** Says that a document is known to be a whole policy. */
const known = Symbol('known')

/** What was read: the document, or the findings about it. */
function read (document) {
  return now(() => {
    return typeof document === 'string'
      ? native.policyReadText(pack({ text: text(document, 'policy') }))
      : native.policyRead(pack({ policy: options(document) }))
  })
}

/** Every number and switch that an agency may set. */
class Policy {
  constructor (document = {}, mark) {
    const whole = mark === known ? document : now(() => native.policyOf(pack({ policy: options(document) })))
    Object.assign(this, whole)
    Object.freeze(this)
  }

  static agency () {
    return preset('agency')
  }

  static evvState () {
    return preset('evv_state')
  }

  static nist80063b4 () {
    return preset('nist_800_63b_4')
  }

  /** A document, or its text, as a policy; or the findings. */
  static read (document) {
    const { value, findings } = read(document)
    return { value: value && new Policy(value, known), findings }
  }

  findings () {
    return read(this).findings
  }

  departures () {
    return now(() => native.policyDepartures(pack({ policy: this })))
  }

  scheme (role) {
    return now(() => native.policyScheme(pack({ role, policy: this })))
  }

  toJSON () {
    return { ...this }
  }
}

module.exports = { Policy }
