// The access review: what an office looks at each month (A5, C2, E).

import { html } from '../../lib/html.js'
import { enter } from '../../lib/office.js'
import { badge, table } from '../../lib/parts.js'

const UNUSED_DAYS = 90

export function reviewRoutes (app, { agency }) {
  app.get('/office/review', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { t } = view
    const words = t.office.review
    const items = await office.review({ unusedDays: UNUSED_DAYS })
    return reply.page(view, {
      title: words.title,
      wide: true,
      body: html`<h1>${words.title}</h1><p class="lead">${words.lead(UNUSED_DAYS)}</p>
        ${table({
          caption: words.title,
          empty: words.none,
          columns: [{ title: words.why }, { title: words.who }, { title: t.office.sessions.since }],
          rows: items.map(({ kind, parties, names, since }) => [
            badge(words.kinds[kind], 'due'),
            html`<span>${names.map((name, n) => html`${n > 0 && ', '}${parties[n] ? html`<a href="/office/people/${parties[n]}">${name}</a>` : name}`)}</span>`,
            view.date(since)
          ])
        })}`
    })
  })
}
