// What came of an act on many, one line for each.

import { html } from './html.js'
import { badge, sentence } from './parts.js'

/** `rows` with the name of each, whether it was done, and what there is to say. */
export function resultsCard (view, rows) {
  if (rows.length === 0) return null
  const { t } = view
  return html`<section class="card" tabindex="-1" data-focus aria-labelledby="results"><h2 id="results">${t.results}</h2>
    <ul class="results">${rows.map(({ name, username, done, handOver, findings }) => html`<li>
      ${name} ${username && html`<span class="mono">${username}</span> `}${done ? badge(t.done, 'good') : badge(t.notDone, 'due')}
      ${findings.map((one) => sentence(one, view.locale)).join(' ')}
      ${handOver && html` ${t.office.many.handOver} <strong class="mono">${handOver.reveal()}</strong>`}</li>`)}</ul></section>`
}
