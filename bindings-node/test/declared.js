'use strict'

// Holds what really comes back against what `index.d.ts` says: every public
// function is wrapped, and each of its answers is checked against the declared
// type, property by property. So the hand-finished types cannot drift.

const path = require('node:path')
const ts = require('typescript')
const carekey = require('..')

const file = path.join(__dirname, '../index.d.ts')
const program = ts.createProgram([file], {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: ['node']
})
const checker = program.getTypeChecker()
const source = program.getSourceFile(file)
const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source))
const unaliased = (symbol) => symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
const has = (type, flag) => (type.flags & flag) !== 0

// --- what is declared ---

const isValue = (symbol) => (unaliased(symbol).flags & ts.SymbolFlags.Value) !== 0

/** The names of all values: what `require('carekey')` must have. */
const values = exported.filter(isValue).map((symbol) => symbol.name)

/** The words of a union of string literals. */
function union (name) {
  const symbol = exported.find((one) => one.name === name)
  const type = checker.getDeclaredTypeOfSymbol(unaliased(symbol))
  const all = type.isUnion() ? type.types : [type]
  // A union that a host can add to ends with any other string.
  return all.filter((one) => one.isLiteral()).map((one) => one.value).sort()
}

const isPublic = (symbol) => !symbol.name.startsWith('__') && symbol.name !== 'prototype'

function members (type) {
  return checker.getPropertiesOfType(type).filter(isPublic)
}

/** `[owner, name, signature, object]` of every declared function. */
function functions () {
  const found = []
  const add = (owner, symbol, object) => {
    const [signature] = checker.getTypeOfSymbol(symbol).getCallSignatures()
    if (signature) found.push({ name: `${owner}.${nameOf(symbol)}`, key: keyOf(symbol), signature, object })
  }
  const addClass = (owner, symbol, runtime) => {
    members(checker.getTypeOfSymbol(symbol)).filter(isOurs).forEach((one) => add(owner, one, runtime))
    const instance = checker.getDeclaredTypeOfSymbol(symbol)
    instance.getProperties().filter(isOurs).forEach((one) => add(`${owner}#`, one, runtime.prototype))
  }
  for (const alias of exported.filter(isValue)) {
    const symbol = unaliased(alias)
    const runtime = carekey[alias.name]
    if (symbol.flags & ts.SymbolFlags.Class) addClass(alias.name, symbol, runtime)
    else if (symbol.flags & ts.SymbolFlags.Function) add('carekey', symbol, carekey)
    else {
      for (const one of checker.getExportsOfModule(symbol).filter(isValue)) {
        if (one.flags & ts.SymbolFlags.Class) addClass(`${alias.name}.${one.name}`, one, runtime[one.name])
        else add(alias.name, one, runtime)
      }
    }
  }
  return found
}

/** Declared in our own files, or a name of a `Record`; not by the language or by Node. */
const isOurs = (symbol) => !symbol.declarations ||
  symbol.declarations.some((one) => path.dirname(one.getSourceFile().fileName) === path.join(__dirname, '../types'))
const WELL_KNOWN = /^__@(iterator|asyncDispose)@?/
const nameOf = (symbol) => symbol.name.replace(WELL_KNOWN, '[$1]').replace(/\].*/, ']')
const keyOf = (symbol) => {
  const [, known] = symbol.name.match(WELL_KNOWN) ?? []
  return known ? Symbol[known] : symbol.name
}

// --- whether a value is of a type ---

const differences = new Set()
/** How many answers of each function were checked. */
const checkedCalls = new Map()

