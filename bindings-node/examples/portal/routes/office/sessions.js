// Where a user is signed in, for the office (E5): seen, and all ended.

import { html } from '../../lib/html.js'
import { enter } from '../../lib/office.js'
import { button, form } from '../../lib/parts.js'
import { sessionsTable } from '../../lib/sessions.js'

export function officeSessionRoutes (app, { agency }) {
  app.get('/office/users/:account/sessions', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { account } = request.params
    const rows = await office.sessions(account)
    const { displayName } = await office.user(account)
    const words = view.t.office.sessions
    return reply.page(view, {
      title: words.of(displayName),
      wide: true,
      body: html`<p class="crumb"><a href="/office/users/${account}">← ${displayName}</a></p>
        <h1>${words.of(displayName)}</h1>
        <section class="card">${sessionsTable(view, rows)}
          ${rows.length > 0 && form(view, `/office/users/${account}/end-sessions`, button(words.all, { kind: 'danger' }))}</section>`
    })
  })
}
