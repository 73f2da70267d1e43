// A roster: preview with verdicts and suggestions, who is who, then create (U4,
// U5, C4, B). What was pasted and what was decided travel in the form; nothing is
// written before the last button.

import { Roster, roster as words } from 'carekey'
import { html } from '../../lib/html.js'
import { enter, findingsOf } from '../../lib/office.js'
import { badge, button, choice, form, mono, problems, sentence, table } from '../../lib/parts.js'

export function rosterRoutes (app, { agency }) {
  const firstPage = (view, { findings = [], csv = '' } = {}) => {
    const { t } = view
    return {
      title: t.office.roster.title,
      body: html`<h1>${t.office.roster.title}</h1>
        <p class="lead">${t.office.roster.lead}</p>
        ${problems(view, findings)}
        <section class="card">${form(view, '/office/roster', html`
          <div class="field"><label for="csv">${t.office.roster.csv}</label>
            <p class="hint" id="csv-hint">${t.office.roster.hint}</p>
            <textarea id="csv" name="csv" rows="10" required spellcheck="false" class="mono" aria-describedby="csv-hint">${csv}</textarea></div>
          <div class="field"><label for="file">${t.office.roster.file}</label><input id="file" type="file" accept=".csv,text/csv" data-into="csv"></div>
          ${button(t.office.roster.preview, { name: 'act', value: 'preview' })}`)}</section>`
    }
  }

  app.get('/office/roster', async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    return reply.page(view, firstPage(view))
  })

  app.post('/office/roster', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { csv = '', act } = request.body
    let preview
    try {
      preview = await office.preview(await Roster.fromCsv(csv))
    } catch (error) {
      return reply.code(422).page(view, firstPage(view, { findings: findingsOf(error), csv }))
    }
    // Who is who first: the names of a person follow from it.
    const findings = lines(request.body, 'who').flatMap(([line, who]) => decide(preview, line, who))
    for (const [line, username] of lines(request.body, 'name')) take(preview, line, username)
    if (act === 'accept') preview.acceptSuggestions()
    return reply.page(view, act === 'create'
      ? resultPage(view, preview.rows.toArray(), await office.create(preview))
      : previewPage(view, preview, csv, { decided: request.body, findings, known: await knownOf(preview) }))
  })

  /** What was decided of each line: `who-12` and `name-12`. */
  const lines = (body, what) => Object.entries(body)
    .map(([name, value]) => [new RegExp(`^${what}-(\\d+)$`).exec(name)?.[1], value])
    .filter(([line, value]) => line && value)
    .map(([line, value]) => [Number(line), value])

  /** Decides who a row is about, unless that waits no more or cannot be: what there is to say of it. */
  const decide = (preview, line, who) => {
    try {
      preview.decide(line, who === 'another' ? who : { same: who })
      return []
    } catch (error) {
      if (error.kind === 'not_found') return []
      return findingsOf(error)
    }
  }

  /** The people whom rows may be about, by their identifiers. */
  const knownOf = async (preview) => {
    const ids = new Set(preview.rows.toArray().flatMap(({ maybe, decision }) => [...maybe, decision?.who.same ?? []].flat()))
    return new Map(await Promise.all([...ids].map(async (id) => [id, await agency.party(id)])))
  }

  /** Gives a row its name, unless it needs none or cannot have this one any more: its verdict says so. */
  const take = (preview, line, username) => {
    try {
      preview.accept(line, username)
    } catch (error) {
      if (!['not_found', 'invalid'].includes(error.kind)) throw error
    }
  }

  const VERDICTS = { pass: 'good', waiting: 'calm', fail: 'due' }

  const previewPage = (view, preview, csv, { decided, findings, known }) => {
    const { t } = view
    const checked = preview.rows.toArray()
    const suggested = checked.filter(({ state, suggestions }) => state === 'waiting' && suggestions.length > 0).length
    const { rows, create, update, unchanged, waiting, failed } = preview.summary()
    return {
      title: t.office.roster.previewTitle,
      wide: true,
      body: html`<h1>${t.office.roster.previewTitle}</h1>
        <p class="lead" role="status">${t.office.roster.nothing}</p>
        <ul class="sums">${Object.entries({ rows, create, update, unchanged, waiting, failed }).map(([name, count]) =>
          html`<li><strong>${count}</strong> ${t.office.roster.sums[name]}</li>`)}</ul>
        ${problems(view, findings)}
        ${form(view, '/office/roster', html`
          <textarea name="csv" hidden>${csv}</textarea>
          ${table({
            caption: t.office.roster.previewTitle,
            empty: t.empty,
            columns: [
              { title: t.office.roster.line, kind: 'number' }, { title: t.columns.display_name }, { title: t.role },
              { title: t.office.roster.verdict }, { title: t.columns.username }, { title: t.office.roster.says }
            ],
            rows: checked.map((row) => [
              row.line, row.display || '–', row.row.role && t.roles[row.row.role],
              badge(t.office.roster.verdicts[row.maybe.length > 0 && row.state === 'waiting' ? 'who' : row.state], VERDICTS[row.state]),
              html`${whoOf(view, row, decided[`who-${row.line}`], known)}${nameOf(view, row, decided[`name-${row.line}`])}`,
              row.findings.map((one) => sentence(one, view.locale)).join(' ')
            ])
          })}
          <div class="dock">
            ${suggested > 0 && button(t.office.roster.acceptAll(suggested), { kind: 'plain', name: 'act', value: 'accept' })}
            ${button(t.office.roster.again, { kind: 'plain', name: 'act', value: 'preview' })}
            ${button(t.office.roster.create(create + update), { name: 'act', value: 'create' })}
          </div>`, { kind: 'wide' })}`
    }
  }

  /** Who a row is about that may be about someone known: to be decided, or decided here (C4). */
  const whoOf = (view, { line, display, maybe, decision }, decided, known) => {
    const { t } = view
    if (maybe.length === 0 && !(decided && decision)) return null
    const same = decision?.who.same
    const options = [...new Set([...maybe, ...(same ? [same] : [])])].map((id) => [id, t.office.roster.same(whoIs(known.get(id)))])
    return choice({
      name: `who-${line}`,
      label: t.office.roster.whoIs(display),
      hideLabel: true,
      value: decision ? same ?? 'another' : '',
      options: [['', t.office.roster.undecided], ...options, ['another', t.office.roster.another]]
    })
  }

  /** A name, and what tells namesakes apart. */
  const whoIs = ({ displayName, email, phone, externalId }) => [displayName, email ?? phone ?? externalId].filter(Boolean).join(', ')

  /** A name that passes; or the choice among those that are free. */
  const nameOf = (view, { line, state, display, username, suggestions }, decided) => {
    const { t } = view
    const name = `name-${line}`
    if (suggestions.length === 0 || state === 'pass') {
      // What was accepted is kept, for the next preview decides it anew.
      return html`${mono(username)}${(decided || suggestions.length > 0) && username && html`<input type="hidden" name="${name}" value="${username}">`}`
    }
    return choice({
      name, label: t.office.roster.nameFor(display), hideLabel: true, value: decided,
      options: [['', t.office.roster.decline], ...suggestions.map((one) => [one, one])]
    })
  }

  const resultPage = (view, checked, { rows, gone, stopped }) => {
    const { t } = view
    const names = new Map(checked.map(({ line, display }) => [line, display]))
    return {
      title: t.results,
      wide: true,
      body: html`<h1>${t.results}</h1>
        ${stopped && problems(view, [stopped])}
        ${gone.length > 0 && html`<p class="lead">${t.office.roster.gone(gone.length)}</p>`}
        ${table({
          caption: t.results,
          empty: t.empty,
          columns: [{ title: t.office.roster.line, kind: 'number' }, { title: t.columns.display_name }, { title: t.columns.username }, { title: t.result }, { title: t.office.roster.says }],
          rows: rows.toArray().map(({ line, username, outcome, findings }) => [
            line, names.get(line) || '–', mono(username),
            badge(words.outcomeLabel(outcome, view.locale), { failed: 'due', waiting: 'calm', not_reached: 'calm' }[outcome] ?? 'good'),
            findings.map((one) => sentence(one, view.locale)).join(' ')
          ])
        })}
        <p><a class="button" href="/office/users">${t.office.users.title}</a></p>`
    }
  }
}
