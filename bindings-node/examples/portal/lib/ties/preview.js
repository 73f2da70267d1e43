// What would come of a roster of ties: what needs someone first (R, B).

import { html } from '../html.js'
import { badge, button, choice, form, problems, sentence, table, tick } from '../parts.js'
import { aboutFile, calledOf, carried, readingFields } from '../roster/reading.js'
import { people, saidOf } from '../roster/rows.js'
import { ENDS } from './decisions.js'
import { KINDS, momentOf, tieOf } from './rows.js'

/** How many rows a page shows of those that need someone, and of the others. */
const SHOWN = 500

export function tiePreviewPage (view, file, preview, { ends, refused, given, known, marks, changed, later }) {
  const { t } = view
  const words = t.office.roster
  const ties = t.office.tieRoster
  const { rows, counts } = preview
  const decided = ({ row }) => ENDS.some((end) => ends.has(`${end}-${row.line}`))
  const needs = (one) => ['waiting', 'failed'].includes(one.outcome) || decided(one)
  const needing = rows.filter(needs)
  const fine = rows.filter((one) => !needs(one))
  const lines = new Set(needing.slice(0, SHOWN).map(({ row }) => row.line))
  const elsewhere = Object.entries(given).filter(([name]) => !lines.has(Number(name.split('-')[1])))
  const { made = 0, ended = 0, waiting = 0, failed = 0 } = counts
  const columns = [
    { title: words.line, kind: 'number' }, { title: ties.tie }, { title: t.office.people.from }, { title: t.office.people.until },
    { title: words.verdict }, { title: ties.decide }, { title: words.says }
  ]
  const cells = (one) => [
    one.row.line,
    tieOf(view, one),
    momentOf(view, one.beginsAt ?? one.row.beginsAt),
    momentOf(view, one.endsAt ?? one.row.endsAt),
    badge(ties.verdicts[one.outcome], KINDS[one.outcome]),
    html`<div class="decide">${ENDS.map((end) => endOf(view, one, end, { ends, known }))}</div>`,
    saidOf(view, [...(refused.get(one.row.line) ?? []), ...one.findings])
  ]
  const shown = (title, some) => html`<h2>${title}</h2>${table({ caption: title, columns, rows: some.slice(0, SHOWN).map(cells) })}
    ${some.length > SHOWN && html`<p class="hint">${words.further(some.length - SHOWN)}</p>`}`
  return {
    title: ties.previewTitle,
    wide: true,
    keeps: 'roster',
    body: html`<h1>${ties.previewTitle}</h1>
      ${changed
        ? html`<div class="notice error" role="alert" tabindex="-1" data-focus><p>${words.changed}</p></div>`
        : html`<p class="lead" role="status">${words.nothing} ${waiting > 0 && words.waits(waiting)}</p>`}
      <ul class="sums"><li><strong>${rows.length}</strong> ${words.sums.rows}</li>${Object.entries(ties.sums).filter(([name]) => counts[name] > 0).map(([name, text]) =>
        html`<li><strong>${counts[name]}</strong> ${text}</li>`)}</ul>
      ${problems(view, [...refused].map(([line, some]) => `${words.line} ${line}: ${some.map((one) => sentence(one, view.locale)).join(' ')}`))}
      ${aboutFile(view, preview.findings)}
      ${form(view, '/office/roster/ties', html`
        ${carried(file)}
        ${[...Object.entries(marks), ...elsewhere].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
        <details class="card group"><summary><h2>${words.reading}</h2><span class="hint">${calledOf(view, file)}</span></summary>
          <div class="stack">${readingFields(view, file, { ties: true })}</div></details>
        ${needing.length > 0 && shown(words.needing, needing)}
        ${waiting + failed > 0 && html`<div class="actions">${button(words.leftOut, { kind: 'plain', name: 'act', value: 'left-out', 'data-stays': true })}</div>`}
        ${fine.length > 0 && shown(words.fine, fine)}
        ${rows.length === 0 && html`<p class="empty">${ties.noRows}</p>`}
        <div class="dock">
          ${tick({ name: 'later', label: t.office.staged.later, checked: later })}
          ${button(words.again, { kind: 'plain', name: 'act', value: 'preview' })}
          ${button(ties.create(made + ended), { name: 'act', value: 'create' })}
        </div>`, { kind: 'wide', id: 'roster', busy: words.busy })}`
  }
}

/** Who an end is that may be several, or was said here. */
function endOf (view, one, end, { ends, known }) {
  const name = `${end}-${one.row.line}`
  const ids = [...new Set([...one[`${end}Maybe`], ends.get(name) ?? []].flat())]
  if (ids.length === 0) return null
  const { tieRoster, roster } = view.t.office
  return choice({
    name,
    label: tieRoster.ends[end](one.row.line),
    value: ends.get(name) ?? '',
    options: [['', roster.undecided], ...ids.map((id) => [id, people(view, known.get(id))])]
  })
}
