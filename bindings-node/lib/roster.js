'use strict'

const { CarekeyError } = require('./error')
const { handleOf, wrapped } = require('./handle')
const { underWay } = require('./progress')
const { Rows } = require('./rows')
const { fault, later, native, now, options, pack, text } = require('./border')

// The columns of a packed table: name, kind, and what makes a cell that is not
// there, where that is not null.
const empty = () => []
/** @type {(name: string, kind?: string, missing?: () => unknown) => any} */
const column = (name, kind = 'text', missing = undefined) => [name, kind, missing]

/** In the order of `with_row` in the native module. */
const ROW = [
  column('line', 'number'), column('role'),
  column('name.first'), column('name.middle'), column('name.last'), column('name.nickname'),
  column('organization'), column('username'), column('email'), column('phone'),
  column('preferred'), column('locale'), column('externalId'), column('note'),
  column('alreadyCreated', 'truth'), column('findings', 'json', empty)
]

/** In the order of `with_check`: the verdict, then the row that it is about. */
const CHECK = [
  column('state'), column('action'), column('display'), column('party'),
  column('maybe', 'json', empty), column('decision', 'json'), column('sameAs', 'number'), column('hasAccount', 'truth'),
  column('username'), column('canonical'), column('email'), column('phone'),
  column('findings', 'json', empty), column('suggestions', 'json', empty), column('changes', 'json', empty),
  ...ROW.map(([name, kind, missing]) => [`row.${name}`, kind, missing])
]

/** In the order of `report`. */
const RESULT = [
  column('line', 'number'), column('outcome'), column('party'), column('account'),
  column('username'), column('handOver', 'secret'), column('findings', 'json', empty)
]

/** A verdict, with the line that it is about in front. */
const rowCheck = (check) => ({ line: check.row.line, ...check })

/** People and organizations to be enrolled, read and not yet held against anything. */
class Roster {
  #rows

  static async fromCsv (csv, reading = {}) {
    const handle = await later(() => {
      const told = pack(reading)
      return csv instanceof Uint8Array ? native.Roster.ofBytes(csv, told) : native.Roster.ofText(text(csv, 'csv'), told)
    })
    return wrapped(new Roster(), handle)
  }

  static async fromFile (path, reading = {}) {
    const name = path instanceof URL ? require('node:url').fileURLToPath(path) : path
    return wrapped(new Roster(), await later(() => native.Roster.ofFile(text(name, 'path'), pack(reading))))
  }

  static async outline (csv, reading = {}) {
    return later(() => native.Roster.outline(csv instanceof Uint8Array ? csv : Buffer.from(text(csv, 'csv')), pack(reading)))
  }

  static async fromTable (titles, rows) {
    return wrapped(new Roster(), await later(() => native.Roster.ofTable(pack({ titles, rows }))))
  }

  static async fromRows (rows) {
    return wrapped(new Roster(), await later(() => native.Roster.ofRows(pack({ rows }))))
  }

  get rows () {
    this.#rows ??= now(() => new Rows(handleOf(this, Roster, 'roster').rows(), ROW))
    return this.#rows
  }

  get findings () {
    return now(() => handleOf(this, Roster, 'roster').findings())
  }

  async preview (given) {
    const handle = await later(() => handleOf(this, Roster, 'roster').preview(pack(options(given))))
    return wrapped(new Preview(), handle)
  }
}

/** A roster held against the agency, and the decisions taken on it. */
class Preview {
  #rows

  get #native () {
    return handleOf(this, Preview, 'preview')
  }

  get rows () {
    this.#rows ??= now(() => new Rows(this.#native.rows(), CHECK, rowCheck))
    return this.#rows
  }

  get findings () {
    return now(() => this.#native.findings())
  }

  get gone () {
    return now(() => this.#native.gone())
  }

  summary () {
    return now(() => this.#native.summary())
  }

  byRole () {
    return now(() => this.#native.byRole())
  }

  acceptSuggestions () {
    this.#rows = undefined
    return now(() => this.#native.acceptSuggestions())
  }

  accept (line, username) {
    this.#rows = undefined
    return now(() => new Rows(this.#native.accept(pack({ line, username })), CHECK, rowCheck)).at(0)
  }

  decline (line) {
    this.#rows = undefined
    now(() => this.#native.decline(pack({ line })))
  }

  share (line) {
    this.#rows = undefined
    return now(() => new Rows(this.#native.share(pack({ line })), CHECK, rowCheck)).at(0)
  }

  decide (line, who) {
    this.#rows = undefined
    return now(() => new Rows(this.#native.decideOne(pack({ line, who })), CHECK, rowCheck)).at(0)
  }

  decideAll (decisions) {
    this.#rows = undefined
    now(() => this.#native.decideAll(pack({ decisions })))
  }

  get decisions () {
    return now(() => this.#native.decisions())
  }

  failedCsv (given) {
    return now(() => this.#native.failedCsv(pack(options(given))))
  }

  allCsv (given) {
    return now(() => this.#native.allCsv(pack(options(given))))
  }
}

/** Holds a roster against the agency of an office. */
async function preview (office, roster) {
  return wrapped(new Preview(), await later(() => office.preview(handleOf(roster, Roster, 'roster'))))
}

/** Creates what a preview let pass. */
async function create (office, previewed, given) {
  const { initialPassword, signal, onProgress, ...rest } = options(given)
  if (Object.keys(rest).length > 0) {
    const choices = 'initialPassword, signal, onProgress'
    throw fault('invalid', 'input.unknown_word', { argument: 'options', choices })
  }
  const report = await underWay({ signal, onProgress }, (stop, tell) => {
    const typed = initialPassword === undefined ? [undefined, undefined] : twice(initialPassword)
    return office.create(handleOf(previewed, Preview, 'preview'), ...typed, stop, tell)
  })
  const { gone, stopped } = JSON.parse(report.rest)
  return { rows: new Rows(report.rows, RESULT), gone, stopped: stopped && CarekeyError.read(stopped) }
}

function twice (given) {
  const { password, confirm } = options(given)
  return [text(password, 'initialPassword.password'), text(confirm, 'initialPassword.confirm')]
}

module.exports = { Preview, Roster, create, preview }
