// Signing in, activating an account, changing a temporary password, choosing
// the security questions (E, P8, Q).

import carekey from 'carekey'
import { COOKIE } from '../lib/cookies.js'
import { html } from '../lib/html.js'
import { button, choice, field, form, tick, twice, wayIn } from '../lib/parts.js'
import { follow, forget, keep, kept } from '../lib/steps.js'
import { TEXTS, localeOf, rulesFor } from '../lib/view.js'

export function wayInRoutes (app, { agency }) {
  app.get('/', async (request, reply) => reply.redirect(request.me ? '/home' : '/sign-in', 303))

  // --- signing in ---

  const signInPage = async (reply, { findings = [], username = '' } = {}) => {
    const view = await reply.view()
    const { t } = view
    return reply.page(view, wayIn(view, {
      title: t.signIn.title,
      lead: t.signIn.lead,
      body: html`
        ${findings.length > 0 && html`<div class="notice error" role="alert" tabindex="-1" data-focus><p>${t.signIn.refused}</p></div>`}
        ${form(view, '/sign-in', html`
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

  app.get('/sign-in', async (request, reply) => request.me ? reply.redirect('/home', 303) : signInPage(reply))

  app.post('/sign-in', async (request, reply) => {
    const { username = '', password = '', remember } = request.body
    const { device } = request.cookies
    const answer = await agency.signIn({ username, password, remember: remember === 'yes', device, source: request.ip })
    if (answer.status === 'refused') {
      return signInPage(reply.code(401), { findings: [{ code: 'sign_in.refused' }], username })
    }
    return follow(reply, answer, { username })
  })

  app.post('/sign-out', async (request, reply) => {
    if (request.me) await agency.signOut(request.cookies.session, { source: request.ip })
    reply.clearCookie('session', { path: '/' })
    return reply.next('/sign-in', 'signedOut')
  })

  app.post('/language', async (request, reply) => {
    const { locale, back = '/' } = request.body
    reply.setCookie('locale', locale === 'es' ? 'es' : 'en', { ...COOKIE, maxAge: 365 * 86_400 })
    // Only a path of this site, and nothing that a browser reads as another.
    return reply.next(/^\/(?![/\\])/.test(back) ? back : '/')
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
      answer = await agency.choosePassword({ step: step.secret, password, confirm, source: request.ip })
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
    const names = request.me?.username === username ? [request.me.displayName] : []
    const { lines, passes } = rulesFor({ locale, t: TEXTS[locale] }, policy, { username, names, agency: name }, String(request.body?.password ?? ''))
    return { passes, lines }
  })

  // --- the three questions (Q1) ---

  const questionsPage = async (reply, { findings = [], given = {} } = {}) => {
    const view = await reply.view()
    const { t, locale } = view
    const { policy } = await agency.settings()
    const { questions } = carekey.questions.list({ locale })
    const options = [['', t.questions.choose], ...questions.map(({ id, text }) => [id, text])]
    return reply.page(view, wayIn(view, {
      title: t.questions.title,
      lead: t.questions.lead(policy.questions.count),
      findings,
      body: html`
        ${form(view, '/questions', html`
          ${range(policy.questions.count).map((n) => html`<fieldset>
            <legend>${t.questions.nth(n)}</legend>
            ${choice({ name: `question${n}`, label: t.questions.question, value: given[`question${n}`], options, required: true })}
            ${field({ name: `answer${n}`, label: t.questions.answer, autocomplete: 'off', type: 'text' })}
          </fieldset>`)}
          ${button(t.questions.save)}`)}`
    }))
  }

  app.get('/questions', async (request, reply) =>
    stepOf(request, 'set_questions') ? questionsPage(reply) : reply.next('/sign-in'))

  app.post('/questions', async (request, reply) => {
    const step = stepOf(request, 'set_questions')
    if (!step) return reply.next('/sign-in')
    const { policy } = await agency.settings()
    const answers = range(policy.questions.count).map((n) => (
      { question: request.body[`question${n}`] ?? '', answer: request.body[`answer${n}`] ?? '' }))
    let answer
    try {
      answer = await agency.setQuestions({ step: step.secret, answers, source: request.ip })
    } catch (error) {
      if (error.kind !== 'invalid') throw error
      return questionsPage(reply.code(422), { findings: error.findings, given: request.body })
    }
    return follow(reply, answer, step)
  })
}

const range = (count) => Array.from({ length: count }, (_, n) => n + 1)
