'use strict'

// Written by core/surface from the core: change it there, not here.

const { pages } = require('./pages')
const { underWay } = require('./progress')
const { later, options, pack, text } = require('./border')

/** The acts of the office that need no hand. */
class OfficeActs {
  #native

  constructor (handle) {
    this.#native = handle
  }

  addApplication (given) {
    return later(() => this.#native.addApplication(pack(options(given))))
  }

  applications (given) {
    return later(() => this.#native.applications(pack(options(given))))
  }

  eachApplication (given) {
    return pages(() => this.#native.eachApplication(pack(options(given))))
  }

  applicationsBy (given) {
    return later(() => this.#native.applicationsBy(pack(options(given))))
  }

  eachApplicationBy (given) {
    return pages(() => this.#native.eachApplicationBy(pack(options(given))))
  }

  application (number) {
    return later(() => this.#native.application(pack({ number })))
  }

  allowed () {
    return later(() => this.#native.allowed(pack({})))
  }

  feed (given) {
    return later(() => this.#native.feed(pack(options(given))))
  }

  partyFile (party, given) {
    return later(() => this.#native.partyFile(pack({ ...options(given), party })))
  }

  grants (party, given) {
    return later(() => this.#native.grants(pack({ ...options(given), party })))
  }

  async endGrant (grant, given) {
    await later(() => this.#native.endGrant(pack({ ...options(given), grant })))
  }

  async invite (item, given) {
    await later(() => this.#native.invite(pack({ ...options(given), item })))
  }

  async reinvite (item, given) {
    await later(() => this.#native.reinvite(pack({ ...options(given), item })))
  }

  async unlink (item) {
    await later(() => this.#native.unlink(pack({ item })))
  }

  async cancelInvitation (item) {
    await later(() => this.#native.cancelInvitation(pack({ item })))
  }

  async deleteParty (party) {
    await later(() => this.#native.deleteParty(pack({ party })))
  }

  addManager (given) {
    return later(() => this.#native.addManager(pack(options(given))))
  }

  async promote (account) {
    await later(() => this.#native.promote(pack({ account })))
  }

  async removeManager (account) {
    await later(() => this.#native.removeManager(pack({ account })))
  }

  async handOver (given) {
    await later(() => this.#native.handOver(pack(options(given))))
  }

  async createAccounts (given) {
    const { signal, onProgress, ...rest } = options(given)
    return underWay({ signal, onProgress }, (stop, tell) => this.#native.createAccounts(pack(rest), stop, tell))
  }

  async disableAll (given) {
    const { signal, onProgress, ...rest } = options(given)
    return underWay({ signal, onProgress }, (stop, tell) => this.#native.disableAll(pack(rest), stop, tell))
  }

  async sendAgainAll (given) {
    const { signal, onProgress, ...rest } = options(given)
    return underWay({ signal, onProgress }, (stop, tell) => this.#native.sendAgainAll(pack(rest), stop, tell))
  }

  async endSessionsAll (given) {
    const { signal, onProgress, ...rest } = options(given)
    return underWay({ signal, onProgress }, (stop, tell) => this.#native.endSessionsAll(pack(rest), stop, tell))
  }

  mergeParties (keep, gone) {
    return later(() => this.#native.mergeParties(pack({ keep, gone })))
  }

  previewMerge (keep, gone) {
    return later(() => this.#native.previewMerge(pack({ keep, gone })))
  }

  splitParty (party) {
    return later(() => this.#native.splitParty(pack({ party })))
  }

  messages (given) {
    return later(() => this.#native.messages(pack(options(given))))
  }

  eachMessage (given) {
    return pages(() => this.#native.eachMessage(pack(options(given))))
  }

  addParty (given) {
    return later(() => this.#native.addParty(pack(options(given))))
  }

  parties (given) {
    return later(() => this.#native.parties(pack(options(given))))
  }

  eachParty (given) {
    return pages(() => this.#native.eachParty(pack(options(given))))
  }

  createAccount (given) {
    return later(() => this.#native.createAccount(pack(options(given))))
  }

  setRoles (party, roles) {
    return later(() => this.#native.setRoles(pack({ party, roles })))
  }

  printCode (item, given) {
    return later(() => this.#native.printCode(pack({ ...options(given), item })))
  }

  former (name) {
    return later(() => this.#native.former(pack({ name })))
  }

  restoreParty (given) {
    return later(() => this.#native.restoreParty(pack(options(given))))
  }

  review (given) {
    return later(() => this.#native.review(pack(options(given))))
  }

  sessions (account) {
    return later(() => this.#native.sessions(pack({ account })))
  }

  staged (given) {
    return later(() => this.#native.staged(pack(options(given))))
  }

  eachStaged (given) {
    return pages(() => this.#native.eachStaged(pack(options(given))))
  }

  texts () {
    return later(() => this.#native.texts(pack({})))
  }

  text (given) {
    return later(() => this.#native.text(pack(options(given))))
  }

  ties (party, given) {
    return later(() => this.#native.ties(pack({ ...options(given), party })))
  }

  relate (given) {
    return later(() => this.#native.relate(pack(options(given))))
  }

  async endTie (tie, given) {
    await later(() => this.#native.endTie(pack({ ...options(given), tie })))
  }

  user (account) {
    return later(() => this.#native.user(pack({ account })))
  }

  createStaffAccount (given) {
    return later(() => {
      const { password, confirm, ...rest } = options(given)
      return this.#native.createStaffAccount(
        pack(rest),
        password === undefined ? undefined : text(password, 'password'),
        password === undefined ? undefined : text(confirm, 'confirm'))
    })
  }

  async linkAccount (given) {
    await later(() => this.#native.linkAccount(pack(options(given))))
  }

  async disable (account) {
    await later(() => this.#native.disable(pack({ account })))
  }

  async enable (account) {
    await later(() => this.#native.enable(pack({ account })))
  }

  async unlock (account) {
    await later(() => this.#native.unlock(pack({ account })))
  }

  async endSessions (account) {
    await later(() => this.#native.endSessions(pack({ account })))
  }

  async resetPassword (account, given) {
    await later(() => {
      const { password, confirm, ...rest } = options(given)
      return this.#native.resetPassword(
        pack({ ...rest, account }),
        text(password, 'password'),
        text(confirm, 'confirm'))
    })
  }

  sendAgain (account) {
    return later(() => this.#native.sendAgain(pack({ account })))
  }

  async releaseContact (account, contact) {
    await later(() => this.#native.releaseContact(pack({ account, contact })))
  }

  async setNote (account, note) {
    await later(() => this.#native.setNote(pack({ account, note })))
  }

  window (given) {
    return later(() => this.#native.window(pack(options(given))))
  }
}

module.exports = { OfficeActs }
