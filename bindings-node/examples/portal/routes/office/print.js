// A code that is printed and handed over (I10). What it ends is said before; the
// code is shown once.

import { html } from '../../lib/html.js'
import { enter, findingsOf } from '../../lib/office.js'
import { button, choice, facts, form, problems } from '../../lib/parts.js'

export function printRoutes (app, { agency }) {
  /** Whose code it is, and where one goes on from here. */
  const itemOf = async ({ what, id }, office) => {
    if (what === 'application') {
      const application = await office.application(id)
      return { item: { application: application.id }, name: application.number, back: `/office/invitations?search=${encodeURIComponent(application.number)}` }
    }
    const { displayName } = await agency.party(id)
    return { item: { party: id }, name: displayName, back: `/office/people/${id}` }
  }

  const askPage = (view, { name, back }, path, findings = []) => {
    const { t } = view
    const words = t.office.print
    return {
      title: words.title(name),
      body: html`<p class="crumb"><a href="${back}">← ${name}</a></p>
        <h1>${words.title(name)}</h1><p class="lead">${words.lead}</p>
        ${problems(view, findings)}
        <section class="card"><p>${words.dead}</p>${form(view, path, html`
          ${choice({ name: 'method', label: words.with, value: '', options: [['', t.office.invitations.preferred], ['email', t.email], ['sms', t.phone]] })}
          ${button(words.print)}`)}</section>`
    }
  }

  app.get('/office/print/:what/:id', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    return reply.page(view, askPage(view, await itemOf(request.params, office), request.url))
  })

  app.post('/office/print/:what/:id', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const words = view.t.office.print
    const whose = await itemOf(request.params, office)
    let printed
    try {
      printed = await office.printCode(whose.item, { method: request.body.method || null })
    } catch (error) {
      return reply.code(422).page(view, askPage(view, whose, request.url, findingsOf(error)))
    }
    const { linkBase } = await agency.settings()
    return reply.page(view, {
      title: words.title(whose.name),
      // Another language would have to make another code.
      here: null,
      body: html`<p class="crumb"><a href="${whose.back}">← ${whose.name}</a></p>
        <section class="card paper" tabindex="-1" data-focus aria-labelledby="paper">
          <h1 id="paper">${words.paper(view.agency)}</h1>
          <p>${words.how(`${linkBase}/invitation`)}</p>
          <p class="code" aria-label="${view.t.invitation.code}">${printed.code.reveal()}</p>
          ${facts([
            [words.together, printed.application ? words.either(printed.contact, printed.application) : printed.contact],
            [view.t.office.invitations.until, view.moment(printed.expiresAt)]
          ])}
        </section>
        <p class="hint">${words.once}</p>`
    })
  })
}
