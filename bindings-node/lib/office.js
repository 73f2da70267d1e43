'use strict'

const { create, preview } = require('./roster')
const { pages } = require('./pages')
const { underWay } = require('./progress')
const { later, options, pack, text } = require('./border')

/** An agency with someone acting. */
class Office {
  #native

  constructor (handle, agency) {
    this.#native = handle
    this.agency = agency
    Object.freeze(this)
  }

  async changeSettings (settings) {
    await later(() => this.#native.changeSettings(pack(options(settings))))
  }

  // --- people ---

  addParty (given) {
    return later(() => this.#native.addParty(pack(options(given))))
  }

  createAccount (given) {
    return later(() => this.#native.createAccount(pack(options(given))))
  }

  setRoles (party, roles) {
    return later(() => this.#native.setRoles(pack({ party, roles })))
  }

  relate (given) {
    return later(() => this.#native.relate(pack(options(given))))
  }

  async endTie (tie, given) {
    await later(() => this.#native.endTie(pack({ ...options(given), tie })))
  }

  grant (given) {
    return later(() => this.#native.grant(pack(options(given))))
  }

  async endGrant (grant) {
    await later(() => this.#native.endGrant(pack({ grant })))
  }

  addApplication (given) {
    return later(() => this.#native.addApplication(pack(options(given))))
  }

  async deleteParty (party) {
    await later(() => this.#native.deleteParty(pack({ party })))
  }

  window (given) {
    return later(() => this.#native.window(pack(options(given))))
  }

  review (given) {
    return later(() => this.#native.review(pack(options(given))))
  }

  // --- rosters ---

  preview (roster) {
    return preview(this.#native, roster)
  }

  create (previewed, given) {
    return create(this.#native, previewed, given)
  }

  // --- invitations ---

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

  async batch (given) {
    const { signal, onProgress, ...rest } = options(given)
    return underWay({ signal, onProgress }, (stop, tell) => this.#native.batch(pack(rest), stop, tell))
  }

  applications (given) {
    return later(() => this.#native.applications(pack(options(given))))
  }

  eachApplication (given) {
    return pages((offset) => this.applications({ ...options(given), offset }))
  }

  // --- accounts and their managers ---

  users (given) {
    return later(() => this.#native.users(pack(options(given))))
  }

  eachUser (given) {
    return pages(async (offset) => ({ rows: (await this.users({ ...options(given), offset })).users }))
  }

  user (account) {
    return later(() => this.#native.user(pack({ account })))
  }

  createStaffAccount (given) {
    return later(() => {
      const { password, confirm, ...rest } = options(given)
      return password === undefined
        ? this.#native.createStaffAccount(pack(rest))
        : this.#native.createStaffAccount(pack(rest), text(password, 'password'), text(confirm, 'confirm'))
    })
  }

  async linkAccount (given) {
    await later(() => this.#native.linkAccount(pack(options(given))))
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

  async disable (account) {
    await later(() => this.#native.disable(pack({ account })))
  }

  async enable (account) {
    await later(() => this.#native.enable(pack({ account })))
  }

  async unlock (account) {
    await later(() => this.#native.unlock(pack({ account })))
  }

  async releaseContact (account, contact) {
    await later(() => this.#native.releaseContact(pack({ account, contact })))
  }

  async resetPassword (account, given) {
    await later(() => {
      const { password, confirm } = options(given)
      return this.#native.resetPassword(pack({ account }), text(password, 'password'), text(confirm, 'confirm'))
    })
  }

  async endSessions (account) {
    await later(() => this.#native.endSessions(pack({ account })))
  }

  sendAgain (account) {
    return later(() => this.#native.sendAgain(pack({ account })))
  }

  async setNote (account, note) {
    await later(() => this.#native.setNote(pack({ account, note })))
  }

  // --- messages ---

  messages (given) {
    return later(() => this.#native.messages(pack(options(given))))
  }

  eachMessage (given) {
    return pages((offset) => this.messages({ ...options(given), offset }))
  }

  async setText (given) {
    await later(() => this.#native.setText(pack(options(given))))
  }
}

module.exports = { Office }
