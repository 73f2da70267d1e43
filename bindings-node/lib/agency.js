'use strict'

const { AgencyActs } = require('./agency_acts')
const { Office } = require('./office')
const { Outbox } = require('./outbox')
const { later, now, options, pack } = require('./border')

/** One tenant of a directory. */
class Agency extends AgencyActs {
  #native

  constructor (handle, id, code) {
    super(handle)
    this.#native = handle
    this.id = id
    this.code = code
    this.outbox = new Outbox(handle.outbox())
    Object.freeze(this)
  }

  actingAs (actor, given) {
    return new Office(now(() => this.#native.actingAs(pack(options(actor)), pack(options(given)))), this)
  }

  snapshotKey () {
    return later(() => this.#native.snapshotKey())
  }
}

module.exports = { Agency }
