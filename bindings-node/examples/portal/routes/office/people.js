// Finding a person or an organization by any of what is known of it (A6), and
// the one who was deleted and is back (U4).

import { html } from '../../lib/html.js'
import { enter, findingsOf, rolesOf } from '../../lib/office.js'
import { addressOf, button, choice, field, form, mono, offsetOf, pager, problems, table, tick } from '../../lib/parts.js'

const PAGE = 50

export function peopleRoutes (app, { agency }) {
  app.get('/office/people', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { t } = view
    const words = t.office.people
    const { text = '', role = '', without } = request.query
    const offset = offsetOf(request.query)
    const { rows, found } = await office.parties({ text, role: role || null, withoutAccount: without === 'yes', offset, limit: PAGE })
    return reply.page(view, {
      title: words.title,
      wide: true,
      body: html`<div class="head"><h1>${words.title}</h1><p class="actions"><a class="button" href="/office/people/new">${t.office.add.title}</a> <a class="button plain" href="/office/former">${words.back}</a></p></div>
        <form class="search" role="search">
          <div class="field"><label for="text">${words.search}</label><input id="text" name="text" type="search" value="${text}"></div>
          ${choice({ name: 'role', label: t.role, value: role, options: [['', words.anyRole], ...Object.entries(t.roles)] })}
          ${tick({ name: 'without', label: words.withoutAccount, checked: without === 'yes' })}
          ${button(t.search, { kind: 'plain' })}
        </form>
        ${table({
          caption: words.title,
          empty: words.none,
          columns: [{ title: t.columns.display_name }, { title: t.role }, { title: t.email }, { title: t.phone }, { title: words.externalId }],
          rows: rows.map((party) => [
            html`<a href="/office/people/${party.id}">${party.displayName}</a>`, rolesOf(view, party), mono(party.email), party.phone, party.externalId
          ])
        })}
        ${pager(t, { offset, found, size: PAGE, to: (change) => addressOf('/office/people', { text, role, without, ...change }) })}`
    })
  })

  // --- who was deleted and is back ---

  const formerPage = async (view, office, { name = '', given = {}, findings = [] }) => {
    const { t } = view
    const words = t.office.people
    const former = name && await office.former(name)
    return {
      title: words.formerTitle,
      body: html`<p class="crumb"><a href="/office/people">← ${words.title}</a></p>
        <h1>${words.formerTitle}</h1><p class="lead">${words.formerLead}</p>
        ${problems(view, findings)}
        <form class="search" role="search">
          <div class="field"><label for="former">${words.formerFind}</label><input id="former" name="name" type="search" value="${name}" autocomplete="off"></div>
          ${button(words.formerLook, { kind: 'plain' })}
        </form>
        ${name && !former && html`<p class="empty">${words.formerNone}</p>`}
        ${former && html`<section class="card"><h2>${words.restore}</h2><p>${words.formerFound(view.moment(former.deletedAt))}</p>
          ${form(view, '/office/former', html`
            <input type="hidden" name="former" value="${name}">
            ${choice({ name: 'kind', label: words.kind, value: given.kind, options: [['person', words.person], ['organization', words.organization]] })}
            ${field({ name: 'called', label: words.name, value: given.called, autocomplete: 'off' })}
            ${choice({ name: 'role', label: words.role, value: given.role, options: Object.entries(t.roles) })}
            ${field({ name: 'email', label: t.email, value: given.email ?? (name.includes('@') ? name : ''), required: false, autocomplete: 'off' })}
            ${field({ name: 'phone', label: t.phone, value: given.phone, required: false, autocomplete: 'off' })}
            ${button(words.restore)}`)}</section>`}`
    }
  }

  app.get('/office/former', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    return reply.page(view, await formerPage(view, office, { name: request.query.name }))
  })

  app.post('/office/former', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { former: name = '', kind, called = '', role, email, phone } = request.body
    try {
      const former = await office.former(name)
      if (!former) return reply.code(404).page(view, await formerPage(view, office, { name }))
      await office.restoreParty({ party: former.party, kind, name: called, roles: [role], email: email || null, phone: phone || null })
      return reply.next(`/office/people/${former.party}`)
    } catch (error) {
      return reply.code(422).page(view, await formerPage(view, office, { name, given: request.body, findings: findingsOf(error) }))
    }
  })
}
