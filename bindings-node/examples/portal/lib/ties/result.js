// What came of a roster of ties, one line for each row.

import { html } from '../html.js'
import { badge, mono, problems, table } from '../parts.js'
import { saidOf } from '../roster/rows.js'
import { KINDS, tieOf } from './rows.js'

/** Beyond so many rows, those are left out of the page that changed nothing. */
const SHOWN = 500

export function tieResultPage (view, checked, { rows, stopped }) {
  const { t } = view
  const { roster: words, tieRoster: ties } = t.office
  const before = new Map(checked.map((one) => [one.row.line, one]))
  const shown = rows.filter(({ outcome }) => rows.length <= SHOWN || outcome !== 'unchanged')
  const counts = new Map()
  for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return {
    title: t.results,
    // A password that is handed over is shown once.
    here: rows.some(({ handOver }) => handOver) ? null : undefined,
    wide: true,
    body: html`<h1>${t.results}</h1>
      ${stopped && problems(view, [stopped])}
      <div role="status"><ul class="sums">${[...counts].map(([outcome, count]) => html`<li><strong>${count}</strong> ${ties.outcomes[outcome]}</li>`)}</ul></div>
      ${table({
        caption: t.results,
        empty: ties.noRows,
        columns: [{ title: words.line, kind: 'number' }, { title: ties.tie }, { title: t.result }, { title: t.office.add.account }, { title: words.says }],
        rows: shown.map(({ line, outcome, username, handOver, findings }) => [
          line,
          tieOf(view, before.get(line)),
          badge(ties.outcomes[outcome], KINDS[outcome]),
          username && html`<div>${mono(username)}${handOver && html`<p>${words.handOver}<br><strong class="mono">${handOver.reveal()}</strong></p>`}</div>`,
          saidOf(view, findings)
        ])
      })}
      ${shown.length < rows.length && html`<p class="hint">${words.further(rows.length - shown.length)}</p>`}
      <p class="actions"><a class="button" href="/office/people">${t.office.people.title}</a> <a class="button plain" href="/office/roster/ties">${ties.title}</a></p>`
  }
}
