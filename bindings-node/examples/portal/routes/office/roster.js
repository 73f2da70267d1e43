// A roster: how it is read, preview with verdicts and suggestions, who is who,
// then create (U4, U5, C4, B). What was uploaded and what was decided travel in
// the form; nothing is written before the last button, and only what was shown.

import { html } from '../../lib/html.js'
import { enter, managersOnly, officeOf } from '../../lib/office.js'
import { button, form, problems } from '../../lib/parts.js'
import { asGiven, decideAll } from '../../lib/roster/decisions.js'
import { parted, previewPage } from '../../lib/roster/preview.js'
import { aboutFile, calledOf, carried, readingFields } from '../../lib/roster/reading.js'
import { resultPage } from '../../lib/roster/result.js'
import { goneOf } from '../../lib/roster/rows.js'
import { FORM_BYTES, MEBIBYTES, decisionsOf, isTooLarge, markOf, read, readingOf, uploadOf } from '../../lib/roster/upload.js'

/** What a file may be called; what it is, its bytes say. */
const ACCEPT = '.csv,.tsv,.txt,.xlsx,.xls,.ods'

export function rosterRoutes (app, { agency }) {
  app.get('/office/roster', async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    return reply.page(view, firstPage(view, {}))
  })

  app.post('/office/roster', { bodyLimit: FORM_BYTES, onRequest: managersOnly }, async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    const { body } = request
    const office = officeOf(agency, request, body)
    const words = view.t.office.roster
    const upload = uploadOf(body)
    if (!upload) return reply.code(422).page(view, firstPage(view, { said: words.nothingGiven }))
    if (isTooLarge(upload)) return reply.code(422).page(view, firstPage(view, { said: words.tooLarge(MEBIBYTES) }))
    const file = await read(upload, readingOf(body))
    if (file.refused) return reply.code(422).page(view, firstPage(view, { file }))

    const preview = await office.preview(file.roster)
    // A line of another sheet is another line: what was decided of it is not meant.
    const lines = markOf({ upload, reading: { sheet: file.reading.sheet } })
    const decisions = body.lines === lines ? decisionsOf(body) : {}
    const decided = decideAll(preview, decisions, { acceptSuggestions: body.act === 'accept' })
    if (body.act === 'left-out') {
      return reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="to-correct.csv"')
        .send(preview.failedCsv({ locale: view.locale }))
    }
    if (body.act === 'create' && body.mark === markOf(file, decisions)) {
      const report = await office.create(preview)
      return reply.page(view, resultPage(view, decided.rows, report, await goneOf(agency, report.gone)))
    }
    const given = asGiven(decided)
    const parts = parted(decided)
    return reply.page(view, previewPage(view, file, preview, {
      ...decided,
      ...parts,
      given,
      known: await knownOf([...parts.needing, ...parts.fine]),
      gone: await goneOf(agency, preview.gone),
      marks: { lines, mark: markOf(file, given) },
      changed: body.act === 'create',
      later: body.later === 'yes'
    }))
  })

  /** The people whom rows may be about, by their identifiers. */
  const knownOf = async (rows) => {
    const ids = new Set(rows.flatMap(({ maybe, decision }) => [...maybe, decision?.who.same ?? []].flat()))
    return new Map(await Promise.all([...ids].map(async (id) => [id, await agency.party(id)])))
  }

  /** Where a roster is given; or where one that was refused may be read otherwise. */
  const firstPage = (view, { said, file }) => {
    const words = view.t.office.roster
    const pasted = file && !file.upload.name ? file.upload.bytes.toString() : ''
    return {
      title: words.title,
      keeps: file && 'roster',
      body: html`<h1>${words.title}</h1>
        <p class="lead">${words.lead}</p>
        ${said && problems(view, [said])}
        ${file && html`${aboutFile(view, file.refused)}
          <section class="card"><h2>${words.reading}</h2><p class="hint">${calledOf(view, file)}</p>
            ${form(view, '/office/roster', html`${carried(file)}${readingFields(view, file)}`, { id: 'roster', busy: words.busy })}</section>`}
        <section class="card">${file && html`<h2>${words.otherFile}</h2>`}${form(view, '/office/roster', html`
          <div class="field"><label for="file">${words.file}</label><p class="hint" id="file-hint">${words.fileHint(MEBIBYTES)}</p>
            <input id="file" name="file" type="file" accept="${ACCEPT}" aria-describedby="file-hint" data-most="${MEBIBYTES * 2 ** 20}" data-too-large="${words.tooLarge(MEBIBYTES)}"></div>
          <div class="field"><label for="csv">${words.csv}</label><p class="hint" id="csv-hint">${words.hint}</p>
            <textarea id="csv" name="csv" rows="${file ? 4 : 8}" spellcheck="false" class="mono" aria-describedby="csv-hint">${pasted}</textarea></div>
          ${button(words.preview, { name: 'act', value: 'preview', kind: file ? 'plain' : 'primary' })}`, { upload: true, busy: words.busy })}</section>`
    }
  }
}
