// Who acts for the office, and what its pages share.

import { html } from './html.js'
import { badge } from './parts.js'

/** The office with who is signed in: every act is carekey's to allow. `later`: whom it enrols waits to be sent to (I10). */
export function officeOf (agency, request, { later } = {}) {
  const account = request.carekey.signedIn().account
  return agency.actingAs({ account }, { source: request.ip, send: later === 'yes' ? 'later' : 'now' })
}

/** Before anything that is sent is read: nobody but an account manager is shown a page. */
export async function managersOnly (request) {
  if (!request.carekey.signedIn().isManager) throw Object.assign(new Error('not allowed'), { statusCode: 403 })
}

/** The same for a page; one of work that is delegated is shown to whoever may do that act (A7). */
export async function enter (agency, request, reply, act) {
  const office = officeOf(agency, request)
  if (!act) await managersOnly(request)
  const view = await reply.view()
  if (act && !view.may(act)) await managersOnly(request)
  return { view, office }
}

/** What was wrong with what was given or has changed since; anything else goes on. */
export function findingsOf (error) {
  if (error.kind !== 'invalid' && error.kind !== 'conflict') throw error
  return error.findings.length > 0 ? error.findings : [error]
}

export const stateBadge = ({ t }, name) => badge(t.states[name], { active: 'good', disabled: 'due' }[name])

/** The roles, those that end with their ties marked. */
export const rolesOf = ({ t }, { roles, conveyed }) => roles.length > 0 && html`<span>${roles.map((role) => html`${badge(t.roles[role])}${
  conveyed.includes(role) && html` <span class="hint">${t.office.people.conveyed}</span>`} `)}</span>`