/** Why a value is not of a type; nothing where it is. */
function why (value, type, at) {
  if (has(type, ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) return undefined
  if (type.isUnion()) {
    const reasons = type.types.map((one) => why(value, one, at))
    return reasons.includes(undefined) ? undefined : closest(reasons)
  }
  const said = () => `${at}: ${value === null ? 'null' : typeof value} for ${checker.typeToString(type)}`
  if (type.isLiteral()) return value === type.value ? undefined : `${at}: ${JSON.stringify(value)} is not in the union`
  if (has(type, ts.TypeFlags.BooleanLiteral)) return String(value) === checker.typeToString(type) ? undefined : said()
  if (has(type, ts.TypeFlags.String)) return typeof value === 'string' ? undefined : said()
  if (has(type, ts.TypeFlags.Number)) return typeof value === 'number' && !Number.isNaN(value) ? undefined : said()
  if (has(type, ts.TypeFlags.Boolean)) return typeof value === 'boolean' ? undefined : said()
  if (has(type, ts.TypeFlags.Null)) return value === null ? undefined : said()
  if (has(type, ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return value === undefined ? undefined : said()
  if (type.isIntersection()) {
    const parts = type.types.filter((one) => !has(one, ts.TypeFlags.Object) || members(one).length > 0)
    return parts.map((one) => why(value, one, at)).find(Boolean)
  }
  if (value === null || typeof value !== 'object') return said()
  return whyNotObject(value, type, at) ?? undefined
}

/** Of the reasons of a union, the one that got furthest. */
const closest = (reasons) => reasons.reduce((best, one) => (one.length > best.length ? one : best))

const NATIVE = { Date, ...carekey }

function whyNotObject (value, type, at) {
  const name = type.symbol?.name
  if (checker.isArrayType(type)) {
    if (!Array.isArray(value)) return `${at}: not an array`
    const [item] = checker.getTypeArguments(type)
    return value.map((one, index) => why(one, item, `${at}[${index}]`)).find(Boolean)
  }
  if (name === 'Rows') {
    if (!(value instanceof carekey.Rows)) return `${at}: not Rows`
    const [row] = checker.getTypeArguments(type)
    return [...value].map((one, index) => why(one, row, `${at}[${index}]`)).find(Boolean)
  }
  if (name === 'AsyncGenerator') return typeof value.next === 'function' ? undefined : `${at}: no generator`
  if (type.isClass?.() || name === 'Date' || (type.symbol?.flags & ts.SymbolFlags.Class)) {
    if (!(value instanceof NATIVE[name])) return `${at}: not a ${name}`
    if (value instanceof Date && Number.isNaN(value.getTime())) return `${at}: no moment`
    if (name !== 'Policy') return undefined
  }
  const index = checker.getIndexInfosOfType(type)[0]
  const declared = new Map(type.getApparentProperties().filter(isOurs).map((one) => [one.name, one]))
  for (const [field, one] of Object.entries(value)) {
    const property = declared.get(field)
    if (!property && !index) return `${at}.${field}: not declared`
    const reason = why(one, property ? checker.getTypeOfSymbol(property) : index.type, `${at}.${field}`)
    if (reason) return reason
  }
  for (const [field, one] of declared) {
    const optional = (one.flags & ts.SymbolFlags.Optional) !== 0
    const method = checker.getTypeOfSymbol(one).getCallSignatures().length > 0
    if (!optional && !method && !(field in value)) return `${at}.${field}: declared and not there`
  }
  return undefined
}

function look (one, answer, promised) {
  const declared = checker.getReturnTypeOfSignature(one.signature)
  const type = promised ? checker.getAwaitedType(declared) : declared
  checkedCalls.set(one.name, (checkedCalls.get(one.name) ?? 0) + 1)
  const reason = why(answer, type, one.name)
  if (reason) differences.add(reason)
}

/** Checks every answer from now on. */
function watch () {
  for (const one of functions()) {
    const plain = one.object[one.key]
    Object.defineProperty(one.object, one.key, {
      configurable: true,
      writable: true,
      value: function (...given) {
        const answer = plain.apply(this, given)
        if (!(answer instanceof Promise)) {
          look(one, answer, false)
          return answer
        }
        if (!/^Promise</.test(checker.typeToString(checker.getReturnTypeOfSignature(one.signature)))) {
          differences.add(`${one.name}: a promise that is not declared`)
        }
        return answer.then((value) => {
          look(one, value, true)
          return value
        })
      }
    })
  }
}

/** What no case need ask for; `surface.test.js` does. */
const BESIDE_THE_CASES = [
  'Agency#.confirmContact',
  'Agency#.eachParty',
  'Agency#.messageOwner',
  'Agency#.objectToContact',
  'Agency#.snapshot',
  'Agency#.snapshotKey',
  'Agency#.tidy',
  'Directory#.[asyncDispose]',
  'Directory#.agency',
  'Directory#.agencies',
  'Directory#.hashOperations',
  'Office#.cancelInvitation',
  'Office#.eachApplication',
  'Office#.eachApplicationBy',
  'Office#.eachFeedLine',
  'Office#.eachMessage',
  'Office#.eachParty',
  'Office#.eachStaged',
  'Office#.eachUser',
  'Office#.releaseContact',
  'Office#.unlock',
  'Outbox#.sentAll',
  'Preview#.allCsv',
  'Preview#.decideAll',
  'Rows#.toJSON',
  'Secret#.toJSON',
  'Secret#.toString',
  'Snapshot#.what',
  'TiePreview#.acceptAll',
  'TiePreview#.failedCsv',
  'TieRoster.fromRows',
  'TieRoster.fromTable',
  'carekey.verifyExport',
  'carekey.verifyHistoryExport',
  'carekey.verifyHistoryExport',
  'invitation.generate',
  'message.fields',
  'message.label',
  'message.labels',
  'message.loadLanguage',
  'message.masked',
  'message.moment',
  'message.span',
  'password.hashingMemory',
  'password.isBlockListed',
  'password.limitHashingMemory',
  'relationship.conveyed',
  'Roster.outline',
  'roster.outcomeLabel',
  'username.Usernames#.check',
  'username.Usernames#.suggest',
  'username.checkStaffName',
  'username.skeleton',
  'visibility.cell'
]

module.exports = { BESIDE_THE_CASES, checkedCalls, differences, functions, union, values, watch }
