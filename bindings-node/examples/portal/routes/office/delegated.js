// Delegated work (A7): what each office role may do to whom, as a matrix.

import { html } from '../../lib/html.js'
import { enter } from '../../lib/office.js'
import { table } from '../../lib/parts.js'

export function delegatedRoutes (app, { agency }) {
  app.get('/office/delegated', async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    const { t } = view
    const words = t.office.delegated
    const { delegated } = (await agency.settings()).policy.office
    const offices = Object.keys(delegated)
    const acts = Object.keys(t.office.acts).filter((act) => offices.some((role) => delegated[role][act]?.length > 0))
    return reply.page(view, {
      title: words.title,
      wide: true,
      body: html`<h1>${words.title}</h1><p class="lead">${words.lead}</p>
        <section class="card">${table({
          caption: words.title,
          empty: words.none,
          columns: [{ title: words.act }, ...offices.map((role) => ({ title: t.roles[role] }))],
          rows: acts.map((act) => [t.office.acts[act], ...offices.map((role) =>
            (delegated[role][act] ?? []).map((one) => t.roles[one]).join(', ') || words.nobody)])
        })}</section>`
    })
  })
}
