// A new e-mail address or phone number: confirmed by the link that was sent to
// it, objected to by the link that was sent to the earlier one (C2). Opening a
// link uses nothing up: only the button of the second page does.

import { invitation } from 'carekey'
import { html } from '../lib/html.js'
import { button, field, form, wayIn } from '../lib/parts.js'
import { forget, keep, kept } from '../lib/steps.js'

export function contactRoutes (app, { agency }) {
  const card = async (reply, words, { findings = [], body }) => {
    const view = await reply.view()
    const { title, lead } = words(view.t)
    return reply.page(view, wayIn(view, {
      title,
      lead,
      findings,
      body: body(view)
    }))
  }

  /** `act` takes the link, and says what its reader is told. */
  const page = (name, act) => {
    const words = (t) => t[name]

    const linkPage = (reply, findings) => card(reply, words, {
      findings,
      body: (view) => form(view, `/${name}`, html`
        ${field({ name: 'link', label: view.t.activate.link, hint: view.t.activate.hint, autocomplete: 'off', spellcheck: 'false', 'data-fragment': true })}
        ${button(view.t.next)}`)
    })

    const actPage = (reply, findings) => card(reply, words, {
      findings, body: (view) => form(view, `/${name}/now`, button(view.t[name].act))
    })

    app.get(`/${name}`, async (request, reply) => linkPage(reply))

    app.post(`/${name}`, async (request, reply) => {
      const { link = '' } = request.body
      const { findings } = invitation.parseLink(link)
      if (findings.length > 0) return linkPage(reply.code(422), findings)
      keep(reply, name, { secret: link })
      return reply.next(`/${name}/now`)
    })

    app.get(`/${name}/now`, async (request, reply) => kept(request, name) ? actPage(reply) : reply.next(`/${name}`))

    app.post(`/${name}/now`, async (request, reply) => {
      let done
      try {
        done = await act({ link: kept(request, name)?.secret ?? '', source: request.ip })
      } catch (error) {
        if (error.kind !== 'invalid') throw error
        return actPage(reply.code(422), error.findings)
      }
      forget(reply, name)
      return card(reply, (t) => ({ title: t[name].doneTitle, lead: t[name].done(done) }), {
        body: (view) => html`<p><a class="button" href="/">${view.t.errors.back}</a></p>`
      })
    })
  }

  page('confirm', (given) => agency.confirmContact(given))
  page('object', (given) => agency.objectToContact(given))
}
