// The history of the agency, and whether it is whole (H).

import { html } from '../../lib/html.js'
import { enter, historyTable } from '../../lib/office.js'
import { badge, offsetOf } from '../../lib/parts.js'

export function historyRoutes (app, { agency }) {
  app.get('/office/history', async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    const { t } = view
    let whole = true
    try {
      await agency.verifyAgencyHistory()
    } catch (error) {
      if (!error.code?.startsWith('history.')) throw error
      whole = false
    }
    return reply.page(view, {
      title: t.office.history.title,
      wide: true,
      body: html`<div class="head"><h1>${t.office.history.title}</h1>${whole ? badge(t.office.history.whole, 'good') : badge(t.office.history.broken, 'due')}</div>
        <p class="lead">${t.office.history.lead}</p>
        <section class="card">${historyTable(view, await agency.agencyHistory(), { path: '/office/history', offset: offsetOf(request.query) })}</section>`
    })
  })
}
