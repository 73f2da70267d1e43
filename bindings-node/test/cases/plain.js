'use strict'

// What an answer looks like in a case.

/** As JSON has it. */
const plain = (value) => JSON.parse(JSON.stringify(value))

/** A moment as cases write it: RFC 3339, no fraction where there is none. */
const iso = (at) => (at == null ? null : at.toISOString().replace(/\.?0*Z$/, 'Z'))

/** Findings as cases write them: the table gives the severity and the text. */
const findings = (found) => found.map(({ code, field, params, suggestion }) => {
  const out = { code, field }
  if (Object.keys(params).length > 0) out.params = params
  if (suggestion !== null) out.suggestion = suggestion
  return out
})

const codes = (found) => found.map(({ code }) => code)

const isBlank = (value) => value == null ||
  (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value).length === 0)

/** An object without nulls, empty lists and empty objects. */
const withoutBlanks = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => !isBlank(value)))

/** The same, and without what is false. */
const withoutFalse = (object) => withoutBlanks(Object.fromEntries(
  Object.entries(object).filter(([, value]) => value !== false)))

module.exports = { codes, findings, iso, plain, withoutBlanks, withoutFalse }
