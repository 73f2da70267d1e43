'use strict'

const { native, now, options, pack } = require('./border')

/** What one account may see, signed and dated: decided by without a store. */
class Snapshot {
  #native

  constructor (handle) {
    this.#native = handle
    Object.assign(this, now(() => handle.about()))
    Object.freeze(this)
  }

  static open (text, given) {
    return new Snapshot(now(() => native.Snapshot.open(pack({ ...options(given), text }))))
  }

  canSee (resource, of, at) {
    return now(() => this.#native.canSee(pack({ resource, of, at })))
  }

  what (at) {
    return now(() => this.#native.what(pack({ at })))
  }
}

module.exports = { Snapshot }
