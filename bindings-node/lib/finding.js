'use strict'

const { native, now, pack, wrongType } = require('./border')

/** What a finding, or an error without findings, says to a reader of that language. */
function findingMessage (finding, locale) {
  if (finding === null || typeof finding !== 'object') throw wrongType('finding', 'a finding')
  const { code, params } = finding
  return now(() => native.findingMessage(pack({ code, params, locale })))
}

/** The whole table of codes. */
function codes () {
  return now(() => native.codes())
}

module.exports = { codes, findingMessage }
