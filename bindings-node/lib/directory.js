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

  async agencyRows () {
    return later(() => this.#native.agencyRows())
  }

  async suspendAgency (code, given) {
    const { reason = '', actor } = options(given)
    await later(() => this.#native.suspendAgency(text(code, 'code'), text(reason, 'reason'), pack(actor)))
  }

  async resumeAgency (code, given) {
    await later(() => this.#native.resumeAgency(text(code, 'code'), pack(options(given).actor)))
  }

  async exportAgency (code, file, given) {
    return later(() => this.#native.exportAgency(text(code, 'code'), text(file, 'file'), pack(options(given).actor)))
  }

  async deleteAgency (code, file, given) {
    await later(() => this.#native.deleteAgency(text(code, 'code'), text(file, 'file'), pack(options(given).actor)))
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

/** Verifies the file of an export with the directory's key, and nothing else. */
async function verifyExport (file, given) {
  return later(() => native.verifyExport(text(file, 'file'), bytes(options(given).key, 'key')))
}

/** Verifies the file of an export of histories with the directory's key, and nothing else. */
async function verifyHistoryExport (file, given) {
  return later(() => native.verifyHistoryExport(text(file, 'file'), bytes(options(given).key, 'key')))
}

module.exports = { Directory, verifyExport, verifyHistoryExport }
