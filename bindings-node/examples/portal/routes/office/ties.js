// The second roster: who is what of whom (R, B, C4). As with that of people, file
// and decisions travel in the form, and only what was shown is done.

import { TieRoster } from 'carekey'
import { enter, officeOf } from '../../lib/office.js'
import { firstPage } from '../../lib/roster/first.js'
import { POSTED, fileOf, partiesOf, sendLeftOut } from '../../lib/roster/given.js'
import { decisionsOf, markOf } from '../../lib/roster/upload.js'
import { asGiven, decideEnds } from '../../lib/ties/decisions.js'
import { tiePreviewPage } from '../../lib/ties/preview.js'
import { tieResultPage } from '../../lib/ties/result.js'

const PATH = '/office/roster/ties'

export function tieRosterRoutes (app, { agency }) {
  app.get(PATH, async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    return reply.page(view, firstPage(view, PATH, { ties: true }))
  })

  app.post(PATH, POSTED, async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    const { body } = request
    const office = officeOf(agency, request, body)
    const { read: file, ...why } = await fileOf(view, body, TieRoster)
    if (!file) return reply.code(422).page(view, firstPage(view, PATH, { ...why, ties: true }))

    const preview = await office.previewTies(file.roster)
    const lines = markOf({ upload: file.upload, reading: { sheet: file.reading.sheet } })
    const decisions = body.lines === lines ? decisionsOf(body) : {}
    const decided = decideEnds(preview, decisions)
    if (body.act === 'left-out') return sendLeftOut(reply, preview, view)
    if (body.act === 'create' && body.mark === markOf(file, decisions)) {
      return reply.page(view, tieResultPage(view, preview.rows, await office.createTies(preview)))
    }
    const given = asGiven(decided)
    const maybe = preview.rows.flatMap(({ whoMaybe, ofMaybe }) => [...whoMaybe, ...ofMaybe])
    return reply.page(view, tiePreviewPage(view, file, preview, {
      ...decided,
      given,
      known: await partiesOf(agency, [...maybe, ...decided.ends.values()]),
      marks: { lines, mark: markOf(file, given) },
      changed: body.act === 'create',
      later: body.later === 'yes'
    }))
  })
}
