'use strict'

const { Office } = require('./office')
const { Outbox } = require('./outbox')
const { pages } = require('./pages')
const { answering, later, now, options, pack, text, token } = require('./border')

/** A token that may be left out. */
const tokenIfAny = (value, argument) => (value === undefined || value === null ? undefined : token(value, argument))

/** One tenant of a directory. */
class Agency {
  #native

  constructor (handle, id, code) {
    this.#native = handle
    this.id = id
    this.code = code
    this.outbox = new Outbox(handle.outbox())
    Object.freeze(this)
  }

  settings () {
    return later(() => this.#native.settings())
  }

  actingAs (actor, given) {
    return new Office(now(() => this.#native.actingAs(pack(options(actor)), pack(options(given)))), this)
  }

  // --- signing in ---

  signIn (given) {
    return later(() => {
      const { password, device, ...rest } = options(given)
      return this.#native.signIn(pack(rest), text(password, 'password'), tokenIfAny(device, 'device'))
    })
  }

  activation (link) {
    return later(() => this.#native.activation(text(link, 'link')))
  }

  activate (given) {
    return later(() => {
      const { link, password, confirm, ...rest } = options(given)
      return this.#native.activate(
        pack(rest), text(link, 'link'), text(password, 'password'), text(confirm, 'confirm'))
    })
  }

  choosePassword (given) {
    return later(() => {
      const { step, password, confirm, ...rest } = options(given)
      return this.#native.choosePassword(
        pack(rest), token(step, 'step'), text(password, 'password'), text(confirm, 'confirm'))
    })
  }

  setQuestions (given) {
    return later(() => {
      const { step, answers: said, ...rest } = options(given)
      const { questions, answers } = answering(said)
      return this.#native.setQuestions(pack({ ...rest, questions }), token(step, 'step'), answers)
    })
  }

  changePassword (given) {
    return later(() => {
      const { session, current, password, confirm, ...rest } = options(given)
      return this.#native.changePassword(
        pack(rest), token(session, 'session'), text(current, 'current'),
        text(password, 'password'), text(confirm, 'confirm'))
    })
  }

  session (session) {
    return later(() => this.#native.session(token(session, 'session')))
  }

  async signOut (session, given) {
    await later(() => this.#native.signOut(pack(options(given)), token(session, 'session')))
  }

  // --- a forgotten password ---

  recover (given) {
    return later(() => this.#native.recover(pack(options(given))))
  }

  recoveryCode (given) {
    return later(() => {
      const { step, code, ...rest } = options(given)
      return this.#native.recoveryCode(pack(rest), token(step, 'step'), text(code, 'code'))
    })
  }

  recoveryAnswers (given) {
    return later(() => {
      const { step, answers: said, ...rest } = options(given)
      const { questions, answers } = answering(said)
      return this.#native.recoveryAnswers(pack({ ...rest, questions }), token(step, 'step'), answers)
    })
  }

  finishRecovery (given) {
    return later(() => {
      const { step, password, confirm, ...rest } = options(given)
      return this.#native.finishRecovery(
        pack(rest), token(step, 'step'), text(password, 'password'), text(confirm, 'confirm'))
    })
  }

  // --- invitations ---

  lookAtInvitation (link) {
    return later(() => this.#native.lookAtInvitation(text(link, 'link')))
  }

  redeemCode (given) {
    return later(() => {
      const { code, session, ...rest } = options(given)
      return this.#native.redeemCode(pack(rest), text(code, 'code'), tokenIfAny(session, 'session'))
    })
  }

  redeemLink (given) {
    return later(() => {
      const { link, session, ...rest } = options(given)
      return this.#native.redeemLink(pack(rest), text(link, 'link'), tokenIfAny(session, 'session'))
    })
  }

  // --- a new contact ---

  confirmContact (given) {
    return later(() => {
      const { link, ...rest } = options(given)
      return this.#native.confirmContact(pack(rest), text(link, 'link'))
    })
  }

  async objectToContact (given) {
    await later(() => {
      const { link, ...rest } = options(given)
      return this.#native.objectToContact(pack(rest), text(link, 'link'))
    })
  }

  async messageOwner (given) {
    await later(() => {
      const { session, text: said, ...rest } = options(given)
      return this.#native.messageOwner(pack(rest), token(session, 'session'), text(said, 'text'))
    })
  }

  // --- who sees what ---

  canSee (viewer, resource, of) {
    return later(() => this.#native.canSee(pack({ viewer, resource, of })))
  }

  sees (viewer) {
    return later(() => this.#native.sees(pack({ viewer })))
  }

  seenBy (resource, of) {
    return later(() => this.#native.seenBy(pack({ resource, of })))
  }

  snapshot (viewer) {
    return later(() => this.#native.snapshot(pack({ viewer })))
  }

  snapshotKey () {
    return later(() => this.#native.snapshotKey())
  }

  // --- people and histories ---

  party (party) {
    return later(() => this.#native.party(pack({ party })))
  }

  findParties (said, given) {
    return later(() => this.#native.findParties(pack({ ...options(given), text: said })))
  }

  eachParty (said) {
    return pages((offset) => this.findParties(said, { offset }))
  }

  history (account) {
    return later(() => this.#native.history(pack({ account })))
  }

  agencyHistory () {
    return later(() => this.#native.agencyHistory())
  }

  async verifyHistory (account) {
    await later(() => this.#native.verifyHistory(pack({ account })))
  }

  async verifyAgencyHistory () {
    await later(() => this.#native.verifyAgencyHistory())
  }

  tidy (given) {
    return later(() => this.#native.tidy(pack(options(given))))
  }
}

module.exports = { Agency }
