// A roster: how it is read, preview with verdicts and suggestions, who is who,
// then create (U4, U5, C4, B). What was uploaded and what was decided travel in
// the form; nothing is written before the last button, and only what was shown.

import { enter, officeOf } from '../../lib/office.js'
import { asGiven, decideAll } from '../../lib/roster/decisions.js'
import { firstPage } from '../../lib/roster/first.js'
import { POSTED, fileOf, partiesOf, sendLeftOut } from '../../lib/roster/given.js'
import { parted, previewPage } from '../../lib/roster/preview.js'
import { resultPage } from '../../lib/roster/result.js'
import { goneOf } from '../../lib/roster/rows.js'
import { decisionsOf, markOf } from '../../lib/roster/upload.js'

const PATH = '/office/roster'

export function rosterRoutes (app, { agency }) {
  app.get(PATH, async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    return reply.page(view, firstPage(view, PATH))
  })

  app.post(PATH, POSTED, async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    const { body } = request
    const office = officeOf(agency, request, body)
    const { read: file, ...why } = await fileOf(view, body)
    if (!file) return reply.code(422).page(view, firstPage(view, PATH, why))

    const preview = await office.preview(file.roster)
    // A line of another sheet is another line: what was decided of it is not meant.
    const lines = markOf({ upload: file.upload, reading: { sheet: file.reading.sheet } })
    const decisions = body.lines === lines ? decisionsOf(body) : {}
    const decided = decideAll(preview, decisions, { acceptSuggestions: body.act === 'accept' })
    if (body.act === 'left-out') return sendLeftOut(reply, preview, view)
    if (body.act === 'create' && body.mark === markOf(file, decisions)) {
      const report = await office.create(preview)
      return reply.page(view, resultPage(view, decided.rows, report, await goneOf(agency, report.gone)))
    }
    const given = asGiven(decided)
    const parts = parted(decided)
    const maybe = [...parts.needing, ...parts.fine].flatMap((row) => [...row.maybe, row.decision?.who.same ?? []].flat())
    return reply.page(view, previewPage(view, file, preview, {
      ...decided,
      ...parts,
      given,
      known: await partiesOf(agency, maybe),
      gone: await goneOf(agency, preview.gone),
      marks: { lines, mark: markOf(file, given) },
      changed: body.act === 'create',
      later: body.later === 'yes'
    }))
  })
}
