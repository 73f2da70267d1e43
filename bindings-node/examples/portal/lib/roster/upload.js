// A roster between two requests: its file, how that is read, and what was
// decided travel in the form. The server keeps nothing of it and logs nothing.

import { createHash } from 'node:crypto'
import { Roster } from 'carekey'

/** The most that a file may have here, and a form that carries one in base64. */
export const MEBIBYTES = 4
export const FORM_BYTES = 2 * MEBIBYTES * 2 ** 20

/** What came: a file, rows that were pasted, or what the form carries; nothing where there is none of it. */
export function uploadOf ({ file, csv, carried, called }) {
  if (file?.bytes?.length > 0) return { bytes: file.bytes, name: file.name }
  if (csv?.trim()) return { bytes: Buffer.from(csv), name: '' }
  if (carried) return { bytes: Buffer.from(carried, 'base64url'), name: called ?? '' }
  return null
}

export const isTooLarge = ({ bytes }) => bytes.length > MEBIBYTES * 2 ** 20

/** How the office says that a file is to be read. */
export function readingOf (body) {
  const told = Object.entries(body).flatMap(([name, column]) => {
    const title = body[`title-${/^column-(\d+)$/.exec(name)?.[1]}`]
    return title && column ? [[title, column === 'none' ? null : column]] : []
  })
  const meant = Object.entries(body).flatMap(([name, means]) => {
    const status = body[`status-${/^means-(\d+)$/.exec(name)?.[1]}`]
    return status && ['here', 'left'].includes(means) ? [[status, means === 'here']] : []
  })
  return {
    sheet: body.sheet || null, role: body.role || null, encoding: body.encoding || null, dates: body.dates || null,
    columns: Object.fromEntries(told), statuses: Object.fromEntries(meant)
  }
}

/**
 * Reads it: the roster, or that of ties, or why there is none; and what the file
 * has to choose from, as far as it can be told.
 */
export async function read (upload, told, Kind = Roster) {
  let outline = { sheets: [], titles: [] }
  let reading = told
  try {
    outline = await Roster.outline(upload.bytes, told)
    reading = fitting(told, outline)
    return { upload, outline, reading, roster: await Kind.fromCsv(upload.bytes, reading) }
  } catch (error) {
    if (!['invalid', 'not_found'].includes(error.kind)) throw error
    return { upload, outline, reading, refused: error.findings.length > 0 ? error.findings : [error] }
  }
}

/** What was said of sheets and columns that the file has: of another sheet's nothing is left. */
function fitting (told, { sheets, titles }) {
  const has = new Set(titles.map(({ title }) => title))
  return {
    ...told,
    sheet: sheets.includes(told.sheet) ? told.sheet : null,
    columns: Object.fromEntries(Object.entries(told.columns).filter(([title]) => has.has(title)))
  }
}

/** What was decided of the lines: `who-12`, `name-12`, `typed-12`, `share-12`; of a tie `who-12`, `of-12`. */
export const decisionsOf = (body) =>
  Object.fromEntries(Object.entries(body).filter(([name, value]) => /^(who|of|name|typed|share)-\d+$/.test(name) && value))

/** By which a form shows that it is the one that was shown: the same file, read alike, decided alike. */
export function markOf ({ upload, reading }, decisions = {}) {
  const { columns = {}, statuses = {}, ...rest } = reading
  const said = [rest, sorted(columns), sorted(statuses), sorted(decisions)]
  return createHash('sha256').update(upload.bytes).update(JSON.stringify(said)).digest('base64url')
}

const sorted = (pairs) => Object.entries(pairs).sort(([a], [b]) => a < b ? -1 : 1)
