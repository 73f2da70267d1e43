// Accepting an invitation, by its link or by typing the code (I3, I7, I8).
// Looking uses nothing up: only the button of the second page, or the code, does.

import { html } from '../lib/html.js'
import { button, field, form, problems } from '../lib/parts.js'
import { forget, follow, keep, kept } from '../lib/steps.js'

export function invitationRoutes (app, { agency }) {
  const typePage = async (reply, { findings = [], contact = '' } = {}) => {
    const view = await reply.view()
    const { t } = view
    return reply.page(view, {
      title: t.invitation.title,
      wayIn: true,
      body: html`<section class="card">
        <h1>${t.invitation.title}</h1>
        <p class="lead">${t.invitation.lead}</p>
        ${problems(view, findings)}
        ${form(view, '/invitation/code', html`
          ${field({ name: 'code', label: t.invitation.code, hint: t.invitation.codeHint, autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', class: 'code' })}
          ${field({ name: 'contact', label: t.invitation.contact, hint: t.invitation.contactHint, value: contact, autocomplete: 'email' })}
          ${button(t.invitation.accept)}`)}
        <details><summary>${t.invitation.haveLink}</summary>
          ${form(view, '/invitation', html`
            ${field({ name: 'link', label: t.activate.link, autocomplete: 'off', spellcheck: 'false', 'data-fragment': true })}
            ${button(t.next, { kind: 'plain' })}`)}
        </details>
      </section>`
    })
  }

  app.get('/invitation', async (request, reply) => typePage(reply))

  app.post('/invitation', async (request, reply) => {
    const { link = '' } = request.body
    await agency.lookAtInvitation(link)
    keep(reply, 'link', { secret: link })
    return reply.next('/invitation/accept')
  })

  app.get('/invitation/accept', async (request, reply) => {
    const { agency: name, application, expiresAt } = await agency.lookAtInvitation(linkOf(request))
    const view = await reply.view()
    const { t } = view
    return reply.page(view, {
      title: t.invitation.confirm,
      wayIn: true,
      body: html`<section class="card">
        <h1>${t.invitation.confirm}</h1>
        <p class="lead">${t.invitation.from(name, application)}</p>
        <p>${view.me ? t.invitation.linksTo(view.me.username) : t.invitation.makes}</p>
        ${form(view, '/invitation/accept', button(t.invitation.accept))}
        <p class="hint">${t.invitation.until(view.moment(expiresAt))}</p>
      </section>`
    })
  })

  app.post('/invitation/accept', async (request, reply) => {
    const redeemed = await agency.redeemLink({ link: linkOf(request), ...whose(request) })
    forget(reply, 'link')
    return goOn(reply, redeemed)
  })

  app.post('/invitation/code', async (request, reply) => {
    const { code = '', contact = '' } = request.body
    try {
      return goOn(reply, await agency.redeemCode({ code, with: contact, ...whose(request) }))
    } catch (error) {
      if (!/^(code|invitation|contact|email|phone)\./.test(error.code)) throw error
      return typePage(reply.code(422), { findings: [error], contact })
    }
  })

  /** With a session, to the account that it is of (I8). */
  const whose = (request) => ({ session: request.me ? request.cookies.session : null, source: request.ip })

  const linkOf = (request) => kept(request, 'link')?.secret ?? ''

  const goOn = (reply, redeemed) => redeemed.status === 'new_account'
    ? follow(reply, { status: 'change_password', step: redeemed.step }, { username: redeemed.username })
    : reply.next(reply.request.me ? '/application' : '/sign-in', 'linked')
}
