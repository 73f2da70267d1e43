'use strict'

const { OfficeActs } = require('./office_acts')
const { create, preview } = require('./roster')
const { createTies, previewTies } = require('./tie_roster')
const { pages } = require('./pages')
const { underWay } = require('./progress')
const { later, options, pack, text } = require('./border')

/** An agency with someone acting. */
class Office extends OfficeActs {
  #native

  constructor (handle, agency) {
    super(handle)
    this.#native = handle
    this.agency = agency
    Object.freeze(this)
  }

  async changeSettings (settings) {
    await later(() => this.#native.changeSettings(pack(options(settings))))
  }

  // --- people ---

  grant (given) {
    return later(() => this.#native.grant(pack(options(given))))
  }

  editParty (party, edit) {
    return later(() => this.#native.editParty(pack({ ...options(edit), party })))
  }

  // --- rosters ---

  preview (roster) {
    return preview(this.#native, roster)
  }

  create (previewed, given) {
    return create(this.#native, previewed, given)
  }

  previewTies (roster) {
    return previewTies(this.#native, roster)
  }

  createTies (previewed, given) {
    return createTies(this.#native, previewed, given)
  }

  // --- invitations ---

  async batch (given) {
    const { signal, onProgress, ...rest } = options(given)
    return underWay({ signal, onProgress }, (stop, tell) => this.#native.batch(pack(rest), stop, tell))
  }

  async sendStaged (given) {
    const { signal, onProgress, ...rest } = options(given)
    return underWay({ signal, onProgress }, (stop, tell) => this.#native.sendStaged(pack(rest), stop, tell))
  }

  // --- accounts and their managers ---

  async relateAll (given) {
    const { signal, onProgress, ...rest } = options(given)
    return underWay({ signal, onProgress }, (stop, tell) => this.#native.relateAll(pack(rest), stop, tell))
  }

  async grantAll (given) {
    const { signal, onProgress, ...rest } = options(given)
    return underWay({ signal, onProgress }, (stop, tell) => this.#native.grantAll(pack(rest), stop, tell))
  }

  users (given) {
    return later(() => this.#native.users(pack(options(given))))
  }

  eachUser (given) {
    return pages(() => this.#native.eachUser(pack(options(given))))
  }

  // --- what happened ---

  async exportHistory (file, given) {
    return later(() => this.#native.exportHistory(text(file, 'file'), pack(options(given))))
  }

  async trimHistory (file) {
    return later(() => this.#native.trimHistory(text(file, 'file')))
  }

  async * eachFeedLine (given) {
    let { after, ...rest } = options(given)
    for (;;) {
      const page = await this.feed({ ...rest, after })
      yield * page.lines
      if (!page.more) return
      after = page.next
    }
  }

  // --- messages ---

  previewText (given) {
    return later(() => this.#native.previewText(pack(options(given))))
  }

  async setText (given) {
    await later(() => this.#native.setText(pack(options(given))))
  }
}

module.exports = { Office }
