// Manage Users (A3), and what is done to many of them at once (A4, A5, E5).

import { html } from '../../lib/html.js'
import { enter, stateBadge } from '../../lib/office.js'
import { badge, button, form, mono, pager, table, tick } from '../../lib/parts.js'
import { resultsCard } from '../../lib/results.js'

const PAGE = 25

const COLUMNS = ['display_name', 'first_name', 'last_name', 'username', 'status', 'last_logon', 'created', 'description']

/** What is done to many at once, with the act that it is for one. */
const MANY = {
  disable: { act: 'disable', all: (office, accounts) => office.disableAll({ accounts }) },
  'send-again': { act: 'send_again', all: (office, accounts, asOf) => office.sendAgainAll({ accounts, asOf }) },
  'end-sessions': { act: 'end_sessions', all: (office, accounts) => office.endSessionsAll({ accounts }) }
}

export function usersRoutes (app, { agency }) {
  const usersPage = async (view, office, query, results = []) => {
    const { t } = view
    const { filter = '', disabled, unlinked, sort = 'display_name', down, from = '0' } = query
    const offset = Number.parseInt(from, 10) || 0
    const asked = { filter, showDisabled: disabled === 'yes', unlinkedOnly: unlinked === 'yes', sort, descending: down === 'yes' }
    const { users, found, active } = await office.users({ ...asked, offset, limit: PAGE })
    const to = (change) => `/office/users?${new URLSearchParams(Object.entries({ filter, disabled, unlinked, sort, down, ...change }).filter(([, value]) => value))}`
    const sorting = (column) => {
      const current = column === sort
      const descends = current && !asked.descending
      return {
        title: html`<a href="${to({ sort: column, down: descends && 'yes' })}">${t.columns[column]}${current && html`<span aria-hidden="true"> ${asked.descending ? '↓' : '↑'}</span>`}</a>`,
        label: t.columns[column],
        // On a phone the display name says both.
        kind: ['first_name', 'last_name'].includes(column) ? 'spare' : undefined,
        sorted: current ? (asked.descending ? 'descending' : 'ascending') : undefined
      }
    }
    const names = new Map(users.map(({ account, displayName }) => [account, displayName]))
    const acts = Object.keys(MANY).filter((act) => view.may(MANY[act].act))
    return {
      title: t.office.users.title,
      here: results.some(({ handOver }) => handOver) ? null : undefined,
      wide: true,
      body: html`<div class="head"><h1>${t.office.users.title}</h1><p class="count"><strong>${active}</strong> ${t.office.users.count}</p></div>
        ${resultsCard(view, results.map((row) => ({ ...row, name: names.get(row.account) ?? row.name ?? '–' })))}
        <form class="search" role="search">
          <div class="field"><label for="filter">${t.office.users.filter}</label><input id="filter" name="filter" type="search" value="${filter}"></div>
          ${tick({ name: 'disabled', label: t.office.users.disabled, checked: asked.showDisabled })}
          ${tick({ name: 'unlinked', label: t.office.users.unlinked, checked: asked.unlinkedOnly })}
          <input type="hidden" name="sort" value="${sort}">
          ${button(t.search, { kind: 'plain' })}
        </form>
        ${form(view, '/office/users', html`
        <input type="hidden" name="asOf" value="${new Date().toISOString()}">
        <input type="hidden" name="query" value="${to({ from: offset || undefined }).split('?')[1]}">
        ${table({
          caption: t.office.users.title,
          empty: t.office.users.none,
          sortable: true,
          columns: [...COLUMNS.map(sorting), { title: t.select, kind: 'pick', unseen: true }],
          rows: users.map((user) => [
            html`<a href="/office/users/${user.account}">${user.displayName}</a>${user.isManager && html` ${badge(t.office.users.manager)}`}`,
            user.firstName, user.lastName, mono(user.username), stateBadge(view, user.state),
            view.stamp(user.lastLogon) || t.never, view.stamp(user.created), user.description?.text[view.locale],
            tick({ name: 'pick', value: user.account, label: t.selectOne(user.displayName), hideLabel: true })
          ])
        })}
        ${users.length > 0 && acts.length > 0 && html`<fieldset class="dock batch"><legend>${t.office.many.with}</legend>
          ${acts.map((act) => button(t.office.many[act], { kind: act === 'disable' ? 'danger' : 'plain', name: 'act', value: act }))}</fieldset>`}`,
        { kind: 'wide', busy: t.office.many.busy })}
        ${pager(t, { offset, found, size: PAGE, to })}`
    }
  }

  app.get('/office/users', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply, 'users')
    return reply.page(view, await usersPage(view, office, request.query))
  })

  /** Those that are ticked, each with what came of it; a second click sends nothing twice (A5). */
  app.post('/office/users', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply, 'users')
    const { act, asOf, query = '' } = request.body
    const accounts = [request.body.pick ?? []].flat()
    if (!Object.hasOwn(MANY, act)) return reply.callNotFound()
    const asked = Object.fromEntries(new URLSearchParams(query))
    const results = accounts.length > 0
      ? await MANY[act].all(office, accounts, asOf)
      : [{ name: view.t.office.many.nobody, done: false, findings: [] }]
    // Who is disabled by it is shown, to be enabled again.
    return reply.page(view, await usersPage(view, office, act === 'disable' ? { ...asked, disabled: 'yes' } : asked, results))
  })
}
