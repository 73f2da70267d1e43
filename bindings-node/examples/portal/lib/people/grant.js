// Giving somebody of the office what the matrix does not (V): of one client or
// application or of every one, always with an end, and why.

import { visibility } from 'carekey'
import { html } from '../html.js'
import { beginOf } from '../days.js'
import { button, choice, field, form } from '../parts.js'

export function grantForm (view, party, given = {}) {
  const { t } = view
  const words = t.office.grant
  // What can be granted at all, the matrix says.
  const resources = Object.keys(t.resources).filter((one) => visibility.cell('office_staff', one) === 'grant')
  return form(view, `/office/people/${party.id}/grant`, html`
    ${choice({ name: 'resource', label: words.what, value: given.resource, options: resources.map((one) => [one, t.resources[one]]) })}
    ${choice({ name: 'reach', label: words.reach, value: given.reach, options: [['one', words.one], ['every', words.every]] })}
    ${field({ name: 'whose', label: words.whose, hint: words.whoseHint, value: given.whose, required: false, autocomplete: 'off' })}
    ${field({ name: 'last', label: t.office.people.untilDay, type: 'date', value: given.last })}
    ${field({ name: 'reason', label: t.office.people.reason, hint: words.reasonHint, value: given.reason, required: false, autocomplete: 'off' })}
    ${button(words.give)}`)
}

/** What was asked for, or how many there are of whom it was asked. */
export async function grantOf (office, view, party, { resource, reach, whose = '', last = '', reason }) {
  const given = { party, resource, endsAt: beginOf(last, view.timeZone), reason: reason || null }
  if (reach === 'every') return { given: { ...given, of: null } }
  if (resource === 'application') return { given: { ...given, of: { application: (await office.application(whose)).id } } }
  const { rows, found } = await office.parties({ text: whose, limit: 2 })
  return found === 1 ? { given: { ...given, of: { party: rows[0].id } } } : { found }
}
