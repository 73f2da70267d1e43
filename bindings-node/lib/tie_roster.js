'use strict'

const { CarekeyError } = require('./error')
const { handleOf, wrapped } = require('./handle')
const { underWay } = require('./progress')
const { fault, later, native, now, options, pack, text } = require('./border')

/** Ties to be made and ended, read and not yet held against anything. */
class TieRoster {
  static async fromCsv (csv, reading = {}) {
    const handle = await later(() => {
      const told = pack(reading)
      return csv instanceof Uint8Array ? native.TieRoster.ofBytes(csv, told) : native.TieRoster.ofText(text(csv, 'csv'), told)
    })
    return wrapped(new TieRoster(), handle)
  }

  static async fromFile (path, reading = {}) {
    const name = path instanceof URL ? require('node:url').fileURLToPath(path) : path
    return wrapped(new TieRoster(), await later(() => native.TieRoster.ofFile(text(name, 'path'), pack(reading))))
  }

  static async fromTable (titles, rows, reading = {}) {
    return wrapped(new TieRoster(), await later(() => native.TieRoster.ofTable(pack({ titles, rows, reading }))))
  }

  static async fromRows (rows) {
    return wrapped(new TieRoster(), await later(() => native.TieRoster.ofRows(pack({ rows }))))
  }

  get rows () {
    return now(() => handleOf(this, TieRoster, 'roster').rows())
  }

  get findings () {
    return now(() => handleOf(this, TieRoster, 'roster').findings())
  }
}

/** A roster of ties held against the agency, and what was said on who their ends are. */
class TiePreview {
  #rows

  get #native () {
    return handleOf(this, TiePreview, 'preview')
  }

  get rows () {
    this.#rows ??= now(() => this.#native.rows())
    return this.#rows
  }

  get findings () {
    return now(() => this.#native.findings())
  }

  failedCsv (given) {
    return now(() => this.#native.failedCsv(pack(options(given))))
  }

  get counts () {
    return now(() => this.#native.counts())
  }

  accept (line, end, party) {
    this.acceptAll([{ line, end, party }])
    return this.rows.find(({ row }) => row.line === line)
  }

  acceptAll (accepted) {
    this.#rows = undefined
    now(() => this.#native.acceptAll(pack({ accepted })))
  }
}

/** Holds a roster of ties against the agency of an office. */
async function previewTies (office, roster) {
  return wrapped(new TiePreview(), await later(() => office.previewTies(handleOf(roster, TieRoster, 'roster'))))
}

/** Makes and ends what a preview let pass. */
async function createTies (office, previewed, given) {
  const { signal, onProgress, ...rest } = options(given)
  if (Object.keys(rest).length > 0) {
    throw fault('invalid', 'input.unknown_word', { argument: 'options', choices: 'signal, onProgress' })
  }
  const { rows, stopped } = await underWay({ signal, onProgress }, (stop, tell) => (
    office.createTies(handleOf(previewed, TiePreview, 'preview'), stop, tell)))
  return { rows, stopped: stopped && CarekeyError.read(stopped) }
}

module.exports = { TiePreview, TieRoster, createTies, previewTies }
