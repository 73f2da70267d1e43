// Exports of the history: one of a span is made, and one that somebody has is
// verified (H). Removing what was exported is support's alone, and has no page.

import { beginOf } from '../../lib/days.js'
import { lookedAt, streamOf } from '../../lib/exports.js'
import { accountsOf } from '../../lib/history.js'
import { html } from '../../lib/html.js'
import { enter, findingsOf, managersOnly } from '../../lib/office.js'
import { button, facts, field, form, mono, problems } from '../../lib/parts.js'

const PATH = '/office/history/exports'

/** The most that is read of a file that is verified: all of it is in memory for a moment. */
const MEBIBYTES = 64
const POSTED = { bodyLimit: (MEBIBYTES + 1) * 2 ** 20, onRequest: managersOnly }

export function exportRoutes (app, { agency, verifyExport }) {
  const exportsPage = async (view, office, { account = '', since, until, findings = [], found } = {}) => {
    const { t } = view
    const words = t.office.history.exports
    const name = await nameOf(view, office, account)
    return {
      title: words.title,
      here: PATH,
      body: html`<p class="crumb"><a href="/office/history">← ${t.office.history.title}</a></p>
        <h1>${words.title}</h1><p class="lead">${words.lead}</p>
        ${problems(view, findings)}
        ${found && foundCard(view, found, await nameOf(view, office, found.account))}
        <section class="card"><h2>${words.export}</h2><p>${name ? words.of(name) : words.all}</p>
          ${form(view, PATH, html`<input type="hidden" name="account" value="${account}">
            ${field({ name: 'since', label: words.since, type: 'date', value: since, hint: words.sinceHint, required: false })}
            ${field({ name: 'until', label: words.until, type: 'date', value: until, hint: words.untilHint, required: false })}
            <p class="hint">${words.noted}</p>
            ${button(words.make)}`)}</section>
        <section class="card"><h2>${words.verify}</h2>
          ${form(view, `${PATH}/verify`, html`<div class="field"><label for="file">${words.file}</label><p class="hint" id="file-hint">${words.fileHint(MEBIBYTES)}</p>
            <input id="file" name="file" type="file" accept=".jsonl,.ndjson" required aria-describedby="file-hint" data-most="${MEBIBYTES * 2 ** 20}" data-too-large="${words.tooLarge(MEBIBYTES)}"></div>
            ${button(words.check, { kind: 'plain' })}`, { upload: true, busy: words.busy })}</section>`
    }
  }

  app.get(PATH, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    return reply.page(view, { ...await exportsPage(view, office, request.query), here: request.url })
  })

  app.post(PATH, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { account = '', since = '', until = '' } = request.body
    const refuse = async (findings) => reply.code(422).page(view, await exportsPage(view, office, { account, since, until, findings }))
    const range = { account: account || null, since: beginOf(since, view.timeZone), until: beginOf(until, view.timeZone) }
    // What is no day is not as if nothing was said: more would leave the house than was meant.
    if ((since && !range.since) || (until && !range.until)) return refuse([view.t.office.history.exports.noDay])
    let file
    try {
      file = await streamOf((path) => office.exportHistory(path, range))
    } catch (error) {
      return refuse(findingsOf(error))
    }
    const name = ['history', agency.code, since && `from-${since}`, until && `until-${until}`].filter(Boolean).join('-')
    return reply.type('application/jsonl; charset=utf-8').header('content-disposition', `attachment; filename="${name}.jsonl"`).send(file)
  })

  app.post(`${PATH}/verify`, POSTED, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const words = view.t.office.history.exports
    const refuse = async (why) => reply.code(422).page(view, await exportsPage(view, office, { findings: [why] }))
    const { bytes } = request.body.file ?? {}
    if (!bytes?.length) return refuse(words.nothingGiven)
    if (bytes.length > MEBIBYTES * 2 ** 20) return refuse(words.tooLarge(MEBIBYTES))
    let found
    try {
      found = await lookedAt(bytes, verifyExport)
    } catch (error) {
      if (!/^(export|history)\./.test(error.code) || error.code === 'export.failed') throw error
      return refuse(error)
    }
    // What is in it is that agency's to know.
    if (found.agency !== agency.code) return refuse(words.another)
    return reply.page(view, await exportsPage(view, office, { found }))
  })
}

/** Whose history it is: one account's, or with none the whole agency's. */
const nameOf = async ({ t }, office, account) =>
  account && ((await accountsOf(office, [{ account }])).get(account) ?? t.office.history.deleted)

/** What is in an export that is as it was written. */
const foundCard = (view, found, name) => {
  const words = view.t.office.history.exports
  return html`<section class="card" tabindex="-1" data-focus aria-labelledby="found"><h2 id="found">${words.good}</h2>
    ${facts([
      [words.whose, name || words.all], [words.span, words.from(view.moment(found.since), view.moment(found.until))],
      [words.lines, String(found.lines)], [words.removed, String(found.removed)], [words.digest, mono(found.sha256)]
    ])}</section>`
}
