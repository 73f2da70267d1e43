// Who waits to be sent their first message (I10): seen, chosen, sent.

import { html } from '../../lib/html.js'
import { enter } from '../../lib/office.js'
import { button, form, table, tick } from '../../lib/parts.js'
import { resultsCard } from '../../lib/results.js'

const PATH = '/office/staged'
const PAGE = 200

export function stagedRoutes (app, { agency }) {
  const stagedPage = async (view, office, results = []) => {
    const { t } = view
    const words = t.office.staged
    const { rows, found } = await office.staged({ limit: PAGE })
    return {
      title: words.title,
      wide: true,
      body: html`<div class="head"><h1>${words.title}</h1><p class="count" role="status">${words.found(found)}</p></div>
        <p class="lead">${words.lead}</p>
        ${resultsCard(view, results)}
        ${form(view, PATH, html`
          ${found > rows.length && html`<p class="hint">${t.range(1, rows.length, found)}</p>`}
          ${table({
            caption: words.title,
            empty: words.none,
            columns: [{ title: t.select, kind: 'pick', unseen: true }, { title: t.columns.display_name }, { title: words.since }],
            rows: rows.map(({ account, party, displayName, since }) => [
              html`${tick({ name: 'pick', value: account ? `account ${account}` : `party ${party}`, label: t.selectOne(displayName), hideLabel: true })}
                <input type="hidden" name="name-${account ?? party}" value="${displayName}">`,
              html`<a href="${account ? `/office/users/${account}` : `/office/people/${party}`}">${displayName}</a>`,
              view.moment(since)
            ])
          })}
          ${rows.length > 0 && html`<div class="dock">${button(words.send)}</div>`}`, { kind: 'wide', busy: t.office.many.busy })}`
    }
  }

  app.get(PATH, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    return reply.page(view, await stagedPage(view, office))
  })

  /** Each with what came of it; who waits no longer is sent nothing twice. */
  app.post(PATH, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { body } = request
    const items = [body.pick ?? []].flat().map((one) => one.split(' ')).map(([what, id]) => ({ [what]: id }))
    if (items.length === 0) {
      return reply.page(view, await stagedPage(view, office, [{ name: view.t.office.many.nobody, done: false, findings: [] }]))
    }
    const sent = await office.sendStaged({ items })
    const results = sent.map((row, n) => ({ ...row, name: body[`name-${Object.values(items[n])[0]}`] ?? '–' }))
    return reply.page(view, await stagedPage(view, office, results))
  })
}
