// The bulk window (A5): by role, and an account for each that is ticked.

import { html } from '../../lib/html.js'
import { enter, officeOf, stateBadge } from '../../lib/office.js'
import { button, form, mono, table, tick } from '../../lib/parts.js'
import { resultsCard } from '../../lib/results.js'

export function accountRoutes (app, { agency }) {
  const accountsPage = async (view, office, results = []) => {
    const { t } = view
    const groups = await office.window()
    const names = new Map(groups.flatMap(({ rows }) => rows.map(({ party, displayName }) => [party, displayName])))
    return {
      title: t.office.accounts.title,
      here: results.some(({ handOver }) => handOver) ? null : undefined,
      wide: true,
      body: html`<h1>${t.office.accounts.title}</h1>
        <p class="lead">${t.office.accounts.lead}</p>
        ${resultsCard(view, results.map((row) => ({ ...row, name: names.get(row.party) ?? row.name ?? '–' })))}
        ${form(view, '/office/accounts', html`
          ${groups.map(({ role, total, rows }) => html`<details class="card group" open>
            <summary><h2>${t.roles[role]}</h2><span class="count">${t.office.accounts.total(total)}</span></summary>
            ${table({
              caption: t.roles[role],
              empty: t.empty,
              columns: [
                { title: t.select, kind: 'pick', unseen: true }, { title: t.columns.display_name }, { title: t.columns.username },
                { title: t.email }, { title: t.phone }, { title: t.office.accounts.already }
              ],
              rows: rows.map((row) => [
                row.account || role === 'family' ? null : tick({ name: 'pick', value: `${role} ${row.party}`, label: t.selectOne(row.displayName), hideLabel: true }),
                row.account ? html`<a href="/office/users/${row.account}">${row.displayName}</a>` : row.displayName,
                mono(row.username), mono(row.email), row.phone, row.account && stateBadge(view, row.state)
              ])
            })}</details>`)}
          ${view.may('create_account') && html`<div class="dock">${tick({ name: 'later', label: t.office.staged.later })}${button(t.office.accounts.create)}</div>`}`, { kind: 'wide', busy: t.office.many.busy })}`
    }
  }

  app.get('/office/accounts', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply, 'window')
    return reply.page(view, await accountsPage(view, office))
  })

  app.post('/office/accounts', async (request, reply) => {
    const { view } = await enter(agency, request, reply, 'window')
    const office = officeOf(agency, request, request.body)
    const byRole = new Map()
    for (const pick of [request.body.pick ?? []].flat()) {
      const [role, party] = pick.split(' ')
      byRole.set(role, [...(byRole.get(role) ?? []), party])
    }
    const results = []
    if (byRole.size === 0) results.push({ name: view.t.office.many.nobody, done: false, findings: [] })
    for (const [role, parties] of byRole) results.push(...await office.createAccounts({ parties, role }))
    return reply.page(view, await accountsPage(view, office, results))
  })
}
