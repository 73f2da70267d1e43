// What came of a roster: each row, and who is on it no more (B).

import { roster as outcomes } from 'carekey'
import { html } from '../html.js'
import { badge, table } from '../parts.js'
import { loginOf, outcome } from './frame.js'
import { changesOf, goneList, saidOf } from './rows.js'

const KINDS = { failed: 'due', waiting: 'calm', not_reached: 'calm', unchanged: 'calm' }

export function resultPage (view, checked, { rows, stopped }, gone) {
  const { t } = view
  const words = t.office.roster
  const before = new Map(checked.map((row) => [row.line, row]))
  const label = (outcome) => outcomes.outcomeLabel(outcome, view.locale)
  return outcome(view, { rows: rows.toArray(), stopped }, {
    label,
    table: (shown) => table({
      caption: t.results,
      empty: words.noRows,
      columns: [
        { title: words.line, kind: 'number' }, { title: words.person }, { title: t.columns.username },
        { title: t.result }, { title: words.changes }, { title: words.says }
      ],
      rows: shown.map((row) => [
        row.line, before.get(row.line)?.display || '–',
        loginOf(view, row),
        badge(label(row.outcome), KINDS[row.outcome] ?? 'good'),
        ['updated', 'created', 'invited'].includes(row.outcome) && changesOf(view, before.get(row.line)?.changes ?? []),
        saidOf(view, row.findings)
      ])
    }),
    rest: goneList(view, gone),
    ways: html`<a class="button" href="/office/users">${t.office.users.title}</a> <a class="button plain" href="/office/roster">${words.title}</a>`
  })
}
