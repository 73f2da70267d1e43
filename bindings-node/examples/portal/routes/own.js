// What users change by themselves: where they are reached, their security
// questions, and the language of what they are sent (C3, Q5).

import { html } from '../lib/html.js'
import { ownFindings, ownSession } from '../lib/own.js'
import { badge, button, choice, field, form, mono, problems, table } from '../lib/parts.js'
import { answersOf, questionFields } from '../lib/questions.js'
import { PAGES, TEXTS, keepLocale } from '../lib/view.js'

const CONTACT = `${PAGES.profile}/contact`
const QUESTIONS = `${PAGES.profile}/questions`

export function ownRoutes (app, { agency }) {
  const crumb = ({ t }) => html`<p class="crumb"><a href="${PAGES.profile}">← ${t.resources.profile}</a></p>`

  const current = ({ t }) =>
    field({ name: 'current', label: t.password.current, type: 'password', autocomplete: 'current-password' })

  // --- contacts ---

  const contactPage = async (request, reply, { findings = [], given = {} } = {}) => {
    const contacts = await agency.contacts(ownSession(request))
    const view = await reply.view()
    const { t } = view
    const words = t.own
    return {
      view,
      page: {
        title: words.contacts,
        wide: true,
        body: html`${crumb(view)}<h1>${words.contacts}</h1><p class="lead">${words.contactsLead}</p>
          ${problems(view, findings)}
          <section class="card">${table({
            caption: words.contacts,
            empty: words.noContacts,
            columns: [{ title: words.way }, { title: words.address }, { title: words.standing }],
            rows: contacts.map((one) => [t.mail[one.method], mono(one.address), html`<span>${standingOf(view, one)}</span>`])
          })}</section>
          <section class="card"><h2>${words.change}</h2><p class="hint">${words.changeLead}</p>
            ${form(view, CONTACT, html`
              ${choice({ name: 'method', label: words.way, value: given.method, options: [['email', t.email], ['sms', t.phone]] })}
              ${field({ name: 'address', label: words.newAddress, value: given.address, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'none' })}
              ${current(view)}
              ${button(words.ask)}`)}</section>`
      }
    }
  }

  const standingOf = (view, { provenAt, confirmUntil, objectedAt }) => {
    const words = view.t.own
    if (objectedAt) return html`${badge(words.objected, 'due')} <span class="hint">${view.date(objectedAt)}</span>`
    if (confirmUntil) return html`${badge(words.waits, 'due')} <span class="hint">${words.until(view.moment(confirmUntil))}</span>`
    return provenAt ? html`${badge(words.proven, 'good')} <span class="hint">${view.date(provenAt)}</span>` : badge(words.unproven)
  }

  app.get(CONTACT, async (request, reply) => {
    const { view, page } = await contactPage(request, reply)
    return reply.page(view, page)
  })

  app.post(CONTACT, async (request, reply) => {
    const { method, address = '', current: password = '' } = request.body
    try {
      await agency.changeContact({ session: ownSession(request), password, method, address, source: request.ip })
    } catch (error) {
      const { view, page } = await contactPage(request, reply, { findings: ownFindings(error), given: request.body })
      return reply.code(422).page(view, page)
    }
    return reply.next(CONTACT, 'contactAsked')
  })

  // --- questions ---

  const questionsPage = async (reply, { findings = [], given } = {}) => {
    const view = await reply.view()
    const { t } = view
    const count = await agency.questionCount(ownSession(reply.request))
    return {
      view,
      page: {
        title: t.questions.title,
        body: html`${crumb(view)}<h1>${t.questions.title}</h1><p class="lead">${t.questions.lead(count)}</p>
          ${problems(view, findings)}
          <section class="card">${count === 0
            ? html`<p class="empty">${t.own.noQuestions}</p>`
            : form(view, QUESTIONS, html`${questionFields(view, count, given)}${current(view)}${button(t.questions.save)}`)}</section>`
      }
    }
  }

  app.get(QUESTIONS, async (request, reply) => {
    ownSession(request)
    const { view, page } = await questionsPage(reply)
    return reply.page(view, page)
  })

  app.post(QUESTIONS, async (request, reply) => {
    const count = await agency.questionCount(ownSession(request))
    const { current: password = '' } = request.body
    try {
      await agency.changeQuestions({ session: ownSession(request), password, answers: answersOf(request.body, count), source: request.ip })
    } catch (error) {
      const { view, page } = await questionsPage(reply, { findings: ownFindings(error), given: request.body })
      return reply.code(422).page(view, page)
    }
    return reply.next(PAGES.profile, 'questionsChanged')
  })

  // --- language ---

  app.post(`${PAGES.profile}/language`, async (request, reply) => {
    const { language = '' } = request.body
    await agency.setLanguage({ session: ownSession(request), language, source: request.ip })
    // The pages follow, as far as they speak it.
    if (Object.hasOwn(TEXTS, language)) keepLocale(reply, language)
    return reply.next(PAGES.profile, 'languageSet')
  })
}
