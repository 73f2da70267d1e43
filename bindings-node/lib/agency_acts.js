'use strict'

// Written by core/surface from the core: change it there, not here.

const { pages } = require('./pages')
const { answering, ifAny, later, options, pack, text, token } = require('./border')

/** The acts of the agency that need no hand. */
class AgencyActs {
  #native

  constructor (handle) {
    this.#native = handle
  }

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

  contacts (session, given) {
    return later(() => this.#native.contacts(pack(options(given)), token(session, 'session')))
  }

  changeContact (given) {
    return later(() => {
      const { session, password, ...rest } = options(given)
      return this.#native.changeContact(pack(rest), token(session, 'session'), text(password, 'password'))
    })
  }

  async setLanguage (given) {
    await later(() => {
      const { session, ...rest } = options(given)
      return this.#native.setLanguage(pack(rest), token(session, 'session'))
    })
  }

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

  sessions (session) {
    return later(() => this.#native.sessions(pack({}), token(session, 'session')))
  }

  async endSession (given) {
    await later(() => {
      const { session, ...rest } = options(given)
      return this.#native.endSession(pack(rest), token(session, 'session'))
    })
  }

  endOtherSessions (session, given) {
    return later(() => this.#native.endOtherSessions(pack(options(given)), token(session, 'session')))
  }

  async messageOwner (given) {
    await later(() => {
      const { session, text: said, ...rest } = options(given)
      return this.#native.messageOwner(pack(rest), token(session, 'session'), text(said, 'text'))
    })
  }

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
        pack(rest),
        token(step, 'step'),
        text(password, 'password'),
        text(confirm, 'confirm'))
    })
  }

  lookAtInvitation (link) {
    return later(() => this.#native.lookAtInvitation(pack({}), text(link, 'link')))
  }

  redeemCode (given) {
    return later(() => {
      const { code, session, ...rest } = options(given)
      return this.#native.redeemCode(pack(rest), text(code, 'code'), ifAny(token, session, 'session'))
    })
  }

  redeemLink (given) {
    return later(() => {
      const { link, session, ...rest } = options(given)
      return this.#native.redeemLink(pack(rest), text(link, 'link'), ifAny(token, session, 'session'))
    })
  }

  session (session) {
    return later(() => this.#native.session(pack({}), token(session, 'session')))
  }

  async signOut (session, given) {
    await later(() => this.#native.signOut(pack(options(given)), token(session, 'session')))
  }

  signIn (given) {
    return later(() => {
      const { password, device, ...rest } = options(given)
      return this.#native.signIn(pack(rest), text(password, 'password'), ifAny(text, device, 'device'))
    })
  }

  activation (link) {
    return later(() => this.#native.activation(pack({}), text(link, 'link')))
  }

  activate (given) {
    return later(() => {
      const { link, password, confirm, ...rest } = options(given)
      return this.#native.activate(
        pack(rest),
        text(link, 'link'),
        text(password, 'password'),
        text(confirm, 'confirm'))
    })
  }

  choosePassword (given) {
    return later(() => {
      const { step, password, confirm, ...rest } = options(given)
      return this.#native.choosePassword(
        pack(rest),
        token(step, 'step'),
        text(password, 'password'),
        text(confirm, 'confirm'))
    })
  }

  setQuestions (given) {
    return later(() => {
      const { step, answers: said, ...rest } = options(given)
      const { questions, answers } = answering(said)
      return this.#native.setQuestions(pack({ ...rest, questions }), token(step, 'step'), answers)
    })
  }

  questionCount (step) {
    return later(() => this.#native.questionCount(pack({}), token(step, 'step')))
  }

  async changeQuestions (given) {
    await later(() => {
      const { session, password, answers: said, ...rest } = options(given)
      const { questions, answers } = answering(said)
      return this.#native.changeQuestions(
        pack({ ...rest, questions }),
        token(session, 'session'),
        text(password, 'password'),
        answers)
    })
  }

  changePassword (given) {
    return later(() => {
      const { session, current, password, confirm, ...rest } = options(given)
      return this.#native.changePassword(
        pack(rest),
        token(session, 'session'),
        text(current, 'current'),
        text(password, 'password'),
        text(confirm, 'confirm'))
    })
  }

  agencyHistory () {
    return later(() => this.#native.agencyHistory(pack({})))
  }

  async verifyHistory (account) {
    await later(() => this.#native.verifyHistory(pack({ account })))
  }

  async verifyAgencyHistory () {
    await later(() => this.#native.verifyAgencyHistory(pack({})))
  }

  tidy (given) {
    return later(() => this.#native.tidy(pack(options(given))))
  }

  history (account) {
    return later(() => this.#native.history(pack({ account })))
  }

  party (party) {
    return later(() => this.#native.party(pack({ party })))
  }

  findParties (text, given) {
    return later(() => this.#native.findParties(pack({ ...options(given), text })))
  }

  eachParty (text, given) {
    return pages(() => this.#native.eachParty(pack({ ...options(given), text })))
  }

  remind () {
    return later(() => this.#native.remind(pack({})))
  }

  settings () {
    return later(() => this.#native.settings(pack({})))
  }
}

module.exports = { AgencyActs }
