// Manage Users (A3), and one user: disable, enable, unlock, reset, note, history (A4, A5, H).

import { html } from '../../lib/html.js'
import { enter, findingsOf, historyTable, officeOf, stateBadge } from '../../lib/office.js'
import { badge, button, facts, field, form, mono, problems, table, tick, twice } from '../../lib/parts.js'
import { resultsCard } from '../../lib/results.js'
import { rulesFor } from '../../lib/view.js'

const PAGE = 25

const COLUMNS = ['display_name', 'first_name', 'last_name', 'username', 'status', 'last_logon', 'created', 'description']

/** What is done to many at once, with the act that it is for one. */
const MANY = {
  disable: { act: 'disable', all: (office, accounts) => office.disableAll({ accounts }) },
  'send-again': { act: 'send_again', all: (office, accounts, asOf) => office.sendAgainAll({ accounts, asOf }) },
  'end-sessions': { act: 'end_sessions', all: (office, accounts) => office.endSessionsAll({ accounts }) }
}

export function userRoutes (app, { agency }) {
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
        ${pager(t, { offset, found, to })}`
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

  const pager = (t, { offset, found, to }) => found > PAGE && html`<nav class="pager" aria-label="${t.pages}">
    ${offset > 0 && html`<a class="button plain" href="${to({ from: Math.max(0, offset - PAGE) || undefined })}">← ${t.previous}</a>`}
    <span>${t.range(offset + 1, Math.min(found, offset + PAGE), found)}</span>
    ${offset + PAGE < found && html`<a class="button plain" href="${to({ from: offset + PAGE })}">${t.following} →</a>`}
  </nav>`

  // --- one user: disable, enable, unlock, reset, note, history (A4, A5, H) ---

  const userPage = async (view, office, account, findings = []) => {
    const { t } = view
    const user = await office.user(account)
    const { policy } = await agency.settings()
    const { lines } = rulesFor(view, policy, { username: user.username, names: [user.displayName], agency: view.agency })
    const roles = user.party ? (await agency.party(user.party)).roles : []
    const may = (act) => view.may(act, roles)
    const act = (name, text, kind) => may(name.replaceAll('-', '_')) && form(view, `/office/users/${account}/${name}`, button(text, { kind }), { kind: 'inline' })
    return {
      title: user.displayName,
      body: html`<p class="crumb"><a href="/office/users">← ${t.office.users.title}</a></p>
        <h1>${user.displayName} ${stateBadge(view, user.state)}</h1>
        ${problems(view, findings)}
        <section class="card">
          ${facts([
            [t.columns.username, user.username], [t.columns.last_logon, view.moment(user.lastLogon) || t.never],
            [t.columns.created, view.moment(user.created)], [t.columns.description, user.description?.text[view.locale]],
            [t.states.disabled, view.moment(user.disabled)], [t.office.user.disabledBy, user.disabledBy]
          ])}
          ${view.me.isManager && html`<p><a href="/office/users/${account}/sessions">${t.office.sessions.office}</a>${
            user.party && html` · <a href="/office/people/${user.party}">${t.office.people.title}: ${user.displayName}</a>`}</p>`}
          <div class="actions">
            ${user.state === 'disabled' ? act('enable', t.office.user.enable, 'primary') : act('disable', t.office.user.disable, 'danger')}
            ${user.state !== 'disabled' && act('end-sessions', t.office.user.endSessions, 'plain')}
            ${user.state !== 'disabled' && act('unlock', t.office.user.unlock, 'plain')}
            ${['invited', 'password_due'].includes(user.state) && act('send-again', t.office.user.sendAgain, 'plain')}
          </div>
        </section>
        ${may('set_note') && html`<section class="card"><h2>${t.office.user.note}</h2>
          ${form(view, `/office/users/${account}/note`, html`
            ${field({ name: 'note', label: t.office.user.noteLabel, value: user.note ?? '', required: false, autocomplete: 'off' })}
            ${button(t.save, { kind: 'plain' })}`)}
        </section>`}
        ${may('reset_password') && html`<section class="card"><h2>${t.office.user.reset}</h2>
          <p class="hint">${t.office.user.resetHint}</p>
          ${form(view, `/office/users/${account}/reset`, html`<input type="text" name="username" value="${user.username}" autocomplete="off" hidden>${twice(view, lines)}${button(t.office.user.reset)}`)}
        </section>`}
        ${view.me.isManager && html`<section class="card"><h2>${t.office.history.of}</h2>${historyTable(view, await agency.history(account))}</section>`}`
    }
  }

  app.get('/office/users/:account', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply, 'user')
    return reply.page(view, await userPage(view, office, request.params.account))
  })

  const ACTS = {
    disable: (office, account) => office.disable(account),
    enable: (office, account) => office.enable(account),
    unlock: (office, account) => office.unlock(account),
    'end-sessions': (office, account) => office.endSessions(account),
    'send-again': (office, account) => office.sendAgain(account),
    note: (office, account, { note = '' }) => office.setNote(account, note),
    reset: (office, account, { password = '', confirm = '' }) => office.resetPassword(account, { password, confirm })
  }

  const NOTICES = { 'send-again': 'sentAgain', 'end-sessions': 'sessionsEnded' }

  app.post('/office/users/:account/:act', async (request, reply) => {
    const { account, act } = request.params
    if (!Object.hasOwn(ACTS, act)) return reply.callNotFound()
    const office = officeOf(agency, request)
    try {
      await ACTS[act](office, account, request.body)
    } catch (error) {
      const findings = findingsOf(error)
      const view = await reply.view()
      return reply.code(422).page(view, await userPage(view, office, account, findings))
    }
    return reply.next(`/office/users/${account}`, NOTICES[act] ?? act)
  })
}
