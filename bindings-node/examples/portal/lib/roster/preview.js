// What would come of a roster: what needs someone first, then all the rest; and
// nothing is written yet (B, C4, U4, U5).

import { html } from '../html.js'
import { badge, button, choice, field, mono, table, tick } from '../parts.js'
import { frame } from './frame.js'
import { changesOf, goneList, people, saidOf } from './rows.js'

/** How many rows a page shows of those that need someone, and of the others. */
const SHOWN = 500

const VERDICTS = { pass: 'good', waiting: 'calm', fail: 'due' }

/** The rows that need someone, or did, and the others: the first of each. */
export function parted ({ rows, names, whos, shares }) {
  const needs = ({ line, state }) => state !== 'pass' || [whos, names, shares].some((decided) => decided.has(line))
  const needing = rows.filter(needs).slice(0, SHOWN)
  const fine = rows.filter((row) => !needs(row)).slice(0, SHOWN)
  return { needing, fine, further: rows.length - needing.length - fine.length }
}

export function previewPage (view, file, preview, { rows, names, whos, shares, refused, needing, fine, further, known, given, marks, gone, changed, later }) {
  const { t } = view
  const words = t.office.roster
  const lines = new Set(needing.map(({ line }) => line))
  const summary = preview.summary()
  const { create, update, waiting, failed } = summary
  const sums = { ...summary, ...outcomes(rows), shared: shares.size, gone: preview.gone.length }
  const suggested = rows.filter(({ state, suggestions }) => state === 'waiting' && suggestions.length > 0).length
  const columns = [
    { title: words.line, kind: 'number' }, { title: words.person }, { title: words.verdict },
    { title: words.decide }, { title: words.wouldCome }, { title: words.says }
  ]
  const cells = (row) => [
    row.line,
    html`<div>${row.display || '–'}<p class="hint">${row.row.role && t.roles[row.row.role]}</p></div>`,
    badge(words.verdicts[row.maybe.length > 0 && row.state === 'waiting' ? 'who' : row.state], VERDICTS[row.state]),
    decideOf([whoOf(view, row, whos, known), shareOf(view, row, shares), nameOf(view, row, names, refused)]),
    html`<div>${wouldCome(view, row, known, shares)}</div>`,
    saidOf(view, [...(refused.get(row.line) ?? []), ...row.findings])
  ]
  const shown = (title, some) => html`<h2>${title}</h2>${table({ caption: title, columns, rows: some.map(cells) })}`
  return frame(view, file, {
    title: words.previewTitle,
    at: '/office/roster',
    sums: Object.entries(words.sums).filter(([name]) => sums[name] > 0 || name === 'rows').map(([name, text]) => [sums[name], text]),
    findings: preview.findings,
    leftOut: waiting + failed,
    table: shown,
    empty: rows.length === 0 && words.noRows,
    rest: [further > 0 && html`<p class="hint">${words.further(further)}</p>`, goneList(view, gone)],
    acts: [
      suggested > 0 && button(words.acceptAll(suggested), { kind: 'plain', name: 'act', value: 'accept' }),
      button(words.again, { kind: 'plain', name: 'act', value: 'preview' }),
      button(words.create(create + update), { name: 'act', value: 'create' })
    ],
    refused, marks, given, lines, rows, changed, waiting, needing, fine, later
  })
}

/** What is made one, given another name, or written to elsewhere. */
function outcomes (rows) {
  const passing = rows.filter(({ state }) => state === 'pass')
  const changing = (...fields) => passing.filter(({ changes }) => changes.some(({ field }) => fields.includes(field))).length
  return {
    merged: passing.filter(({ decision, sameAs }) => decision?.who.same || sameAs).length,
    renamed: changing('name', 'username'),
    moved: changing('email', 'phone')
  }
}

/** Who a row is about that may be about someone known: to be decided, or decided here (C4). */
function whoOf (view, { line, display, maybe }, whos, known) {
  if (!whos.has(line)) return null
  const words = view.t.office.roster
  const who = whos.get(line)
  const ids = [...new Set([...maybe, ...(who && who !== 'another' ? [who] : [])])]
  const named = ids.map((id) => [id, people(view, known.get(id))])
  return html`${choice({
    name: `who-${line}`,
    label: words.whoIs(display),
    hideLabel: true,
    value: who,
    options: [['', words.undecided], ...named.map(([id, one]) => [id, words.same(one)]), ['another', words.another]]
  })}
  ${who === '' && html`<p class="hint">${words.known}</p><ul class="names">${named.map(([, one]) => html`<li>${one}</li>`)}</ul>`}`
}

/** Two of one household with one address: whether the second shares the login of the first (C4). */
function shareOf (view, { line, display, findings }, shares) {
  if (!shares.has(line) && !findings.some(({ code }) => code === 'roster.may_share')) return null
  return tick({ name: `share-${line}`, label: view.t.office.roster.share(display), checked: shares.has(line) })
}

/** A name that passes, one that was taken, or the choice among those that are free and any other. */
function nameOf (view, { line, state, display, username, suggestions, maybe, findings }, names, refused) {
  const words = view.t.office.roster
  if (names.has(line)) {
    const taken = names.get(line)
    return choice({ name: `name-${line}`, label: words.nameFor(display), hideLabel: true, value: taken, options: [[taken, taken], ['', words.chooseAgain]] })
  }
  const byName = findings.filter(({ severity }) => severity === 'error').every(({ field }) => field === 'username')
  if (state === 'pass' || maybe.length > 0 || !byName) return mono(username)
  return html`${suggestions.length > 0 && choice({
      name: `name-${line}`, label: words.nameFor(display), hideLabel: true,
      options: [['', words.decline], ...suggestions.map((one) => [one, one])]
    })}
    ${suggestions.length > 0 && html`<p class="hint">${view.t.suggested} ${mono(suggestions.slice(0, 3).join(', '))}</p>`}
    ${field({
      name: `typed-${line}`, label: words.otherName, required: false, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'none',
      'aria-label': `${words.otherName}: ${display}`, 'aria-invalid': refused.has(line) && 'true'
    })}`
}

/** What is to be decided of a row; a cell with nothing in it is not shown on a phone. */
const decideOf = (parts) => parts.some(Boolean) && html`<div class="decide">${parts}</div>`

/** What would be done with a row, and all that would be changed by it. */
function wouldCome (view, row, known, shares) {
  const words = view.t.office.roster
  if (row.state !== 'pass') return words.leftOutUntil
  // No login is made for who shares one.
  if (shares.has(row.line)) return words.sharedBy
  const same = row.decision?.who.same
  return html`${words.actions[row.action]}${row.sameAs && html`<p class="hint">${words.sameAs(row.sameAs)}</p>`}
    ${same && html`<p class="hint">${words.same(people(view, known.get(same)))}</p>`}
    ${row.decision?.who === 'another' && html`<p class="hint">${words.another}</p>`}
    ${changesOf(view, row.changes)}`
}
