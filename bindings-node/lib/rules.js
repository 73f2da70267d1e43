'use strict'

// The rules alone, for a host with its own database: facts in, answers out, at
// once. Only hashing takes its time, and so is a promise.

const { answering, bytes, later, native, now, options, pack, text } = require('./border')
const { CarekeyError } = require('./error')

/** A rule that takes facts by name. */
const rule = (name) => (given) => now(() => native[name](pack(options(given))))

/** A rule that takes one text that is a secret. */
const about = (name, argument) => (value) => now(() => native[name](text(value, argument)))

const username = {
  checkEmail: (typed) => now(() => native.usernameEmail(pack({ text: typed }))),
  checkPhone: (typed, given) => now(() => native.usernamePhone(pack({ ...options(given), text: typed }))),
  checkContact: (typed, given) => now(() => native.usernameContact(pack({ ...options(given), text: typed }))),
  canonical: (typed, given) => now(() => native.usernameCanonical(pack({ ...options(given), text: typed }))),
  skeleton: (canonical) => now(() => native.usernameSkeleton(pack({ text: canonical }))),
  findClash: (name, taken, given) => now(() => native.usernameClash(pack({ ...options(given), name, taken }))),
  staffName: rule('usernameStaff'),
  checkStaffName: (typed, given) => now(() => native.usernameTyped(pack({ ...options(given), text: typed }))),

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

const name = {
  parse: (typed) => now(() => native.nameParse(pack({ text: typed }))),
  display: (person) => now(() => native.nameDisplay(pack({ name: person }))),
  key: (person) => now(() => native.nameKey(pack({ name: person })))
}

const password = {
  check: (value, given) => now(() => native.passwordCheck(pack(options(given)), text(value, 'password'))),
  checkChange: (given) => now(() => {
    const { password: value, confirm, ...rest } = options(given)
    return native.passwordChange(pack(rest), text(value, 'password'), text(confirm, 'confirm'))
  }),
  temporary: rule('passwordTemporary'),
  isBlockListed: about('passwordBlockListed', 'password'),
  checkHash: about('passwordStored', 'stored'),
  limitHashingMemory: (kib) => { now(() => native.hashingMemoryLimit(pack({ kib }))) },
  hashingMemory: () => now(() => native.hashingMemory()),

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
  list: rule('questionsList'),
  check: (given) => now(() => {
    const { answers: said, ...rest } = options(given)
    const { questions: asked, answers } = answering(said)
    return native.questionsCheck(pack({ ...rest, questions: asked }), answers)
  }),
  normalise: about('questionsNormalise', 'answer')
}

const account = {
  afterPassword: (stage, given) => now(() => native.stageAfterPassword(pack({ ...options(given), stage }))),
  afterQuestions: (stage) => now(() => native.stageAfterQuestions(pack({ stage }))),
  state: (stage, given) => now(() => native.accountState(pack({ ...options(given), stage }))),
  session: rule('lifeOfSession'),
  step: rule('lifeOfStep'),
  isLive: (life, given) => now(() => native.lifeIsLive(pack({ ...options(given), life }))),

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
  generate: () => now(() => native.invitationGenerate()),
  parseCode: about('invitationCode', 'code'),
  parseLink: about('invitationLink', 'link'),
  issue: rule('invitationIssue'),
  standing: (of, at) => now(() => native.invitationStanding(pack({ invitation: of, now: at }))),
  timeLeft: (of, at) => now(() => native.invitationTimeLeft(pack({ invitation: of, now: at }))),
  redeem: (of, at) => now(() => native.invitationRedeem(pack({ invitation: of, now: at }))),
  supersede: (of, at) => now(() => native.invitationSupersede(pack({ invitation: of, now: at }))),
  nextAction: rule('invitationNextAction'),
  checkAction: (action, given) => now(() => native.invitationCheckAction(pack({ ...options(given), action }))),
  onlineAccount: rule('invitationOnlineAccount'),
  chooseMethod: rule('invitationChooseMethod')
}

const message = {
  fields: (kind) => now(() => native.messageFields(pack({ kind }))),
  shipped: rule('messageShipped'),
  checkTemplate: rule('messageCheckTemplate'),
  render: (given) => now(() => {
    const { secrets = {}, ...rest } = options(given)
    const named = Object.entries(options(secrets))
    return native.messageRender(
      pack({ ...rest, secrets: named.map(([field]) => field) }),
      named.map(([field, value]) => text(value, `secrets.${field}`)))
  }),
  masked: rule('messageMasked'),
  page: (kind) => now(() => native.messagePage(pack({ kind }))),
  address: rule('messageAddress'),
  link: (given) => now(() => {
    const { token, ...rest } = options(given)
    return native.messageLink(pack(rest), text(token, 'token'))
  }),
  checkLinkBase: (typed) => now(() => native.messageLinkBase(pack({ text: typed }))),
  retryAt: rule('messageRetryAt'),
  span: (ms, locale) => now(() => native.messageSpan(pack({ ms, locale }))),
  moment: (at, locale) => now(() => native.messageMoment(pack({ at, locale }))),
  loadLanguage: (file) => now(() => native.loadLanguage(bytes(file, 'file')))
}

const relationship = {
  roleFits: (role, kind) => now(() => native.relationshipRoleFits(pack({ role, kind }))),
  conveys: (kind) => now(() => native.relationshipConveys(pack({ kind }))),
  conveyed: (who, ties, at) => now(() => native.relationshipConveyed(pack({ who, ties, at }))),
  checkTie: rule('relationshipCheckTie'),
  inForce: (period, at) => now(() => native.periodInForce(pack({ period, at }))),
  overlaps: (period, other) => now(() => native.periodOverlaps(pack({ period, other }))),
  isValid: (period) => now(() => native.periodValid(pack({ period })))
}

const visibility = {
  decide: rule('visibilityDecide'),
  sees: rule('visibilitySees'),
  whatCanSee: rule('visibilityWhat'),
  whoCanSee: rule('visibilityWho'),

  /** A viewer that comes over once, and is asked many times. */
  PreparedViewer: class PreparedViewer {
    #native

    constructor (viewer, given) {
      this.#native = now(() => native.PreparedViewer.of(pack({ ...options(given), viewer })))
    }

    decide (resource, of, at) {
      return now(() => this.#native.decide(pack({ resource, of, at })))
    }

    sees (resource, of, at) {
      try {
        return this.#native.sees(pack({ resource, of, at }))
      } catch (error) {
        throw CarekeyError.of(error)
      }
    }

    whatCanSee (others, at) {
      return now(() => this.#native.what(pack({ others, at })))
    }
  },

  cell: (role, resource) => now(() => native.visibilityCell(pack({ role, resource }))),
  checkGrant: rule('visibilityCheckGrant'),
  checkPolicy: (policy) => now(() => native.visibilityCheckPolicy(pack({ policy }))),
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
  outcomeLabel: (outcome, locale) => now(() => native.rowOutcomeLabel(pack({ outcome, locale })))
}

module.exports = {
  account, history, invitation, message, name, password, questions, relationship, roster, username, visibility
}
