'use strict'

const REDACTED = '•••'

/** A text that must never be printed. */
class Secret {
  #value

  constructor (value) {
    this.#value = String(value)
  }

  reveal () {
    return this.#value
  }

  toString () {
    return REDACTED
  }

  toJSON () {
    return REDACTED
  }

  [Symbol.for('nodejs.util.inspect.custom')] () {
    return `Secret(${REDACTED})`
  }
}

module.exports = { Secret }
