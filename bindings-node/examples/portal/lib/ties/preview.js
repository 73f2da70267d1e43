// What would come of a roster of ties: what needs someone first (R, B).

import { html } from '../html.js'
import { badge, button, choice, table } from '../parts.js'
import { frame } from '../roster/frame.js'
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
  return frame(view, file, {
    title: ties.previewTitle,
    at: '/office/roster/ties',
    sums: [[rows.length, words.sums.rows], ...Object.entries(ties.sums).filter(([name]) => counts[name] > 0).map(([name, text]) => [counts[name], text])],
    findings: preview.findings,
    leftOut: waiting + failed,
    table: shown,
    empty: rows.length === 0 && ties.noRows,
    acts: [
      button(words.again, { kind: 'plain', name: 'act', value: 'preview' }),
      button(ties.create(made + ended), { name: 'act', value: 'create' })
    ],
    ties: true,
    refused, marks, given, lines, rows, changed, waiting, needing, fine, later
  })
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
