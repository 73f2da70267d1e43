// The access review: what an office looks at each month (A5, C2, E), and where it
// decides an objection (C2, C3).

import { html } from '../../lib/html.js'
import { enter, findingsOf } from '../../lib/office.js'
import { badge, button, form, mono, problems, table } from '../../lib/parts.js'

const PATH = '/office/review'
const UNUSED_DAYS = 90
const isObjection = ({ kind }) => kind === 'objection'

export function reviewRoutes (app, { agency }) {
  app.get(PATH, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { t } = view
    const words = t.office.review
    const found = await office.review({ unusedDays: UNUSED_DAYS })
    // What waits for a decision comes first.
    const items = [...found.filter(isObjection), ...found.filter((item) => !isObjection(item))]
    return reply.page(view, {
      title: words.title,
      wide: true,
      body: html`<h1>${words.title}</h1><p class="lead">${words.lead(UNUSED_DAYS)}</p>
        ${table({
          caption: words.title,
          empty: words.none,
          columns: [{ title: words.why }, { title: words.who }, { title: words.contacts }, { title: t.office.sessions.since }, { title: t.action }],
          rows: items.map(({ kind, account, parties, names, contacts, since }) => [
            badge(words.kinds[kind], 'due'),
            html`<span>${names.map((name, n) => html`${n > 0 && ', '}${parties[n] ? html`<a href="/office/people/${parties[n]}">${name}</a>` : name}`)}</span>`,
            contacts.length > 0 && html`<span>${contacts.map((contact, n) => html`${n > 0 && ', '}${mono(contact)}`)}</span>`,
            html`<span class="whole">${view.date(since)}</span>`,
            isObjection({ kind }) && html`<a class="button plain" href="${PATH}/${account}" aria-label="${t.actOn(words.decide, names[0])}">${words.decide}</a>`
          ])
        })}`
    })
  })

  // --- an objection: one of two contacts is taken away, and nothing takes that back ---

  const decidePage = async (view, office, account, findings = []) => {
    const words = view.t.office.objection
    const items = (await office.review({ unusedDays: UNUSED_DAYS })).filter((item) => isObjection(item) && item.account === account)
    const news = [...new Set(items.map(({ contacts }) => contacts[0]))]
    const earlier = [...new Set(items.flatMap(({ contacts }) => contacts.slice(1)))]
    const [{ names: [name], since } = { names: [] }] = items
    const side = (contact, title, lead) => html`<section class="card"><h2>${title} ${mono(contact)}</h2><p>${lead}</p>
      ${form(view, `${PATH}/${account}`, html`<input type="hidden" name="contact" value="${contact}">${button(words.take(contact), { kind: 'danger' })}`)}</section>`
    return {
      title: name ? words.of(name) : words.title,
      body: html`<p class="crumb"><a href="${PATH}">← ${view.t.office.review.title}</a></p>
        <h1>${name ? words.of(name) : words.title}</h1>
        ${problems(view, findings)}
        ${items.length === 0
          ? html`<p class="empty">${words.none}</p>`
          : html`<p class="lead">${words.lead(view.moment(since))}</p>
            ${news.length > 1 && html`<p>${words.several}</p>`}
            ${news.map((contact) => side(contact, words.new, words.newGoes(earlier.join(', '))))}
            ${earlier.map((contact) => side(contact, words.earlier, words.earlierGoes(news.join(', '))))}
            <p><a href="/office/users/${account}">${words.account}</a></p>`}`
    }
  }

  app.get(`${PATH}/:account`, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    return reply.page(view, await decidePage(view, office, request.params.account))
  })

  app.post(`${PATH}/:account`, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { account } = request.params
    try {
      await office.releaseContact(account, request.body.contact ?? '')
    } catch (error) {
      // Taken away meanwhile is decided.
      const findings = error.code === 'contact.not_found' ? [view.t.office.objection.meanwhile] : findingsOf(error)
      return reply.code(422).page(view, await decidePage(view, office, account, findings))
    }
    return reply.next(PATH, 'contactTaken')
  })
}
