'use strict'

const { later, options, pack, unpack, wrongType } = require('./border')

// A claim is more than what it shows: only who claimed a message can say what
// became of it.
const claims = new WeakMap()

function claim (message) {
  const claimed = claims.get(message)
  if (!claimed) throw wrongType('message', 'a message that was claimed')
  return claimed
}

/** Messages that wait for the host's mailer or SMS gateway. */
class Outbox {
  #native

  constructor (handle) {
    this.#native = handle
  }

  async claim (most, given) {
    const claimed = await later(() => this.#native.claim(pack({ ...options(given), most })))
    return claimed.map((handle) => {
      const message = Object.freeze(unpack(handle.show()))
      claims.set(message, handle)
      return message
    })
  }

  async sent (message) {
    await later(() => this.#native.sent(claim(message)))
  }

  sentAll (messages) {
    return later(() => {
      if (!Array.isArray(messages)) throw wrongType('messages', 'a list')
      return this.#native.sentAll(messages.map(claim))
    })
  }

  async failed (message) {
    await later(() => this.#native.failed(claim(message)))
  }
}

module.exports = { Outbox }
