// A person or an organization, added by hand (R, S1).

import { html } from '../../lib/html.js'
import { enrolledNotice } from '../../lib/enrolled.js'
import { enter, findingsOf, officeOf } from '../../lib/office.js'
import { button, choice, field, form, problems, tick } from '../../lib/parts.js'
import { roleTicks } from '../../lib/people/roles.js'

const PATH = '/office/people/new'

export function addRoutes (app, { agency }) {
  const addPage = (view, { findings = [], given = {}, said, once } = {}) => {
    const { t } = view
    const words = t.office.add
    const people = t.office.people
    const kind = given.kind === 'organization' ? 'organization' : 'person'
    const roles = [given.role ?? []].flat()
    const typed = (name, label, more) => field({ name, label, value: given[name], required: false, autocomplete: 'off', ...more })
    return {
      title: words.title,
      here: once ? null : undefined,
      body: html`<p class="crumb"><a href="/office/people">← ${people.title}</a></p>
        <h1>${words.title}</h1><p class="lead">${words.lead}</p>
        ${problems(view, findings)}
        ${said}
        <nav class="tabs" aria-label="${people.kind}"><ul>${['person', 'organization'].map((one) =>
          html`<li><a href="${PATH}?kind=${one}"${one === kind && html` aria-current="page"`}>${people[one]}</a></li>`)}</ul></nav>
        <section class="card">${form(view, PATH, html`
          <input type="hidden" name="kind" value="${kind}">
          ${typed('name', people.name, { required: true })}
          ${roleTicks(view, kind, roles)}
          ${typed('email', t.email, { spellcheck: 'false' })}
          ${typed('phone', t.phone)}
          ${choice({ name: 'preferred', label: people.preferred, value: given.preferred, options: [['', people.noneSaid], ['email', t.mail.email], ['sms', t.mail.sms]] })}
          ${choice({ name: 'locale', label: people.language, value: given.locale, options: [['', people.agencyLanguage], ...Object.entries(t.office.locales)] })}
          ${typed('externalId', people.externalId)}
          ${tick({ name: 'later', label: t.office.staged.later, checked: given.later === 'yes' })}
          ${button(words.add)}`, { busy: t.office.many.busy })}</section>`
    }
  }

  app.get(PATH, async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    return reply.page(view, addPage(view, { given: request.query }))
  })

  app.post(PATH, async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    const { kind, name = '', role = [], email, phone, preferred, locale, externalId, later } = request.body
    try {
      const { party, enrolled } = await officeOf(agency, request, { later }).addParty({
        kind,
        name,
        roles: [role].flat(),
        email: email || null,
        phone: phone || null,
        preferred: preferred || null,
        locale: locale || null,
        externalId: externalId || null
      })
      // What is shown once is shown here, before going on.
      return reply.page(view, addPage(view, {
        given: { kind },
        once: Boolean(enrolled?.handOver),
        said: html`<div class="notice done" role="status" tabindex="-1" data-focus>
          <p>${view.t.office.add.added} <a href="/office/people/${party}">${name}</a></p>${enrolledNotice(view, enrolled)}</div>`
      }))
    } catch (error) {
      return reply.code(422).page(view, addPage(view, { given: request.body, findings: findingsOf(error) }))
    }
  })
}
