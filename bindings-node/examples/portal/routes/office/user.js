// One user: disable, enable, unlock, reset, note, a contact that changed hands, history (A4, A5, C6, H).

import { linesTable } from '../../lib/history.js'
import { html } from '../../lib/html.js'
import { enter, findingsOf, officeOf, stateBadge } from '../../lib/office.js'
import { addressOf, button, facts, field, form, offsetOf, pager, problems, tick, twice } from '../../lib/parts.js'
import { rulesFor } from '../../lib/view.js'

/** How many lines of a history the page has. */
const LINES = 50

export function userRoutes (app, { agency }) {
  /** The history, newest line first: it comes whole, and a page of it is shown (H). */
  const historyOf = async (view, account, offset) => {
    const lines = await agency.history(account)
    const path = `/office/users/${account}`
    return html`${linesTable(view, lines.toReversed().slice(offset, offset + LINES))}
      ${pager(view.t, { offset, found: lines.length, size: LINES, to: (change) => addressOf(path, change) })}
      <p><a href="${addressOf('/office/history/exports', { account })}">${view.t.office.history.files}</a></p>`
  }

  const userPage = async (view, office, account, { findings = [], given = {}, offset = 0 } = {}) => {
    const { t } = view
    const user = await office.user(account)
    const { policy } = await agency.settings()
    const { lines } = rulesFor(view, policy, { username: user.username, names: [user.displayName], agency: view.agency })
    const roles = user.party ? (await agency.party(user.party)).roles : []
    const may = (act) => view.may(act, roles)
    const act = (name, text, kind) => may(name.replaceAll('-', '_')) && form(view, `/office/users/${account}/${name}`, button(text, { kind }), { kind: 'inline' })
    return {
      title: user.displayName,
      here: `/office/users/${account}`,
      body: html`<p class="crumb"><a href="/office/users">← ${t.office.users.title}</a></p>
        <h1>${user.displayName} ${stateBadge(view, user.state)}</h1>
        ${problems(view, findings)}
        <section class="card">
          ${facts([
            [t.columns.username, user.username], [t.columns.last_logon, view.moment(user.lastLogon) || t.never],
            [t.columns.created, view.moment(user.created)], [t.columns.description, user.description?.text[view.locale]],
            [t.office.staged.title, view.moment(user.staged)],
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
        ${view.me.isManager && html`<section class="card"><h2>${t.office.user.release}</h2>
          <p class="hint">${t.office.user.releaseLead}</p>
          ${form(view, `/office/users/${account}/release`, html`
            ${field({ name: 'contact', label: t.office.user.releaseWhich, value: given.contact, autocomplete: 'off', spellcheck: 'false' })}
            ${tick({ name: 'sure', label: t.office.user.releaseSure })}
            ${button(t.office.user.releaseNow, { kind: 'danger' })}`)}
        </section>`}
        ${view.me.isManager && html`<section class="card"><h2>${t.office.history.of}</h2>${await historyOf(view, account, offset)}</section>`}`
    }
  }

  app.get('/office/users/:account', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply, 'user')
    return reply.page(view, await userPage(view, office, request.params.account, { offset: offsetOf(request.query) }))
  })

  const ACTS = {
    disable: (office, account) => office.disable(account),
    enable: (office, account) => office.enable(account),
    unlock: (office, account) => office.unlock(account),
    'end-sessions': (office, account) => office.endSessions(account),
    'send-again': (office, account) => office.sendAgain(account),
    release: (office, account, { contact = '' }) => office.releaseContact(account, contact),
    note: (office, account, { note = '' }) => office.setNote(account, note),
    reset: (office, account, { password = '', confirm = '' }) => office.resetPassword(account, { password, confirm })
  }

  const NOTICES = { release: 'contactTaken', 'send-again': 'sentAgain', 'end-sessions': 'sessionsEnded' }

  app.post('/office/users/:account/:act', async (request, reply) => {
    const { account, act } = request.params
    if (!Object.hasOwn(ACTS, act)) return reply.callNotFound()
    const office = officeOf(agency, request)
    const refuse = async (findings) => {
      const view = await reply.view()
      return reply.code(422).page(view, await userPage(view, office, account, { findings, given: request.body }))
    }
    // It is for good.
    if (act === 'release' && request.body.sure !== 'yes') return refuse([(await reply.view()).t.office.user.releaseAsk])
    try {
      await ACTS[act](office, account, request.body)
    } catch (error) {
      return refuse(error.code === 'contact.not_found' ? [error] : findingsOf(error))
    }
    return reply.next(`/office/users/${account}`, NOTICES[act] ?? act)
  })
}
