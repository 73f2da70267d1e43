// Accepting an invitation, by its link or by typing the code (I3, I7, I8).
// Looking uses nothing up: only the button of the second page, or the code, does.

import { html } from '../lib/html.js'
import { button, field, form, wayIn } from '../lib/parts.js'
import { forget, follow, keep, kept } from '../lib/steps.js'

export function invitationRoutes (app, { agency }) {
  const typePage = async (reply, { findings = [], code, contact = '' } = {}) => {
    const view = await reply.view()
    const { t } = view
    return reply.page(view, wayIn(view, {
      here: '/invitation',
      title: t.invitation.title,
      lead: t.invitation.lead,
      findings,
      body: html`
        ${form(view, '/invitation/code', html`
          ${field({ name: 'code', label: t.invitation.code, hint: t.invitation.codeHint, value: code, autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', class: 'code' })}
          ${field({ name: 'contact', label: t.invitation.contact, hint: t.invitation.contactHint, value: contact, autocomplete: 'email' })}
          ${button(t.invitation.accept)}`)}
        <details><summary>${t.invitation.haveLink}</summary>
          ${form(view, '/invitation', html`
            ${field({ name: 'link', label: t.activate.link, autocomplete: 'off', spellcheck: 'false', 'data-fragment': true })}
            ${button(t.next, { kind: 'plain' })}`)}
        </details>`
    }))
  }

  app.get('/invitation', async (request, reply) => {
    // Typed before, and someone had to sign in first.
    const typed = request.carekey.user && kept(request, 'code')
    return typePage(reply, typed ? { code: typed.secret, contact: typed.contact } : {})
  })

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
    return reply.page(view, wayIn(view, {
      title: t.invitation.confirm,
      lead: t.invitation.from(name, application),
      body: html`
        <p>${view.me ? t.invitation.linksTo(view.me.username) : t.invitation.makes}</p>
        ${form(view, '/invitation/accept', button(t.invitation.accept))}
        <p class="hint">${t.invitation.until(view.moment(expiresAt))}</p>`
    }))
  })

  app.post('/invitation/accept', async (request, reply) => {
    const link = linkOf(request)
    const redeemed = await request.carekey.redeemLink({ link })
    if (redeemed.status === 'sign_in_first') return signInFirst(reply, 'link', { secret: link, waits: true })
    forget(reply, 'link')
    return goOn(reply, redeemed)
  })

  app.post('/invitation/code', async (request, reply) => {
    const { code = '', contact = '' } = request.body
    let redeemed
    try {
      redeemed = await request.carekey.redeemCode({ code, with: contact })
    } catch (error) {
      if (!/^(code|invitation|contact|email|phone)\./.test(error.code)) throw error
      return typePage(reply.code(422), { findings: [error], contact })
    }
    if (redeemed.status === 'sign_in_first') return signInFirst(reply, 'code', { secret: code, contact })
    forget(reply, 'code')
    return goOn(reply, redeemed)
  })

  /** An account has that contact: whoever signs in comes back to the invitation (C6). */
  const signInFirst = (reply, name, invitation) => {
    keep(reply, name, invitation)
    return reply.next('/sign-in', 'signInFirst')
  }

  const linkOf = (request) => kept(request, 'link')?.secret ?? ''

  const goOn = (reply, redeemed) => redeemed.status === 'new_account'
    ? follow(reply, { status: 'change_password' }, { username: redeemed.username })
    : reply.next(reply.request.carekey.user ? '/application' : '/sign-in', 'linked')
}
