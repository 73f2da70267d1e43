// Signing in, activating an account, changing a temporary password, choosing
// the security questions (E, P8, Q).

import { returnPath } from 'carekey/fastify'
import { html } from '../lib/html.js'
import { button, field, form, tick, twice, wayIn } from '../lib/parts.js'
import { answersOf, questionFields } from '../lib/questions.js'
import { follow, forget, keep, kept } from '../lib/steps.js'
import { TEXTS, keepLocale, localeOf, rulesFor } from '../lib/view.js'

export function wayInRoutes (app, { agency }) {
  app.get('/', async (request, reply) => reply.redirect(request.carekey.user ? '/home' : '/sign-in', 303))

  // --- signing in ---

  const signInPage = async (reply, { findings = [], username = '', next } = {}) => {
    const view = await reply.view()
    const { t } = view
    return reply.page(view, wayIn(view, {
      title: t.signIn.title,
      lead: t.signIn.lead,
      body: html`
        ${findings.length > 0 && html`<div class="notice error" role="alert" tabindex="-1" data-focus><p>${t.signIn.refused}</p></div>`}
        ${form(view, '/sign-in', html`
          ${next && html`<input type="hidden" name="next" value="${returnPath(next)}">`}
          ${field({ name: 'username', label: t.username, value: username, autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', hint: t.signIn.hint })}
          ${field({ name: 'password', label: t.password.one, type: 'password', autocomplete: 'current-password' })}
          ${tick({ name: 'remember', label: t.signIn.remember })}
          ${button(t.signIn.title)}`)}
        <ul class="links">
          <li><a href="/forgot">${t.signIn.forgot}</a></li>
          <li><a href="/invitation">${t.signIn.invited}</a></li>
        </ul>`
    }))
  }

  app.get('/sign-in', async (request, reply) =>
    request.carekey.user ? reply.redirect('/home', 303) : signInPage(reply, { next: request.query.next }))

  app.post('/sign-in', async (request, reply) => {
    const { username = '', password = '', remember, next } = request.body
    const answer = await request.carekey.signIn({ username, password, remember: remember === 'yes' })
    if (answer.status === 'refused') {
      return signInPage(reply.code(401), { findings: [{ code: 'sign_in.refused' }], username, next })
    }
    return follow(reply, answer, { username, next })
  })

  app.post('/sign-out', async (request, reply) => {
    await request.carekey.signOut()
    return reply.next('/sign-in', 'signedOut')
  })

  app.post('/language', async (request, reply) => {
    const { locale = '', back = '/' } = request.body
    keepLocale(reply, locale)
    return reply.next(returnPath(back))
  })

  // --- activating by link (S0). The token is behind the #: no server, mail
  // scanner or prefetch sees it. The script posts it, and posting only looks. ---

  app.get('/activate', async (request, reply) => {
    const view = await reply.view()
    const { t } = view
    return reply.page(view, wayIn(view, {
      title: t.activate.title,
      lead: t.activate.lead,
      body: html`
        ${form(view, '/activate', html`
          ${field({ name: 'link', label: t.activate.link, hint: t.activate.hint, autocomplete: 'off', spellcheck: 'false', 'data-fragment': true })}
          ${button(t.next)}`)}`
    }))
  })

  app.post('/activate', async (request, reply) => {
    const { link = '' } = request.body
    await agency.activation(link)
    keep(reply, 'link', { secret: link })
    return reply.next('/activate/password')
  })

  const activatePage = async (reply, link, findings = []) => {
    const username = await agency.activation(link)
    const view = await reply.view()
    const { t } = view
    return passwordPage(reply, view, {
      title: t.activate.choose, lead: t.activate.chooseLead, action: '/activate/password', username, findings
    })
  }

  app.get('/activate/password', async (request, reply) => activatePage(reply, linkOf(request)))

  app.post('/activate/password', async (request, reply) => {
    const link = linkOf(request)
    const { password = '', confirm = '' } = request.body
    try {
      await agency.activate({ link, password, confirm, source: request.ip })
    } catch (error) {
      if (error.kind !== 'invalid') throw error
      return activatePage(reply.code(422), link, error.findings)
    }
    forget(reply, 'link')
    return reply.next('/sign-in', 'activated')
  })

  const linkOf = (request) => kept(request, 'link')?.secret ?? ''

  // --- the step after a temporary password, or a redeemed invitation ---

  const passwordPage = async (reply, view, { title, lead, action, username, findings }) => {
    const { t } = view
    const { policy } = await agency.settings()
    const { lines } = rulesFor(view, policy, { username, agency: view.agency })
    return reply.page(view, wayIn(view, {
      title,
      lead,
      findings,
      body: html`
        ${form(view, action, html`
          ${field({ name: 'username', label: t.username, value: username, autocomplete: 'username', readonly: true, required: false })}
          ${twice(view, lines)}
          ${button(t.password.save)}`)}`
    }))
  }

  const choosePage = async (reply, { username }, findings = []) => {
    const view = await reply.view()
    return passwordPage(reply, view, {
      title: view.t.password.choose, lead: view.t.password.chooseLead, action: '/password', username, findings
    })
  }

  const stepOf = (request, asks) => {
    const step = kept(request, 'step')
    return step?.asks === asks ? step : null
  }

  app.get('/password', async (request, reply) => {
    const step = stepOf(request, 'change_password')
    return step ? choosePage(reply, step) : reply.next('/sign-in')
  })

  app.post('/password', async (request, reply) => {
    const step = stepOf(request, 'change_password')
    if (!step) return reply.next('/sign-in')
    const { password = '', confirm = '' } = request.body
    let answer
    try {
      answer = await request.carekey.choosePassword({ password, confirm })
    } catch (error) {
      if (error.kind !== 'invalid') throw error
      return choosePage(reply.code(422), step, error.findings)
    }
    return follow(reply, answer, step)
  })

  /** What the checklist asks as someone types: every rule, met or not. Nothing is kept. */
  app.post('/password/rules', async (request) => {
    const locale = localeOf(request)
    const { policy, name } = await agency.settings()
    const username = String(request.body?.username ?? '')
    const me = request.carekey.user
    const names = me?.username === username ? [me.displayName] : []
    const { lines, passes } = rulesFor({ locale, t: TEXTS[locale] }, policy, { username, names, agency: name }, String(request.body?.password ?? ''))
    return { passes, lines }
  })

  // --- the three questions (Q1) ---

  const questionsPage = async (reply, { findings = [], given = {} } = {}) => {
    const view = await reply.view()
    const { t } = view
    const count = await reply.request.carekey.questionCount()
    return reply.page(view, wayIn(view, {
      title: t.questions.title,
      lead: t.questions.lead(count),
      findings,
      body: html`
        ${form(view, '/questions', html`
          ${questionFields(view, count, given)}
          ${button(t.questions.save)}`)}`
    }))
  }

  app.get('/questions', async (request, reply) =>
    stepOf(request, 'set_questions') ? questionsPage(reply) : reply.next('/sign-in'))

  app.post('/questions', async (request, reply) => {
    const step = stepOf(request, 'set_questions')
    if (!step) return reply.next('/sign-in')
    const answers = answersOf(request.body, await request.carekey.questionCount())
    let answer
    try {
      answer = await request.carekey.setQuestions({ answers })
    } catch (error) {
      if (error.kind !== 'invalid') throw error
      return questionsPage(reply.code(422), { findings: error.findings, given: request.body })
    }
    return follow(reply, answer, step)
  })
}
