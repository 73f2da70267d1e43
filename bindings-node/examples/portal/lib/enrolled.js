// What came of somebody's being enrolled, beside what was asked for (R, S1).

import { html } from './html.js'
import { sentence } from './parts.js'

/** An account that was made, a password to hand over, and why there is none; nothing where nobody was enrolled. */
export function enrolledNotice (view, enrolled) {
  if (!enrolled) return null
  const { t } = view
  const { username, handOver, findings } = enrolled
  return html`${username && html`<p>${t.office.add.account} <strong class="mono">${username}</strong></p>`}
    ${handOver && html`<p>${t.office.many.handOver} <strong class="mono">${handOver.reveal()}</strong></p>`}
    ${findings.length > 0 && html`<ul>${findings.map((one) => html`<li>${sentence(one, view.locale)}</li>`)}</ul>`}`
}
