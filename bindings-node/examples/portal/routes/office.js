// The office: Manage Users, the bulk window, invitations, history (A, I, H).
// Every act is carekey's to allow: here it is only asked, with who acts.

import { html } from '../lib/html.js'
import { badge, button, choice, facts, field, form, problems, sentence, table, tick, twice } from '../lib/parts.js'
import { rulesFor } from '../lib/view.js'

const PAGE = 25

export function officeRoutes (app, { agency }) {
  /** The office as the signed-in manager; nobody else has one. */
  const enter = async (request, reply) => {
    if (!request.me) await agency.session(request.cookies.session ?? '')
    if (!request.me.isManager) throw Object.assign(new Error('not allowed'), { statusCode: 403 })
    return { view: await reply.view(), office: officeOf(request) }
  }

  const officeOf = (request) => {
    if (!request.me) throw Object.assign(new Error('not signed in'), { code: 'session.ended' })
    return agency.actingAs({ account: request.me.account }, { source: request.ip })
  }

  const state = ({ t }, name) => badge(t.states[name], name === 'active' ? 'good' : name === 'disabled' ? 'due' : 'calm')

  // --- Manage Users (A3) ---

  const COLUMNS = ['display_name', 'first_name', 'last_name', 'username', 'status', 'last_logon', 'created', 'description']

  app.get('/office/users', async (request, reply) => {
    const { view, office } = await enter(request, reply)
    const { t } = view
    const { filter = '', disabled, unlinked, sort = 'display_name', down, from = '0' } = request.query
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
        sorted: current ? (asked.descending ? 'descending' : 'ascending') : undefined
      }
    }
    return reply.page(view, {
      title: t.office.users.title,
      wide: true,
      body: html`<div class="head"><h1>${t.office.users.title}</h1><p class="count"><strong>${active}</strong> ${t.office.users.count}</p></div>
        <form class="search" role="search">
          <div class="field"><label for="filter">${t.office.users.filter}</label><input id="filter" name="filter" type="search" value="${filter}"></div>
          ${tick({ name: 'disabled', label: t.office.users.disabled, checked: asked.showDisabled })}
          ${tick({ name: 'unlinked', label: t.office.users.unlinked, checked: asked.unlinkedOnly })}
          <input type="hidden" name="sort" value="${sort}">
          ${button(t.search, { kind: 'plain' })}
        </form>
        ${table({
          caption: t.office.users.title,
          empty: t.office.users.none,
          sortable: true,
          columns: COLUMNS.map(sorting),
          rows: users.map((user) => [
            html`<a href="/office/users/${user.account}">${user.displayName}</a>${user.isManager && html` ${badge(t.office.users.manager)}`}`,
            user.firstName, user.lastName, html`<span class="mono">${user.username}</span>`, state(view, user.state),
            view.stamp(user.lastLogon) || t.never, view.stamp(user.created), user.description
          ])
        })}
        ${pager(t, { offset, found, to })}`
    })
  })

  const pager = (t, { offset, found, to }) => found > PAGE && html`<nav class="pager" aria-label="${t.pages}">
    ${offset > 0 && html`<a class="button plain" href="${to({ from: Math.max(0, offset - PAGE) || undefined })}">← ${t.previous}</a>`}
    <span>${t.range(offset + 1, Math.min(found, offset + PAGE), found)}</span>
    ${offset + PAGE < found && html`<a class="button plain" href="${to({ from: offset + PAGE })}">${t.following} →</a>`}
  </nav>`

  // --- one user: disable, enable, reset, note, history (A4, A5, H) ---

  const userPage = async (view, office, account, findings = []) => {
    const { t } = view
    const user = await office.user(account)
    const { policy } = await agency.settings()
    const { lines } = rulesFor(view, policy, { username: user.username, names: [user.displayName], agency: view.agency })
    const act = (name, text, kind) => form(view, `/office/users/${account}/${name}`, button(text, { kind }), { kind: 'inline' })
    return {
      title: user.displayName,
      body: html`<p class="crumb"><a href="/office/users">← ${t.office.users.title}</a></p>
        <h1>${user.displayName} ${state(view, user.state)}</h1>
        ${problems(view, findings)}
        <section class="card">
          ${facts([
            [t.columns.username, user.username], [t.columns.last_logon, view.moment(user.lastLogon) || t.never],
            [t.columns.created, view.moment(user.created)], [t.columns.description, user.description],
            [t.states.disabled, view.moment(user.disabled)]
          ])}
          <div class="actions">
            ${user.state === 'disabled' ? act('enable', t.office.user.enable, 'primary') : act('disable', t.office.user.disable, 'danger')}
            ${['invited', 'password_due'].includes(user.state) && act('send-again', t.office.user.sendAgain, 'plain')}
          </div>
        </section>
        <section class="card"><h2>${t.office.user.note}</h2>
          ${form(view, `/office/users/${account}/note`, html`
            ${field({ name: 'note', label: t.office.user.noteLabel, value: user.note ?? '', required: false, autocomplete: 'off' })}
            ${button(t.save, { kind: 'plain' })}`)}
        </section>
        <section class="card"><h2>${t.office.user.reset}</h2>
          <p class="hint">${t.office.user.resetHint}</p>
          ${form(view, `/office/users/${account}/reset`, html`<input type="text" name="username" value="${user.username}" autocomplete="off" hidden>${twice(view, lines)}${button(t.office.user.reset)}`)}
        </section>
        <section class="card"><h2>${t.office.history.of}</h2>${lineTable(view, await agency.history(account))}</section>`
    }
  }

  app.get('/office/users/:account', async (request, reply) => {
    const { view, office } = await enter(request, reply)
    return reply.page(view, await userPage(view, office, request.params.account))
  })

  const ACTS = {
    disable: (office, account) => office.disable(account),
    enable: (office, account) => office.enable(account),
    'send-again': (office, account) => office.sendAgain(account),
    note: (office, account, { note = '' }) => office.setNote(account, note),
    reset: (office, account, { password = '', confirm = '' }) => office.resetPassword(account, { password, confirm })
  }

  app.post('/office/users/:account/:act', async (request, reply) => {
    const { account, act } = request.params
    if (!Object.hasOwn(ACTS, act)) return reply.callNotFound()
    const office = officeOf(request)
    try {
      await ACTS[act](office, account, request.body)
    } catch (error) {
      if (error.kind !== 'invalid' && error.kind !== 'conflict') throw error
      const findings = error.findings.length > 0 ? error.findings : [error]
      const view = await reply.view()
      return reply.code(422).page(view, await userPage(view, office, account, findings))
    }
    return reply.next(`/office/users/${account}`, act === 'send-again' ? 'sentAgain' : act)
  })

  // --- the bulk window (A5): by role, and an account for each that is ticked ---

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
              : html`${findings.map((one) => sentence(one, view.locale)).join(' ')}${suggestion && html` ${t.suggested} <span class="mono">${suggestion}</span>`}`])
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
                row.username && html`<span class="mono">${row.username}</span>`, row.email, row.phone, row.account && state(view, row.state)
              ])
            })}</details>`)}
          <div class="dock">${button(t.office.accounts.create)}</div>`, { kind: 'wide' })}`
    }
  }

  app.get('/office/accounts', async (request, reply) => {
    const { view, office } = await enter(request, reply)
    return reply.page(view, await accountsPage(view, office))
  })

  app.post('/office/accounts', async (request, reply) => {
    const { view, office } = await enter(request, reply)
    const results = []
    for (const pick of [request.body.pick ?? []].flat()) {
      const [role, party] = pick.split(' ')
      const { displayName: name } = await agency.party(party)
      try {
        const { username, findings } = await office.createAccount({ party, role })
        results.push({ name, username, findings, suggestion: findings.find(({ suggestion }) => suggestion)?.suggestion })
      } catch (error) {
        if (error.kind !== 'invalid' && error.kind !== 'conflict') throw error
        const findings = error.findings.length > 0 ? error.findings : [error]
        results.push({ name, findings, suggestion: findings.find(({ suggestion }) => suggestion)?.suggestion })
      }
    }
    return reply.page(view, await accountsPage(view, office, results))
  })

  // --- invitations (S3, I4, I9) ---

  const invitationsPage = async (view, office, { search = '', results = [] } = {}) => {
    const { t } = view
    const applications = await office.applications({ search, limit: 200 })
    const names = new Map(applications.map(({ id, number }) => [id, number]))
    return {
      title: t.office.invitations.title,
      wide: true,
      body: html`<h1>${t.office.invitations.title}</h1>
        ${results.length > 0 && html`<section class="card" tabindex="-1" data-focus aria-labelledby="results"><h2 id="results">${t.results}</h2>
          <ul class="results">${results.map(({ item, done, findings }) => html`<li>
            <span class="mono">${names.get(item.application)}</span> ${done ? badge(t.done, 'good') : badge(t.notDone, 'due')}
            ${findings.map((one) => sentence(one, view.locale)).join(' ')}</li>`)}</ul></section>`}
        <form class="search" role="search">
          <div class="field"><label for="search">${t.office.invitations.search}</label><input id="search" name="search" type="search" value="${search}"></div>
          ${button(t.search, { kind: 'plain' })}
        </form>
        ${form(view, '/office/invitations', html`
          <input type="hidden" name="asOf" value="${new Date().toISOString()}">
          <input type="hidden" name="search" value="${search}">
          ${table({
            caption: t.office.invitations.title,
            empty: t.office.invitations.none,
            columns: [
              { title: t.select, kind: 'pick', unseen: true }, { title: t.invoices.number }, { title: t.application.family },
              { title: t.application.submitted }, { title: t.office.invitations.account }, { title: t.office.invitations.until }, { title: t.action }
            ],
            rows: applications.map(({ id, number, familyName, submittedAt, onlineAccount, invitedUntil }) => {
              const action = onlineAccount.action ?? 'unlink'
              return [
                tick({ name: 'pick', value: id, label: t.selectOne(number), hideLabel: true }),
                html`<span class="mono">${number}</span>`, familyName, view.date(submittedAt),
                onlineAccount.linked ? html`<span class="mono">${onlineAccount.linked}</span>` : html`<span class="hint">${t.office.invitations.notLinked}</span>`,
                onlineAccount.linked ? null : view.moment(invitedUntil),
                button(t.actions[action], { kind: 'plain', name: 'only', value: `${action} ${id}`, 'aria-label': t.actOn(t.actions[action], number) })
              ]
            })
          })}
          ${applications.length > 0 && html`<fieldset class="dock batch"><legend>${t.office.invitations.batch}</legend>
            ${choice({ name: 'method', label: t.office.invitations.method, value: '', options: [['', t.office.invitations.preferred], ['email', t.mail.email], ['sms', t.mail.sms]] })}
            ${['invite', 'reinvite', 'unlink'].map((action) => button(t.office.invitations.batches[action], { kind: action === 'unlink' ? 'danger' : 'plain', name: 'action', value: action }))}
          </fieldset>`}`, { kind: 'wide' })}`
    }
  }

  app.get('/office/invitations', async (request, reply) => {
    const { view, office } = await enter(request, reply)
    return reply.page(view, await invitationsPage(view, office, { search: request.query.search }))
  })

  app.post('/office/invitations', async (request, reply) => {
    const { view, office } = await enter(request, reply)
    const { only, pick = [], asOf, search } = request.body
    const [action, ...items] = only ? only.split(' ') : [request.body.action, ...[pick].flat()]
    // Since the list was looked at: a second click sends nothing twice (I9).
    const results = await office.batch({
      action, asOf, items: items.map((application) => ({ application })), method: request.body.method || null
    })
    return reply.page(view, await invitationsPage(view, office, { search, results }))
  })

  // --- history (H) ---

  const lineTable = (view, lines) => {
    const { t } = view
    return table({
      caption: t.office.history.title,
      empty: t.empty,
      columns: [{ title: t.office.history.when }, { title: t.office.history.what }, { title: t.office.history.who }, { title: t.office.history.details }],
      rows: lines.toReversed().slice(0, 100).map(({ at, kind, actorName, actor, details }) => [
        html`<span class="whole">${view.stamp(at)}</span>`, t.events[kind] ?? kind, actorName || t.actors[actor],
        html`<span class="hint">${Object.entries(details).map(([name, value]) => `${name}: ${value}`).join(', ')}</span>`
      ])
    })
  }

  app.get('/office/history', async (request, reply) => {
    const { view } = await enter(request, reply)
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
        <section class="card">${lineTable(view, await agency.agencyHistory())}</section>`
    })
  })
}
