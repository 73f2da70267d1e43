'use strict'

const { Agency } = require('./agency')
const { clockOf } = require('./clock')
const { bytes, later, native, now, options, pack, text, wrongType } = require('./border')

/** All that one store holds: many agencies, none of which sees another. */
class Directory {
  #native

  constructor (opened) {
    if (!(opened instanceof native.Directory)) throw wrongType('directory', 'opened with Directory.open')
    this.#native = opened
  }

  static async open (address, given) {
    const opened = new native.Directory()
    await later(() => {
      const { key, clock, ...rest } = options(given)
      return opened.open(pack(rest), text(address, 'address'), bytes(key, 'key'), clockOf(clock))
    })
    return new Directory(opened)
  }

  async createAgency (settings, given) {
    const made = await later(() => this.#native.createAgency(pack(options(settings)), pack(options(given).actor)))
    return this.#handle(made)
  }

  async agency (code) {
    return this.#handle(await later(() => this.#native.findAgency(text(code, 'code'))))
  }

  async agencies () {
    const found = await later(() => this.#native.agencies())
    return found.map((agency) => this.#handle(agency))
  }

  hashOperations () {
    return now(() => this.#native.hashOperations())
  }

  async close () {
    await later(() => this.#native.close())
  }

  #handle ({ id, code }) {
    return new Agency(this.#native.agency(code), id, code)
  }
}

// `await using directory = …`, where the runtime has it.
if (Symbol.asyncDispose) Directory.prototype[Symbol.asyncDispose] = Directory.prototype.close

module.exports = { Directory }
