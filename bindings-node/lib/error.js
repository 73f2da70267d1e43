'use strict'

/** @type {typeof import('../native')} */
const native = require('./native')

/** What can go wrong, whole: the same class for what is thrown and what rejects. */
class CarekeyError extends Error {
  constructor ({ message, kind, code, params, findings }) {
    super(message)
    this.kind = kind
    this.code = code
    this.params = params
    this.findings = findings
  }

  /** The error whose parts the native module wrote down. */
  static read (text) {
    return new CarekeyError(JSON.parse(text))
  }

  /** An error that the core words, found before it was called. */
  static fault (kind, code, params = {}) {
    return CarekeyError.read(native.fault(kind, code, JSON.stringify(params)))
  }

  /**
   * Whatever was thrown, as an error of this class. What the native module did
   * not write is a fault of ours; its text may repeat what was given, so it
   * goes no further.
   */
  static of (error) {
    if (error instanceof CarekeyError) return error
    if (error?.message?.startsWith('{"code":')) {
      const found = CarekeyError.read(error.message)
      Error.captureStackTrace(found, CarekeyError.of)
      return found
    }
    return CarekeyError.fault('internal', 'internal.fault')
  }
}

Object.defineProperty(CarekeyError.prototype, 'name', { value: 'CarekeyError', configurable: true, writable: true })

module.exports = { CarekeyError }
