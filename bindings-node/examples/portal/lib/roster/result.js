// What came of a roster: each row, and who is on it no more (B).

import { roster as outcomes } from 'carekey'
import { html } from '../html.js'
import { badge, mono, problems, table } from '../parts.js'
import { changesOf, goneList, saidOf } from './rows.js'

/** Beyond so many rows, those are left out of the page that changed nothing. */
const SHOWN = 500

const KINDS = { failed: 'due', waiting: 'calm', not_reached: 'calm', unchanged: 'calm' }

export function resultPage (view, checked, { rows, stopped }, gone) {
  const { t } = view
  const words = t.office.roster
  const before = new Map(checked.map((row) => [row.line, row]))
  const results = rows.toArray()
  const shown = results.filter(({ outcome }) => results.length <= SHOWN || outcome !== 'unchanged')
  const counts = new Map()
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  const label = (outcome) => outcomes.outcomeLabel(outcome, view.locale)
  return {
    title: t.results,
    // A password that is handed over is shown once.
    here: results.some(({ handOver }) => handOver) ? null : undefined,
    wide: true,
    body: html`<h1>${t.results}</h1>
      ${stopped && problems(view, [stopped])}
      <div role="status"><ul class="sums">${[...counts].map(([outcome, count]) => html`<li><strong>${count}</strong> ${label(outcome)}</li>`)}</ul></div>
      ${table({
        caption: t.results,
        empty: words.noRows,
        columns: [
          { title: words.line, kind: 'number' }, { title: words.person }, { title: t.columns.username },
          { title: t.result }, { title: words.changes }, { title: words.says }
        ],
        rows: shown.map(({ line, username, outcome, findings, handOver }) => [
          line, before.get(line)?.display || '–',
          html`<div>${mono(username)}${handOver && html`<p>${words.handOver}<br><strong class="mono">${handOver.reveal()}</strong></p>`}</div>`,
          badge(label(outcome), KINDS[outcome] ?? 'good'),
          ['updated', 'created', 'invited'].includes(outcome) && changesOf(view, before.get(line)?.changes ?? []),
          saidOf(view, findings)
        ])
      })}
      ${shown.length < results.length && html`<p class="hint">${words.further(results.length - shown.length)}</p>`}
      ${goneList(view, gone)}
      <p class="actions"><a class="button" href="/office/users">${t.office.users.title}</a> <a class="button plain" href="/office/roster">${words.title}</a></p>`
  }
}
