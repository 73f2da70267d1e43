'use strict'

// One request of someone who comes with a browser: who they are, what they may
// see, and the cookies and form tokens that this takes.

const { createHmac, randomBytes, timingSafeEqual } = require('node:crypto')
const { CarekeyError, Secret } = require('..')
const { fault } = require('./fault')
const { jar } = require('./jar')
const { SAFE } = require('./origin')

class Visit {
  #agency
  #cookies
  #source

  constructor (agency, cookies, source) {
    this.#agency = agency
    this.#cookies = cookies
    this.#source = source
    this.user = null
  }

  /** Who comes, by the session of their cookie; nobody where it has ended. */
  static async of ({ agency, header, put, secure, source }) {
    // What is one person's is in no shared cache, nor are their cookies.
    const setCookie = (line) => {
      put('set-cookie', line)
      put('cache-control', 'no-store')
    }
    const visit = new Visit(agency, jar(header, setCookie, secure), source)
    const token = visit.#cookies.get('session')
    if (token === undefined) return visit
    try {
      visit.user = await agency.session(token)
      put('cache-control', 'no-store')
    } catch (error) {
      if (!(error instanceof CarekeyError) || error.code !== 'session.ended') throw error
      visit.#cookies.clear('session')
    }
    return visit
  }

  get agency () {
    return this.#agency
  }

  /** The token of the session, for acts that take one; `null` where nobody is signed in. */
  get session () {
    return this.user === null ? null : new Secret(this.#cookies.get('session'))
  }

  // --- signing in ---

  async signIn ({ username, password, remember }) {
    const device = this.#cookies.get('device')
    return this.#keep(await this.#agency.signIn({ username, password, remember, device, source: this.#source }))
  }

  async choosePassword ({ password, confirm }) {
    const step = this.#cookies.get('step') ?? ''
    return this.#keep(await this.#agency.choosePassword({ step, password, confirm, source: this.#source }))
  }

  async questionCount () {
    return this.#agency.questionCount(this.#cookies.get('step') ?? '')
  }

  async setQuestions ({ answers }) {
    const step = this.#cookies.get('step') ?? ''
    return this.#keep(await this.#agency.setQuestions({ step, answers, source: this.#source }))
  }

  async changePassword ({ current, password, confirm }) {
    const session = this.#cookies.get('session') ?? ''
    const renewed = await this.#agency.changePassword({ session, current, password, confirm, source: this.#source })
    await this.#keep({ status: 'granted', session: renewed })
  }

  async signOut () {
    const session = this.#cookies.get('session')
    this.#cookies.clear('session')
    this.user = null
    if (session !== undefined) await this.#agency.signOut(session, { source: this.#source })
  }

  /** Sets the new password of a recovery, and keeps the device: nobody is signed in by it. */
  async finishRecovery ({ step, password, confirm }) {
    const recovered = await this.#agency.finishRecovery({ step, password, confirm, source: this.#source })
    this.#cookies.keepDevice(recovered)
    return recovered
  }

  async redeemLink ({ link }) {
    return this.#keepStep(await this.#agency.redeemLink({ link, session: this.session, source: this.#source }))
  }

  async redeemCode ({ code, with: contact }) {
    return this.#keepStep(await this.#agency.redeemCode({ code, with: contact, session: this.session, source: this.#source }))
  }

  /** A new account begins with the step to its password. */
  #keepStep (redeemed) {
    if (redeemed.status === 'new_account') this.#cookies.set('step', redeemed.step.token.reveal())
    return redeemed
  }

  /** Keeps what an answer brought in cookies: the session and its device, or the step that comes next. */
  async #keep (answer) {
    this.#cookies.clear('step')
    if (answer.status === 'granted') {
      const { token, expiresAt, remembered } = answer.session
      this.#cookies.set('session', token.reveal(), remembered ? expiresAt : undefined)
      this.#cookies.keepDevice(answer.session)
      this.user = await this.#agency.session(token)
    } else if (answer.step) {
      this.#cookies.set('step', answer.step.token.reveal())
    }
    return answer
  }

  // --- who sees what ---

  /** The user; an error where nobody is signed in. */
  signedIn () {
    if (this.user === null) throw fault('refused', 'session.ended')
    return this.user
  }

  async canSee (resource, of = 'own') {
    return this.#agency.canSee(this.signedIn().account, resource, of)
  }

  /** The same, as an error where it is not seen. The reasons are the office's, and not told. */
  async mustSee (resource, of) {
    const { allowed } = await this.canSee(resource, of)
    if (!allowed) throw fault('not_allowed', 'actor.not_allowed', { act: resource })
  }

  // --- forms ---

  /**
   * What a form carries so that no other site can send it: bound to a cookie
   * that only this site can set, and to the session.
   */
  get formToken () {
    let key = this.#cookies.get('form')
    if (key === undefined) {
      key = randomBytes(32).toString('base64url')
      this.#cookies.set('form', key)
    }
    return this.#formToken(key)
  }

  checkForm (given) {
    const key = this.#cookies.get('form')
    const expected = Buffer.from(key === undefined ? '' : this.#formToken(key))
    const found = Buffer.from(typeof given === 'string' ? given : '')
    if (expected.length === 0 || found.length !== expected.length || !timingSafeEqual(found, expected)) {
      throw fault('not_allowed', 'actor.not_allowed', { act: 'form' })
    }
  }

  #formToken (key) {
    return createHmac('sha256', key).update(this.#cookies.get('session') ?? '').digest('base64url')
  }
}

/** The field of a form, and the header of a script, that carry the form token. */
const FORM_FIELD = 'formToken'
const FORM_HEADER = 'x-form-token'

/** Refuses a request that changes something and carries no token of ours. */
function checkRequest (visit, { method, headers, body }) {
  if (!SAFE.has(method)) visit.checkForm(headers[FORM_HEADER] ?? body?.[FORM_FIELD])
}

module.exports = { Visit, checkRequest }
