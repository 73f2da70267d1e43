// What a merge would do or did, and the way back.

import { html } from '../html.js'
import { button, form } from '../parts.js'

/** The page of a party that is another one now. */
export function mergedPage (view, id, into) {
  const words = view.t.office.people
  return {
    title: words.merged,
    body: html`<p class="crumb"><a href="/office/people">← ${words.title}</a></p>
      <h1>${words.merged}</h1>
      <section class="card"><p>${words.mergedInto(into.displayName)} <a href="/office/people/${into.id}">${into.displayName}</a></p>
        <p class="hint">${words.splitLead}</p>
        ${form(view, `/office/people/${id}/split`, button(words.split))}</section>`
  }
}

/** What moves, in numbers and words. */
export function moves (view, merged) {
  const { t } = view
  const words = t.office.people
  const told = Object.entries(words.merges).filter(([name]) => merged[name].length > 0)
  if (told.length === 0) return html`<p class="empty">${words.mergeEmpty}</p>`
  const names = { roles: t.roles, given: t.office.roster.columnNames }
  return html`<dl class="facts">${told.map(([name, text]) => html`<div><dt>${text}</dt><dd>${
    names[name] ? merged[name].map((one) => names[name][one] ?? one).join(', ') : merged[name].length}</dd></div>`)}</dl>`
}
