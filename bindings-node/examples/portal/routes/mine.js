// What people see for themselves (V). No rule is written here: which tabs there
// are, whose things they show and how much of them is what `sees` answers.

import { html } from '../lib/html.js'
import { ownSession } from '../lib/own.js'
import { badge, button, choice, facts, field, form, problems, table, twice } from '../lib/parts.js'
import { PAGES, rulesFor } from '../lib/view.js'

export function mineRoutes (app, { agency, content }) {
  /** A page for who sees that resource of anybody; for anyone else there is none. */
  const seen = (resource, show, path = PAGES[resource]) => app.get(path, async (request, reply) => {
    const view = await signedIn(request, reply)
    const sights = view.sights.filter((sight) => sight.resource === resource)
    if (sights.length === 0) throw notFound()
    const found = await Promise.all(sights.map(({ of, decision }) => thing(view.me, of, decision.scope)))
    return reply.page(view, await show(view, found, request))
  })

  const signedIn = async (request, reply) => {
    request.carekey.signedIn()
    return reply.view()
  }

  /** What a sight is of: a party or an application, and how much of it is seen. */
  const thing = async (me, of, scope) => {
    const viewer = me.party && await agency.party(me.party)
    if (of.application) return { application: await content.application(of.application), viewer, scope }
    return { party: of === 'own' ? viewer : await agency.party(of.party), own: of === 'own', viewer, scope }
  }

  const title = (view, { own, party }) => own ? view.t.yours : party.displayName

  // --- dashboard ---

  seen('dashboard', async (view, found) => {
    const { t } = view
    const cards = view.tabs.mine.filter(([path]) => path !== PAGES.dashboard)
    const visits = await coming(view)
    return {
      title: t.resources.dashboard,
      wide: true,
      body: html`
        <h1>${t.dashboard.hello(view.me.displayName)}</h1>
        ${found.some(({ own }) => !own) && html`<p class="lead">${t.dashboard.for(list(view, found.filter(({ own }) => !own).map(({ party }) => party.displayName)))}</p>`}
        <div class="home">${visits && html`<section class="card" aria-labelledby="next"><h2 id="next">${t.dashboard.next}</h2>
          ${visits.length === 0 ? html`<p class="empty">${t.calendar.none}</p>` : agenda(view, visits.slice(0, 3))}
        </section>`}
        <ul class="tiles">${cards.map(([path, text]) =>
          html`<li><a class="tile" href="${path}"><strong>${text}</strong><span>${t.dashboard.about[path]}</span></a></li>`)}</ul></div>`
    }
  })

  /** The coming visits of all calendars that the viewer sees; nothing where they see none. */
  const coming = async (view) => {
    const sights = view.sights.filter(({ resource }) => resource === 'calendar')
    if (sights.length === 0) return null
    const found = await Promise.all(sights.map(({ of, decision }) => thing(view.me, of, decision.scope)))
    return found.flatMap(visitsOf).sort((one, other) => one.from - other.from)
  }

  // --- calendar ---

  const visitsOf = ({ party, viewer, scope }) =>
    scope === 'own_schedule' ? content.schedule(viewer) : content.visits(party)

  const agenda = (view, visits) => html`<ol class="agenda">${visits.map(({ from, to, what, client, caregiver }) => html`<li>
    <p class="when"><strong>${view.weekday(from)}</strong><span>${view.time(from)} – ${view.time(to)}</span></p>
    <p><strong>${view.t.visits[what]}</strong><span>${view.t.calendar.with(client, caregiver)}</span></p>
  </li>`)}</ol>`

  seen('calendar', (view, found) => ({
    title: view.t.resources.calendar,
    body: html`<h1>${view.t.resources.calendar}</h1>
      ${found.map((one) => {
        const visits = visitsOf(one)
        return html`<section class="card">
          <h2>${one.scope === 'own_schedule' ? view.t.calendar.schedule : title(view, one)}</h2>
          ${visits.length === 0 ? html`<p class="empty">${view.t.calendar.none}</p>` : agenda(view, visits)}
        </section>`
      })}`
  }))

  // --- invoices ---

  const invoicesOf = ({ party, viewer, scope }) =>
    content.invoices(party).filter(({ to }) => scope === 'everything' || to === viewer.email.toLowerCase())

  const paid = ({ t }, invoice) => badge(invoice.paid ? t.invoices.paid : t.invoices.open, invoice.paid ? 'good' : 'due')

  seen('invoices', (view, found) => {
    const { t } = view
    return {
      title: t.resources.invoices,
      body: html`<h1>${t.resources.invoices}</h1>
        ${found.map((one) => html`<section class="card"><h2>${title(view, one)}</h2>
          ${table({
            caption: `${t.resources.invoices}: ${title(view, one)}`,
            empty: t.invoices.none,
            columns: [
              { title: t.invoices.number }, { title: t.invoices.issued }, { title: t.invoices.due },
              { title: t.invoices.amount, kind: 'number' }, { title: t.invoices.status }
            ],
            rows: invoicesOf(one).map((invoice) => [
              html`<a href="/invoices/${invoice.number}">${invoice.number}</a>`, view.date(invoice.issued), view.date(invoice.due),
              view.money(total(invoice)), paid(view, invoice)
            ])
          })}</section>`)}`
    }
  })

  const total = ({ lines }) => lines.reduce((sum, { hours, rate }) => sum + hours * rate, 0)

  // Looked for among those that the viewer sees: there is no other way to one.
  seen('invoices', (view, found, { params }) => {
    const { t } = view
    const [one, invoice] = found.flatMap((one) => invoicesOf(one).map((invoice) => [one, invoice]))
      .find(([, { number }]) => number === params.number) ?? []
    if (!invoice) throw notFound()
    return {
      title: t.invoices.one(invoice.number),
      body: html`<p class="crumb"><a href="/invoices">← ${t.resources.invoices}</a></p>
        <h1>${t.invoices.one(invoice.number)} ${paid(view, invoice)}</h1>
        <section class="card">
          ${facts([[t.invoices.for, one.party.displayName], [t.invoices.to, invoice.toName], [t.invoices.issued, view.date(invoice.issued)], [t.invoices.due, view.date(invoice.due)]])}
          ${table({
            caption: t.invoices.one(invoice.number),
            empty: '',
            columns: [
              { title: t.invoices.service }, { title: t.invoices.hours, kind: 'number' },
              { title: t.invoices.rate, kind: 'number' }, { title: t.invoices.amount, kind: 'number' }
            ],
            rows: invoice.lines.map(({ what, hours, rate }) => [t.visits[what], hours, view.money(rate), view.money(hours * rate)])
          })}
          <p class="total">${t.invoices.total} <strong>${view.money(total(invoice))}</strong></p>
        </section>`
    }
  }, `${PAGES.invoices}/:number`)

  // --- service plan, application ---

  seen('service_plan', (view, found) => ({
    title: view.t.resources.service_plan,
    body: html`<h1>${view.t.resources.service_plan}</h1>
      ${found.map((one) => html`<section class="card"><h2>${title(view, one)}</h2>
        ${content.plan(one.party).length === 0
          ? html`<p class="empty">${view.t.plan.none}</p>`
          : html`<ul class="plan">${content.plan(one.party).map(({ what, often }) =>
              html`<li><strong>${view.t.visits[what]}</strong><span>${view.t.plan.often(often)}</span></li>`)}</ul>`}
      </section>`)}`
  }))

  seen('application', (view, found) => ({
    title: view.t.resources.application,
    body: html`<h1>${view.t.resources.application}</h1>
      ${found.filter(({ application }) => application).map(({ application }) => html`<section class="card"><h2>${view.t.application.one(application.number)}</h2>
        ${facts([[view.t.application.family, application.familyName], [view.t.application.submitted, view.date(application.submittedAt)], [view.t.application.status, view.t.application.waiting]])}
      </section>`)}`
  }))

  // --- a message to the owner, from the template (S1) ---

  const messagePage = (view, { findings = [], text } = {}) => ({
    title: view.t.resources.message_owner,
    body: html`<h1>${view.t.resources.message_owner}</h1>
      <section class="card">
        <p class="lead">${view.t.message.lead(view.agency)}</p>
        ${problems(view, findings)}
        ${form(view, PAGES.message_owner, html`
          <div class="field"><label for="text">${view.t.message.text}</label>
            <textarea id="text" name="text" rows="9" required>${text ?? view.t.message.template(view.me.displayName)}</textarea></div>
          ${button(view.t.message.send)}`)}
      </section>`
  })

  seen('message_owner', (view) => messagePage(view))

  app.post(PAGES.message_owner, async (request, reply) => {
    const { text = '' } = request.body
    try {
      await agency.messageOwner({ session: ownSession(request), text, source: request.ip })
    } catch (error) {
      if (error.kind !== 'invalid') throw error
      const findings = error.findings.length > 0 ? error.findings : [error]
      const view = await signedIn(request, reply)
      return reply.code(422).page(view, messagePage(view, { findings, text }))
    }
    return reply.next(PAGES.message_owner, 'messageSent')
  })

  // --- profile and password ---

  const profilePage = async (view, findings = []) => {
    const { t, me } = view
    const { policy } = await agency.settings()
    const { lines } = rulesFor(view, policy, { username: me.username, names: [me.displayName], agency: view.agency })
    const party = me.party && await agency.party(me.party)
    return {
      title: t.resources.profile,
      body: html`<h1>${t.resources.profile}</h1>
        <section class="card"><h2>${me.displayName}</h2>
          ${facts([
            [t.username, me.username], [t.email, party?.email], [t.phone, party?.phone],
            [t.role, party && list(view, party.roles.map((role) => t.roles[role]))]
          ])}
          <ul class="links">${[['contact', t.own.contacts], ['questions', t.questions.title], ['sessions', t.office.sessions.link]]
            .map(([path, text]) => html`<li><a href="${PAGES.profile}/${path}">${text}</a></li>`)}</ul>
        </section>
        <section class="card"><h2>${t.own.language}</h2>
          ${form(view, `${PAGES.profile}/language`, html`
            ${choice({ name: 'language', label: t.own.writtenIn, value: view.locale, options: Object.entries(t.office.locales) })}
            ${button(t.save, { kind: 'plain' })}`)}
        </section>
        <section class="card"><h2>${t.password.change}</h2>
          ${problems(view, findings)}
          ${form(view, PAGES.profile, html`
            <input type="text" name="username" value="${me.username}" autocomplete="username" hidden>
            ${field({ name: 'current', label: t.password.current, type: 'password', autocomplete: 'current-password' })}
            ${twice(view, lines)}
            ${button(t.password.change)}`)}
        </section>`
    }
  }

  seen('profile', (view) => profilePage(view))

  app.post(PAGES.profile, async (request, reply) => {
    const { current = '', password = '', confirm = '' } = request.body
    try {
      request.carekey.signedIn()
      // Every other session ends; this one goes on under a new token.
      await request.carekey.changePassword({ current, password, confirm })
    } catch (error) {
      if (error.kind !== 'invalid') throw error
      const view = await signedIn(request, reply)
      return reply.code(422).page(view, await profilePage(view, error.findings))
    }
    return reply.next(PAGES.profile, 'passwordChanged')
  })
}

const list = ({ locale }, words) => new Intl.ListFormat(locale).format(words)

const notFound = () => Object.assign(new Error('not found'), { statusCode: 404 })
