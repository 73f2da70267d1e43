// The bulk window (A5): by role, and an account for each that is ticked.

import { html } from '../../lib/html.js'
import { enter, findingsOf, stateBadge } from '../../lib/office.js'
import { badge, button, form, mono, sentence, table, tick } from '../../lib/parts.js'

export function accountRoutes (app, { agency }) {
  const accountsPage = async (view, office, results = []) => {
    const { t } = view
    const groups = await office.window()
    return {
      title: t.office.accounts.title,
      wide: true,
      body: html`<h1>${t.office.accounts.title}</h1>
        <p class="lead">${t.office.accounts.lead}</p>
        ${results.length > 0 && html`<section class="card" tabindex="-1" data-focus aria-labelledby="results"><h2 id="results">${t.results}</h2>
          ${table({
            caption: t.results,
            empty: '',
            columns: [{ title: t.columns.display_name }, { title: t.columns.username }, { title: t.result }],
            rows: results.map(({ name, username, findings, suggestion }) => [name, username, username
              ? badge(t.office.accounts.created, 'good')
              : html`${findings.map((one) => sentence(one, view.locale)).join(' ')}${suggestion && html` ${t.suggested} ${mono(suggestion)}`}`])
          })}</section>`}
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
                row.username && mono(row.username), row.email, row.phone, row.account && stateBadge(view, row.state)
              ])
            })}</details>`)}
          <div class="dock">${button(t.office.accounts.create)}</div>`, { kind: 'wide' })}`
    }
  }

  app.get('/office/accounts', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    return reply.page(view, await accountsPage(view, office))
  })

  app.post('/office/accounts', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const results = []
    for (const pick of [request.body.pick ?? []].flat()) {
      const [role, party] = pick.split(' ')
      const { displayName: name } = await agency.party(party)
      try {
        const { username, findings } = await office.createAccount({ party, role })
        results.push({ name, username, findings, suggestion: findings.find(({ suggestion }) => suggestion)?.suggestion })
      } catch (error) {
        const findings = findingsOf(error)
        results.push({ name, findings, suggestion: findings.find(({ suggestion }) => suggestion)?.suggestion })
      }
    }
    return reply.page(view, await accountsPage(view, office, results))
  })
}
