'use strict'

// How a call goes to the native module, and how its answer comes back: facts
// as JSON text, moments and secrets marked in it, errors whole.

/** @type {typeof import('../native')} */
const native = require('./native')
const { Secret } = require('./secret')
const { CarekeyError } = require('./error')

const { fault } = CarekeyError

/** What was given is not what the argument takes. */
function wrongType (argument, expected) {
  return fault('invalid', 'input.wrong_type', { argument, expected })
}

/** The options of a call: an object, or nothing. */
function options (given) {
  if (given === undefined) return {}
  if (given === null || typeof given !== 'object' || Array.isArray(given)) throw wrongType('options', 'an object')
  return given
}

/** Facts and options as JSON; what was left out is nothing, which the core refuses where it is needed. */
function pack (given) {
  try {
    return JSON.stringify(given ?? null, checked)
  } catch (error) {
    throw error instanceof TypeError ? wrongType('options', 'free of circles') : error
  }
}

/**
 * A value as JSON has it. What JSON would pass over in silence is refused.
 *
 * @this {any} the object that has it
 */
function checked (name, shown) {
  const value = this[name]
  switch (typeof value) {
    case 'object':
      if (value instanceof Date && Number.isNaN(value.getTime())) throw wrongType(name, 'a Date')
      if (value instanceof Secret) throw wrongType(name, 'a string')
      if (value instanceof Set) return [...value]
      if (value instanceof Map) throw wrongType(name, 'an object')
      return shown
    case 'number':
      if (!Number.isFinite(value)) throw wrongType(name, 'a number')
      return shown
    case 'bigint':
    case 'function':
    case 'symbol':
      throw wrongType(name, 'a value')
    default:
      return shown
  }
}

/** A text, or a secret, as it is given to the native module. */
function text (value, argument) {
  const found = value instanceof Secret ? value.reveal() : value
  if (typeof found !== 'string' || !found.isWellFormed()) throw wrongType(argument, 'a string')
  return found
}

/** A token: alone, or in the session, step or recovery that it came with. */
function token (value, argument) {
  const inside = value !== null && typeof value === 'object' && 'token' in value
  return text(inside ? value.token : value, argument)
}

/** What may be left out, read so where it is there. */
function ifAny (read, value, argument) {
  return value === undefined || value === null ? undefined : read(value, argument)
}

/** The answers to security questions: which questions, and what is said. */
function answering (answers) {
  if (!Array.isArray(answers)) throw wrongType('answers', 'a list')
  return {
    questions: answers.map((given) => options(given).question),
    answers: answers.map((given) => text(options(given).answer, 'answers.answer'))
  }
}

/** 32 bytes or another number of them. */
function bytes (value, argument) {
  if (!(value instanceof Uint8Array)) throw wrongType(argument, 'a Uint8Array')
  return value
}

function unmarked (value) {
  if (value === null || typeof value !== 'object') return value
  if ('$moment' in value) return new Date(value.$moment)
  if ('$secret' in value) return new Secret(value.$secret)
  for (const name in value) value[name] = unmarked(value[name])
  return value
}

/** An answer in JSON, with its moments as `Date` and its secrets as `Secret`. */
function unpack (answer) {
  return typeof answer === 'string' ? unmarked(JSON.parse(answer)) : answer
}

/** Does what is done at once. */
function now (call) {
  try {
    return unpack(call())
  } catch (error) {
    throw CarekeyError.of(error)
  }
}

/** Does what is done on the pool; whatever is wrong rejects the promise. */
async function later (call) {
  try {
    return unpack(await call())
  } catch (error) {
    throw CarekeyError.of(error)
  }
}

module.exports = { answering, bytes, fault, ifAny, later, native, now, options, pack, text, token, unpack, wrongType }
