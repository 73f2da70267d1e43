// What a form of a roster brought, up to the file as it was read: alike for people and ties.

import { managersOnly } from '../office.js'
import { FORM_BYTES, MEBIBYTES, isTooLarge, read, readingOf, uploadOf } from './upload.js'

/** How a roster is posted: bounded, and read only of an account manager. */
export const POSTED = { bodyLimit: FORM_BYTES, onRequest: managersOnly }

/** The file, or `said` or `file` for the first page: why there is none that can be read. */
export async function fileOf ({ t }, body, Kind) {
  const words = t.office.roster
  const upload = uploadOf(body)
  if (!upload) return { said: words.nothingGiven }
  if (isTooLarge(upload)) return { said: words.tooLarge(MEBIBYTES) }
  const file = await read(upload, readingOf(body), Kind)
  return file.refused ? { file } : { read: file }
}

/** The parties of these identifiers. */
export const partiesOf = async (agency, ids) =>
  new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await agency.party(id)])))

/** Rows that are left out, to be corrected. */
export const sendLeftOut = (reply, preview, view) =>
  reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="to-correct.csv"')
    .send(preview.failedCsv({ locale: view.locale }))
