// A forgotten password: name, code, questions, new password (E6, Q4). Every
// name gets the same answer, so no page tells whether it is known.

import carekey from 'carekey'
import { html } from '../lib/html.js'
import { button, field, form, twice, wayIn } from '../lib/parts.js'
import { forget, keep, kept } from '../lib/steps.js'
import { rulesFor } from '../lib/view.js'

export function recoveryRoutes (app, { agency }) {
  app.get('/forgot', async (request, reply) => {
    const view = await reply.view()
    const { t } = view
    return reply.page(view, wayIn(view, {
      title: t.forgot.title,
      lead: t.forgot.lead,
      body: html`
        ${form(view, '/forgot', html`
          ${field({ name: 'username', label: t.username, autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false' })}
          ${button(t.forgot.send)}`)}
        <ul class="links"><li><a href="/sign-in">${t.forgot.back}</a></li></ul>`
    }))
  })

  app.post('/forgot', async (request, reply) => {
    const { username = '' } = request.body
    return goOn(reply, await agency.recover({ username, source: request.ip }), username)
  })

  const goOn = (reply, recovery, username) => {
    const questions = recovery.questions?.map(({ id }) => id)
    keep(reply, 'recovery', { secret: recovery.token, asks: recovery.asks, questions, username })
    return reply.next('/forgot/next')
  }

  const nextPage = async (reply, step, findings = []) => {
    const view = await reply.view()
    const { t } = view
    const { title, lead } = t.forgot[step.asks]
    return reply.page(view, wayIn(view, {
      title,
      lead,
      findings,
      body: html`
        ${form(view, '/forgot/next', html`
          ${await asked[step.asks](view, step)}
          ${button(step.asks === 'new_password' ? t.password.save : t.next)}`)}
        <ul class="links"><li><a href="/forgot">${t.forgot.again}</a></li></ul>`
    }))
  }

  const asked = {
    code: ({ t }) => field({
      name: 'code', label: t.forgot.code.field, autocomplete: 'one-time-code', inputmode: 'numeric', spellcheck: 'false'
    }),
    questions: ({ locale }, { questions }) => {
      const texts = new Map(carekey.questions.list({ locale }).questions.map(({ id, text }) => [id, text]))
      return questions.map((id, n) => field({ name: `answer${n}`, label: texts.get(id), autocomplete: 'off' }))
    },
    new_password: async (view, { username }) => {
      const { policy } = await agency.settings()
      return html`
        ${field({ name: 'username', label: view.t.username, value: username, autocomplete: 'username', readonly: true, required: false })}
        ${twice(view, rulesFor(view, policy, { username, agency: view.agency }).lines)}`
    }
  }

  const taken = {
    code: ({ secret }, { code = '' }, source) => agency.recoveryCode({ step: secret, code, source }),
    questions: ({ secret, questions }, given, source) => agency.recoveryAnswers({
      step: secret, answers: questions.map((question, n) => ({ question, answer: given[`answer${n}`] ?? '' })), source
    }),
    new_password: ({ secret }, { password = '', confirm = '' }, source, visit) =>
      visit.finishRecovery({ step: secret, password, confirm })
  }

  const stepOf = (request) => {
    const step = kept(request, 'recovery')
    return step && Object.hasOwn(taken, step.asks) ? step : null
  }

  app.get('/forgot/next', async (request, reply) => {
    const step = stepOf(request)
    return step ? nextPage(reply, step) : reply.next('/forgot')
  })

  app.post('/forgot/next', async (request, reply) => {
    const step = stepOf(request)
    if (!step) return reply.next('/forgot')
    let answer
    try {
      answer = await taken[step.asks](step, request.body, request.ip, request.carekey)
    } catch (error) {
      if (error.code !== 'recovery.refused' && error.kind !== 'invalid') throw error
      const findings = error.findings.length > 0 ? error.findings : [error]
      return nextPage(reply.code(422), step, findings)
    }
    if (step.asks !== 'new_password') return goOn(reply, answer, step.username)
    // It signs nobody in, and the sign-in that comes next is from a device that is known.
    forget(reply, 'recovery')
    return reply.next('/sign-in', 'recovered')
  })
}
