// What rows of a roster say: what is changed, what there is to know, who is gone.

import { html } from '../html.js'
import { sentence } from '../parts.js'

/** How many people are named that are on no row. */
const NAMED = 50

/** Someone known, and what tells namesakes apart. */
export const people = ({ t }, { displayName, email, phone, externalId, roles }) =>
  [displayName, email ?? phone, externalId, roles.map((role) => t.roles[role]).join(', ')].filter(Boolean).join(' · ')

/** Before and after of all that a row changes. */
export function changesOf (view, changes) {
  if (changes.length === 0) return null
  return html`<ul class="changes">${changes.map(({ field, before, after }) => html`<li>
    <span class="hint">${fieldName(view, field)}</span>
    ${before && html`<del>${shown(view, field, before)}</del> → `}<ins>${shown(view, field, after)}</ins></li>`)}</ul>`
}

const fieldName = ({ t }, field) => field === 'roles' ? t.role : t.office.roster.columnNames[field]

function shown ({ t, locale }, field, value) {
  if (field === 'roles') return value.split(', ').map((role) => t.roles[role]).join(', ')
  if (field === 'language') return new Intl.DisplayNames([locale], { type: 'language' }).of(value)
  if (field === 'preferred') return t.mail[value]
  return value
}

/** Findings of a row, the errors first. */
export function saidOf (view, findings) {
  if (findings.length === 0) return null
  const errors = findings.filter(({ severity = 'error' }) => severity === 'error')
  const others = findings.filter((one) => !errors.includes(one))
  const line = (one, kind) => html`<li class="${kind}">${sentence(one, view.locale)}</li>`
  return html`<ul class="said">${errors.map((one) => line(one, 'bad'))}${others.map((one) => line(one, 'soft'))}</ul>`
}

/** Who is known and on no row: they are listed, and nothing is done with them. */
export function goneList (view, { count, named }) {
  if (count === 0) return null
  const words = view.t.office.roster
  return html`<details class="card group"><summary><h2>${words.gone(count)}</h2></summary>
    <div class="stack"><p class="hint">${words.goneHint}</p>
    <ul class="names">${named.map((one) => html`<li>${people(view, one)}</li>`)}</ul>
    ${count > named.length && html`<p class="hint">${words.more(count - named.length)}</p>`}</div></details>`
}

/** The first of those who are on no row. */
export const goneOf = async (agency, gone) =>
  ({ count: gone.length, named: await Promise.all(gone.slice(0, NAMED).map((id) => agency.party(id))) })
