// What a row of a roster of ties is about, and its period.

import { html } from '../html.js'

/** How it stands with a row, by its colour. */
export const KINDS = { made: 'good', ended: 'good', failed: 'due' }

/** Who is what of whom: as the agency knows them, or else as the file has it. */
export function tieOf ({ t }, { row, whoName, ofName }) {
  const said = (...texts) => texts.find(Boolean) ?? '–'
  return html`<div>${said(whoName, row.whoName, row.who, row.whoEmail, row.whoPhone)}
    <p class="hint">${row.kind ? t.office.ties[row.kind] : '–'} · ${said(ofName, row.ofName, row.of, row.ofEmail, row.ofPhone)}</p></div>`
}

/** A date alone is one of UTC (R), and is shown as it was typed: not as the evening before. Any other moment is the agency's. */
export function momentOf (view, at) {
  if (!at) return ''
  if (new Date(at).getTime() % 86_400_000 !== 0) return view.moment(at)
  return new Intl.DateTimeFormat(view.locale, { timeZone: 'UTC', dateStyle: 'medium' }).format(new Date(at))
}
