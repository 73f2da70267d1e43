// What came of a roster of ties, one line for each row.

import { html } from '../html.js'
import { badge, table } from '../parts.js'
import { loginOf, outcome } from '../roster/frame.js'
import { saidOf } from '../roster/rows.js'
import { KINDS, tieOf } from './rows.js'

export function tieResultPage (view, checked, report) {
  const { t } = view
  const { roster: words, tieRoster: ties } = t.office
  const before = new Map(checked.map((one) => [one.row.line, one]))
  return outcome(view, report, {
    label: (outcome) => ties.outcomes[outcome],
    table: (rows) => table({
      caption: t.results,
      empty: ties.noRows,
      columns: [{ title: words.line, kind: 'number' }, { title: ties.tie }, { title: t.result }, { title: t.office.add.account }, { title: words.says }],
      rows: rows.map((row) => [
        row.line,
        tieOf(view, before.get(row.line)),
        badge(ties.outcomes[row.outcome], KINDS[row.outcome]),
        loginOf(view, row),
        saidOf(view, row.findings)
      ])
    }),
    ways: html`<a class="button" href="/office/people">${t.office.people.title}</a> <a class="button plain" href="/office/roster/ties">${ties.title}</a>`
  })
}
