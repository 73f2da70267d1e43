// One's own sessions and devices (E5): seen, one ended, all others ended.

import { html } from '../lib/html.js'
import { ownSession } from '../lib/own.js'
import { button, form } from '../lib/parts.js'
import { sessionsTable } from '../lib/sessions.js'
import { PAGES } from '../lib/view.js'

const PATH = `${PAGES.profile}/sessions`

export function sessionRoutes (app, { agency }) {

  app.get(PATH, async (request, reply) => {
    const rows = await agency.sessions(ownSession(request))
    const view = await reply.view()
    const words = view.t.office.sessions
    return reply.page(view, {
      title: words.title,
      wide: true,
      body: html`<p class="crumb"><a href="${PAGES.profile}">← ${view.t.resources.profile}</a></p>
        <h1>${words.title}</h1><p class="lead">${words.lead}</p>
        <section class="card">${sessionsTable(view, rows, `${PATH}/end`)}
          ${rows.some(({ current }) => !current) && form(view, `${PATH}/others`, button(words.others, { kind: 'danger' }))}</section>`
    })
  })

  app.post(`${PATH}/end`, async (request, reply) => {
    await agency.endSession({ session: ownSession(request), id: request.body.id ?? '', source: request.ip })
    return reply.next(PATH, 'sessionEnded')
  })

  app.post(`${PATH}/others`, async (request, reply) => {
    await agency.endOtherSessions(ownSession(request), { source: request.ip })
    return reply.next(PATH, 'othersEnded')
  })
}
