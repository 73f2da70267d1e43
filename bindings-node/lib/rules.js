'use strict'

// The rules alone, for a host with its own database: facts in, answers out, at
// once. Only hashing takes its time, and so is a promise.

const { answering, bytes, later, native, now, options, pack, text } = require('./border')
const { CarekeyError } = require('./error')
const functions = require('./functions')

/** A rule that takes facts by name. */
const rule = (name) => (given) => now(() => native[name](pack(options(given))))

const username = {
  ...functions.username,
  findClash: (name, taken, given) => now(() => native.usernameClash(pack({ ...options(given), name, taken }))),
  staffName: rule('usernameStaff'),

  /** The usernames of an agency and of one batch. */
  Usernames: class Usernames {
    #native

    constructor (given) {
      this.#native = now(() => native.Usernames.of(pack(options(given))))
    }

    check (request) {
      return now(() => this.#native.check(pack(options(request))))
    }

    checkAll (requests) {
      return now(() => this.#native.checkAll(pack({ requests })))
    }

    accept (request, name) {
      return now(() => this.#native.accept(pack({ request, username: name })))
    }

    suggest (given) {
      return now(() => this.#native.suggest(pack(options(given))))
    }
  }
}

const password = {
  ...functions.password,
  check: (value, given) => now(() => native.passwordCheck(pack(options(given)), text(value, 'password'))),
  checkChange: (given) => now(() => {
    const { password: value, confirm, ...rest } = options(given)
    return native.passwordChange(pack(rest), text(value, 'password'), text(confirm, 'confirm'))
  }),

  /** Hashes and verifies passwords. */
  Hasher: class Hasher {
    #native

    constructor (given) {
      const { pepper, ...rest } = options(given)
      const key = pepper === undefined ? undefined : bytes(pepper, 'pepper')
      this.#native = now(() => native.Hasher.of(pack(rest), key))
    }

    hash (value) {
      return later(() => this.#native.hash(text(value, 'password')))
    }

    verify (stored, value) {
      return later(() => this.#native.verify(text(stored, 'stored'), text(value, 'password')))
    }
  }
}

const questions = {
  ...functions.questions,
  list: rule('questionsList'),
  check: (given) => now(() => {
    const { answers: said, ...rest } = options(given)
    const { questions: asked, answers } = answering(said)
    return native.questionsCheck(pack({ ...rest, questions: asked }), answers)
  })
}

const account = {
  ...functions.account,

  /** Failures, counted. */
  Throttle: class Throttle {
    failures = 0
    open = 0
    openUntil = null
    lockedUntil = null

    constructor (kept) {
      Object.assign(this, options(kept))
    }

    #happens (what, given) {
      const { failures, open, openUntil, lockedUntil } = this
      const throttle = { failures, open, openUntil, lockedUntil }
      const after = now(() => native.throttle(pack({ ...options(given), throttle, happens: what })))
      Object.assign(this, after.throttle)
      return after.admission
    }

    admit (given) {
      return this.#happens('admit', given)
    }

    succeeded (given) {
      this.#happens('succeeded', given)
    }

    failed (given) {
      this.#happens('failed', given)
    }

    withdrawn (given) {
      this.#happens('withdrawn', given)
    }

    count (given) {
      this.#happens('count', given)
    }
  }
}

const invitation = {
  ...functions.invitation,
  generate: () => now(() => native.invitationGenerate())
}

const message = {
  ...functions.message,
  render: (given) => now(() => {
    const { secrets = {}, ...rest } = options(given)
    const named = Object.entries(options(secrets))
    return native.messageRender(
      pack({ ...rest, secrets: named.map(([field]) => field) }),
      named.map(([field, value]) => text(value, `secrets.${field}`)))
  }),
  link: (given) => now(() => {
    const { token, ...rest } = options(given)
    return native.messageLink(pack(rest), text(token, 'token'))
  }),
  loadLanguage: (file) => now(() => native.loadLanguage(bytes(file, 'file')))
}

/**
 * What is asked of a viewer, part by part as the native module takes it, which is
 * much faster than JSON. Nothing where something is otherwise: JSON goes then, and
 * whoever reads it says what is wrong.
 */
function partsOf (resource, of, at) {
  if (typeof resource !== 'string' || !(at instanceof Date)) return undefined
  const ms = at.getTime()
  if (of === 'own') return [resource, 'own', '', ms]
  if (typeof of !== 'object' || of === null || Object.keys(of).length !== 1) return undefined
  const { party, application } = of
  if (typeof application === 'string') return [resource, 'application', application, ms]
  if (typeof party !== 'object' || party === null || Object.keys(party).length !== 2) return undefined
  const { id, client } = party
  if (typeof id !== 'string' || typeof client !== 'boolean') return undefined
  return [resource, client ? 'client' : 'party', id, ms]
}

const dated = (ms) => ms === null ? null : new Date(ms)

/** The texts of reasons, which are few: one for each that differs in what it says. */
const texts = new Map()
const says = (code, resource, role, kind) => `${code} ${resource} ${role} ${kind}`

/** A reason that came without names, with its text where that was said before. */
function reasonOf (resource, [code, role, tie, grant]) {
  return {
    code,
    grant: grant && { to: grant[0], resource: grant[1], of: grant[2], beginsAt: dated(grant[3][0]), endsAt: dated(grant[3][1]) },
    message: texts.get(says(code, resource, role, tie?.[0])),
    resource,
    role,
    tie: tie && { kind: tie[0], who: tie[1], of: tie[2], beginsAt: dated(tie[3][0]), endsAt: dated(tie[3][1]) }
  }
}

const visibility = {
  ...functions.visibility,
  whatCanSee: rule('visibilityWhat'),
  whoCanSee: rule('visibilityWho'),

  /** A viewer that comes over once, and is asked many times. */
  PreparedViewer: class PreparedViewer {
    #native

    constructor (viewer, given) {
      this.#native = now(() => native.PreparedViewer.of(pack({ ...options(given), viewer })))
    }

    decide (resource, of, at) {
      const parts = partsOf(resource, of, at)
      const told = parts && now(() => JSON.parse(this.#native.decideParts(...parts)))
      if (told) {
        const [scope, because] = told
        const reasons = because.map((reason) => reasonOf(resource, reason))
        if (reasons.every(({ message }) => message !== undefined)) return { allowed: scope !== null, because: reasons, scope }
      }
      const whole = now(() => this.#native.decide(pack({ resource, of, at })))
      for (const { code, resource, role, tie, message } of whole.because) texts.set(says(code, resource, role, tie?.kind), message)
      return whole
    }

    sees (resource, of, at) {
      try {
        const parts = partsOf(resource, of, at)
        const scope = parts && this.#native.seesParts(...parts)
        return (scope ?? this.#native.sees(pack({ resource, of, at }))) || null
      } catch (error) {
        throw CarekeyError.of(error)
      }
    }

    whatCanSee (others, at) {
      return now(() => this.#native.what(pack({ others, at })))
    }
  },

  reasonMessage: (reason, locale) => now(() => {
    const { message: _, ...parts } = options(reason)
    return native.visibilityReasonMessage(pack({ reason: parts, locale }))
  })
}

const history = {
  append: (given) => now(() => {
    const { key, ...rest } = options(given)
    return native.historyAppend(pack(rest), bytes(key, 'key'))
  }),
  verify: (given) => now(() => {
    const { key, ...rest } = options(given)
    native.historyVerify(pack(rest), bytes(key, 'key'))
  }),
  toCsv: (lines) => now(() => native.historyCsv(pack({ lines }))),
  toJsonLines: (lines) => now(() => native.historyJsonLines(pack({ lines })))
}

const roster = {
  outcomeLabel: (outcome, locale) => functions.message.label('row_outcome', outcome, locale)
}

module.exports = {
  ...functions, account, history, invitation, message, password, questions, roster, username, visibility
}
