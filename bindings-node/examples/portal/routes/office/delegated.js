// Delegated work (A7): what each office role may do to whom, as a matrix, and
// the same as a form for each role.

import { Policy } from 'carekey'
import { html } from '../../lib/html.js'
import { enter, findingsOf } from '../../lib/office.js'
import { button, form, problems, table, tick } from '../../lib/parts.js'

const PATH = '/office/delegated'

export function delegatedRoutes (app, { agency }) {
  app.get(PATH, async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    const { t } = view
    const words = t.office.delegated
    const { delegated } = (await agency.settings()).policy.office
    const offices = officeRoles(t)
    const acts = Object.keys(t.office.acts).filter((act) => offices.some((role) => delegated[role]?.[act]?.length > 0))
    return reply.page(view, {
      title: words.title,
      wide: true,
      body: html`<h1>${words.title}</h1><p class="lead">${words.lead}</p>
        <section class="card">${table({
          caption: words.title,
          empty: words.none,
          columns: [{ title: words.act }, ...offices.map((role) => ({ title: t.roles[role] }))],
          rows: acts.map((act) => [t.office.acts[act], ...offices.map((role) =>
            (delegated[role]?.[act] ?? []).map((one) => t.roles[one]).join(', ') || words.nobody)])
        })}
          <p class="actions">${offices.map((role) => html`<a class="button plain" href="${PATH}/${role}">${words.editOf(t.roles[role])}</a>`)}</p></section>`
    })
  })

  // --- what one role may do ---

  const rolePage = (view, role, chosen, findings = []) => {
    const { t } = view
    const words = t.office.delegated
    const offices = officeRoles(t)
    const on = Object.keys(t.roles).filter((one) => !offices.includes(one))
    return {
      title: words.of(t.roles[role]),
      wide: true,
      body: html`<p class="crumb"><a href="${PATH}">← ${words.title}</a></p>
        <h1>${words.of(t.roles[role])}</h1><p class="lead">${words.editLead}</p>
        ${problems(view, findings)}
        ${form(view, `${PATH}/${role}`, html`<div class="matrix">${table({
          caption: words.of(t.roles[role]),
          columns: [{ title: words.act }, ...on.map((one) => ({ title: t.roles[one] }))],
          rows: Object.keys(t.office.acts).map((act) => [t.office.acts[act], ...on.map((one) => tick({
            name: act, value: one, label: t.actOn(t.office.acts[act], t.roles[one]), hideLabel: true, checked: chosen[act]?.includes(one)
          }))])
        })}</div>
          <div class="dock">${button(t.save)}<a class="button plain" href="${PATH}">${words.leave}</a></div>`, { kind: 'wide' })}`
    }
  }

  /** The role of the address, where work can be delegated to it. */
  const roleOf = ({ params }, t) => {
    if (officeRoles(t).includes(params.role)) return params.role
    throw Object.assign(new Error('not found'), { statusCode: 404 })
  }

  app.get(`${PATH}/:role`, async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    const role = roleOf(request, view.t)
    const { delegated } = (await agency.settings()).policy.office
    return reply.page(view, rolePage(view, role, delegated[role] ?? {}))
  })

  app.post(`${PATH}/:role`, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const role = roleOf(request, view.t)
    const chosen = Object.fromEntries(Object.keys(view.t.office.acts).filter((act) => act in request.body)
      .map((act) => [act, [request.body[act]].flat()]))
    const { policy } = await agency.settings()
    try {
      await office.changeSettings({ policy: { ...policy, office: { delegated: { ...policy.office.delegated, [role]: chosen } } } })
    } catch (error) {
      return reply.code(422).page(view, rolePage(view, role, chosen, findingsOf(error)))
    }
    return reply.next(PATH, 'delegationSaved')
  })
}

/** The roles to which work can be delegated: those that the policy takes. */
const officeRoles = ({ roles }) => Object.keys(roles).filter((role) =>
  new Policy({ office: { delegated: { [role]: {} } } }).findings().length === 0)
