// Applications and their invitations: Invite, Reinvite, Unlink, one by one and in
// batches (S3, I4, I9).

import { endOf } from '../../lib/days.js'
import { html } from '../../lib/html.js'
import { enter, findingsOf } from '../../lib/office.js'
import { addressOf, badge, button, choice, form, mono, offsetOf, pager, problems, sentence, table, tick } from '../../lib/parts.js'

const PATH = '/office/invitations'
const PAGE = 50

/** In the order of an invitation's life. */
const STANDINGS = ['never_invited', 'invited', 'lapsed', 'ended', 'linked']

/** A page of the list. */
async function listed (view, office, { search = '', standing = '', due = '', from }) {
  const offset = offsetOf({ from })
  const page = await office.applicationsBy({ search, standing: standing || null, lapsesBefore: endOf(due, view.timeZone), offset, limit: PAGE })
  return { offset, ...page }
}

export function officeInvitationRoutes (app, { agency }) {
  const invitationsPage = async (view, office, { search = '', standing = '', due = '', from, results = [], numbers, findings = [] } = {}) => {
    const { t } = view
    const words = t.office.filter
    const { offset, rows: applications, found } = await listed(view, office, { search, standing, due, from })
    return {
      title: t.office.invitations.title,
      wide: true,
      body: html`<h1>${t.office.invitations.title}</h1>
        ${problems(view, findings)}
        ${results.length > 0 && html`<section class="card" tabindex="-1" data-focus aria-labelledby="results"><h2 id="results">${t.results}</h2>
          <ul class="results">${results.map(({ item, done, findings }) => html`<li>
            ${mono(numbers.get(item.application))} ${done ? badge(t.done, 'good') : badge(t.notDone, 'due')}
            ${findings.map((one) => sentence(one, view.locale)).join(' ')}</li>`)}</ul></section>`}
        <form class="search" role="search">
          <div class="field"><label for="search">${t.office.invitations.search}</label><input id="search" name="search" type="search" value="${search}"></div>
          ${choice({ name: 'standing', label: words.standing, value: standing, options: [['', words.all], ...STANDINGS.map((one) => [one, words[one]])] })}
          <div class="field"><label for="due">${words.due}</label><input id="due" name="due" type="date" value="${due}"></div>
          ${button(t.search, { kind: 'plain' })}
        </form>
        <p class="count" role="status">${words.found(found)}</p>
        ${form(view, PATH, html`
          <input type="hidden" name="asOf" value="${new Date().toISOString()}">
          ${Object.entries({ search, standing, due, from: offset || '' }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
          ${table({
            caption: t.office.invitations.title,
            empty: t.office.invitations.none,
            columns: [
              { title: t.select, kind: 'pick', unseen: true }, { title: t.invoices.number }, { title: t.application.family },
              { title: t.application.submitted }, { title: t.office.invitations.account }, { title: words.contact }, { title: t.office.invitations.until }, { title: t.action }
            ],
            rows: applications.map(({ id, number, familyName, submittedAt, onlineAccount, invitedUntil, invitedContact, invitation }) => {
              const action = onlineAccount.action ?? 'unlink'
              return [
                tick({ name: 'pick', value: id, label: t.selectOne(number), hideLabel: true }),
                html`<span class="whole">${mono(number)}</span>`, familyName, view.date(submittedAt),
                onlineAccount.linked ? mono(onlineAccount.linked) : html`<span class="hint">${t.office.invitations.notLinked}</span>`,
                mono(invitedContact),
                onlineAccount.linked ? null : html`<span>${view.moment(invitedUntil)} ${invitation === 'lapsed' && badge(words.lapsed, 'due')}</span>`,
                html`<div class="acts">${only(view, action, id, number)}${action === 'reinvite' && invitedUntil && only(view, 'cancel', id, number)}${view.me.isManager && !onlineAccount.linked && html`<a class="button plain" href="/office/print/application/${encodeURIComponent(number)}" aria-label="${t.actOn(t.office.print.short, number)}">${t.office.print.short}</a>`}</div>`
              ]
            })
          })}
          ${applications.length > 0 && html`<fieldset class="dock batch"><legend>${t.office.invitations.batch}</legend>
            ${choice({ name: 'method', label: t.office.invitations.method, value: '', options: [['', t.office.invitations.preferred], ['email', t.mail.email], ['sms', t.mail.sms]] })}
            ${['invite', 'reinvite', 'unlink'].filter((action) => view.may(action)).map((action) => button(t.office.invitations.batches[action], { kind: action === 'unlink' ? 'danger' : 'plain', name: 'action', value: action }))}
          </fieldset>`}`, { kind: 'wide' })}
        ${pager(t, { offset, found, size: PAGE, to: (change) => addressOf(PATH, { search, standing, due, ...change }) })}`
    }
  }

  /** Whether what is linked is to be unlinked: it ends at once, and only a new invitation brings it back. */
  const askPage = async (view, office, items, { asOf, search = '', standing = '', due = '', from = '' }) => {
    const { t } = view
    const words = t.office.unlinking
    const back = { search, standing, due, from }
    const { rows } = await listed(view, office, back)
    return {
      title: words.title,
      // The page in another language is asked for anew.
      here: addressOf(PATH, back),
      body: html`<section class="card"><h1>${words.title}</h1>
        <ul class="results">${rows.filter(({ id }) => items.includes(id)).map(({ number, onlineAccount }) => html`<li>${mono(number)} ${onlineAccount.linked ? mono(onlineAccount.linked) : words.notLinked}</li>`)}</ul>
        <p>${words.lead}</p>
        ${form(view, PATH, html`
          ${items.map((id) => html`<input type="hidden" name="pick" value="${id}">`)}
          ${Object.entries({ ...back, asOf, action: 'unlink', sure: 'yes' }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
          <div class="actions">${button(words.yes, { kind: 'danger' })}<a class="button plain" href="${addressOf(PATH, back)}">${t.office.people.no}</a></div>`)}</section>`
    }
  }

  /** What can be done with one application. */
  const only = ({ t, may }, action, id, number) => may(action === 'cancel' ? 'cancel_invitation' : action) &&
    button(t.actions[action], { kind: 'plain', name: 'only', value: `${action} ${id}`, 'aria-label': t.actOn(t.actions[action], number) })

  /** An invitation that is out is dead at once (C5). */
  const cancel = async (office, item) => {
    try {
      await office.cancelInvitation(item)
      return { item, done: true, findings: [] }
    } catch (error) {
      return { item, done: false, findings: findingsOf(error) }
    }
  }

  app.get(PATH, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply, 'applications')
    return reply.page(view, await invitationsPage(view, office, request.query))
  })

  app.post(PATH, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply, 'applications')
    const { only, pick = [], asOf, search, standing, due, from } = request.body
    const [action, ...items] = only ? only.split(' ') : [request.body.action, ...[pick].flat()]
    if (items.length === 0) {
      return reply.code(422).page(view, await invitationsPage(view, office, { search, standing, due, from, findings: [view.t.office.many.nobody] }))
    }
    if (action === 'unlink' && request.body.sure !== 'yes') return reply.page(view, await askPage(view, office, items, request.body))
    // Afterwards it may be another list.
    const numbers = new Map((await listed(view, office, { search, standing, due, from })).rows.map(({ id, number }) => [id, number]))
    // Since the list was looked at: a second click sends nothing twice (I9).
    const applications = items.map((application) => ({ application }))
    const results = action === 'cancel'
      ? await Promise.all(applications.map((item) => cancel(office, item)))
      : await office.batch({ action, asOf, items: applications, method: request.body.method || null })
    return reply.page(view, await invitationsPage(view, office, { search, standing, due, from, results, numbers }))
  })
}
