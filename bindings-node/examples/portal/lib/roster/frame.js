// What the pages of both rosters have in common, of people and of ties (B, R): how a
// preview stands around its rows, and what a result says first.

import { html } from '../html.js'
import { button, form, mono, problems, sentence, tick } from '../parts.js'
import { aboutFile, calledOf, carried, readingFields, unclearOf } from './reading.js'

/** Beyond so many rows, those are left out of the page of a result that changed nothing. */
const SHOWN = 500

/** How many there are of what. */
const sumsOf = (sums) => html`<ul class="sums">${sums.map(([count, text]) => html`<li><strong>${count}</strong> ${text}</li>`)}</ul>`

/**
 * A preview: its sums, what there is to know of the file, how it is read, the rows that need someone and the others
 * (`table` shows some of them under a title), and what can be done. `given` are the decisions, by a name that ends with
 * the line; those of `lines` are on the page. `rows` are all of them.
 */
export function frame (view, file, { title, at, sums, findings, refused, marks, given, lines, rows, changed, waiting, leftOut, needing, fine, table, empty, rest, acts, later, ties }) {
  const words = view.t.office.roster
  const unclear = unclearOf(rows)
  const elsewhere = Object.entries(given).filter(([name]) => !lines.has(Number(name.split('-')[1])))
  return {
    title,
    wide: true,
    keeps: 'roster',
    body: html`<h1>${title}</h1>
      ${changed
        ? html`<div class="notice error" role="alert" tabindex="-1" data-focus><p>${words.changed}</p></div>`
        : html`<p class="lead" role="status">${words.nothing} ${waiting > 0 && words.waits(waiting)}</p>`}
      ${sumsOf(sums)}
      ${problems(view, [...refused].map(([line, some]) => `${words.line} ${line}: ${some.map((one) => sentence(one, view.locale)).join(' ')}`))}
      ${aboutFile(view, findings)}
      ${form(view, at, html`
        ${carried(file)}
        ${[...Object.entries(marks), ...elsewhere].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
        <details class="card group"${(unclear.days || unclear.statuses.length > 0) && html` open`}><summary><h2>${words.reading}</h2><span class="hint">${calledOf(view, file)}</span></summary>
          <div class="stack">${readingFields(view, file, { ties, unclear })}</div></details>
        ${needing.length > 0 && table(words.needing, needing)}
        ${leftOut > 0 && html`<div class="actions">${button(words.leftOut, { kind: 'plain', name: 'act', value: 'left-out', 'data-stays': true })}</div>`}
        ${fine.length > 0 && table(words.fine, fine)}
        ${empty && html`<p class="empty">${empty}</p>`}
        ${rest}
        <div class="dock">${tick({ name: 'later', label: view.t.office.staged.later, checked: later })}${acts}</div>`,
      { kind: 'wide', id: 'roster', busy: words.busy })}`
  }
}

/** A result: how many came to what, and its rows, which `table` shows. */
export function outcome (view, { rows, stopped }, { label, table, rest, ways }) {
  const { t } = view
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
      <div role="status">${sumsOf([...counts].map(([outcome, count]) => [count, label(outcome)]))}</div>
      ${table(shown)}
      ${shown.length < rows.length && html`<p class="hint">${t.office.roster.further(rows.length - shown.length)}</p>`}
      ${rest}
      <p class="actions">${ways}</p>`
  }
}

/** A username, and the password that is handed over with it. */
export const loginOf = ({ t }, { username, handOver }) => username &&
  html`<div>${mono(username)}${handOver && html`<p>${t.office.roster.handOver}<br><strong class="mono">${handOver.reveal()}</strong></p>`}</div>`
