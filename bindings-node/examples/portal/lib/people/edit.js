// Editing a party: what is typed otherwise than it was shown is changed, and
// nothing else, so that two who edit at once do not undo each other.

import { html } from '../html.js'
import { button, choice, field, form, sentence } from '../parts.js'

const FIELDS = ['name', 'nickname', 'email', 'phone', 'preferred', 'locale', 'externalId']

const nameOf = ({ kind, displayName, firstName, middleName, lastName }) =>
  kind === 'organization' ? displayName : [firstName, middleName, lastName].filter(Boolean).join(' ')

export function editForm (view, party, given = {}) {
  const { t } = view
  const words = t.office.people
  const shown = { ...party, name: nameOf(party) }
  const value = (name) => given[name] ?? shown[name] ?? ''
  const typed = (name, label, more) => field({ name, label, value: value(name), required: false, autocomplete: 'off', ...more })
  return form(view, `/office/people/${party.id}/edit`, html`
    ${FIELDS.map((name) => html`<input type="hidden" name="was-${name}" value="${shown[name] ?? ''}">`)}
    ${typed('name', words.name, { required: true })}
    ${typed('nickname', words.nickname)}
    ${typed('email', t.email)}
    ${typed('phone', t.phone)}
    ${choice({ name: 'preferred', label: words.preferred, value: value('preferred'), options: [['', words.noneSaid], ['email', t.mail.email], ['sms', t.mail.sms]] })}
    ${choice({ name: 'locale', label: words.language, value: value('locale'), options: [['', words.agencyLanguage], ...Object.entries(t.office.locales)] })}
    ${typed('externalId', words.externalId)}
    ${button(t.save)}`)
}

export const editOf = (body) => Object.fromEntries(FIELDS
  .filter((name) => name in body && body[name] !== body[`was-${name}`])
  .map((name) => [name, body[name] || (name === 'name' ? '' : null)]))

/** What was changed, and what followed from it (C2). */
export function editedNotice (view, { changes, sentAgain, findings }) {
  const { t } = view
  const words = t.office.people
  if (changes.length === 0 && findings.length === 0) return html`<p>${words.unchanged}</p>`
  return html`<p><strong>${words.saved}</strong></p><ul class="results">
    ${changes.map(({ field, before, after }) => html`<li>${t.office.roster.columnNames[field] ?? field}: ${before ?? '–'} → ${after ?? '–'}</li>`)}
    ${sentAgain && html`<li>${words.sentAgain}</li>`}
    ${findings.map((one) => html`<li>${sentence(one, view.locale)}</li>`)}</ul>`
}
