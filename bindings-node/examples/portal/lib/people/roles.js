// What a party is to the agency (R): those roles that the office gives; those
// that a tie conveys come and go with it.

import { relationship } from 'carekey'
import { html } from '../html.js'
import { button, form, tick } from '../parts.js'

/** The roles that somebody of this kind may have, to be ticked; `without` are not for the office to give. */
export function roleTicks ({ t }, kind, checked, without = []) {
  const fit = Object.keys(t.roles).filter((role) => relationship.roleFits(role, kind) === null && !without.includes(role))
  return html`<fieldset><legend>${t.office.add.roles}</legend><div class="ticks">${fit.map((role) =>
    tick({ name: 'role', value: role, label: t.roles[role], checked: checked.includes(role) }))}</div></fieldset>`
}

export const rolesForm = (view, { id, kind, roles, conveyed }, checked = roles) =>
  form(view, `/office/people/${id}/roles`, html`
    ${roleTicks(view, kind, checked, conveyed)}
    ${tick({ name: 'later', label: view.t.office.staged.later })}
    ${button(view.t.office.add.setRoles, { kind: 'plain' })}`)
