// The texts of the agency, read, tried with sample values and set (N); its
// owners and its time zone.

import carekey from 'carekey'
import { html } from '../../lib/html.js'
import { enter, findingsOf } from '../../lib/office.js'
import { badge, button, field, form, problems, table, tick } from '../../lib/parts.js'

export function messageRoutes (app, { agency }) {
  const listPage = async (view, office, { findings = [], given } = {}) => {
    const { t } = view
    const words = t.office.messages
    const { ownerEmail, ownerEmails, timeZone } = await agency.settings()
    const { owner, owners, zone } = given ?? { owner: ownerEmail ?? '', owners: ownerEmails.join('\n'), zone: timeZone ?? '' }
    return {
      title: words.title,
      wide: true,
      body: html`<h1>${words.title}</h1>
        ${problems(view, findings)}
        <section class="card"><h2>${words.settings}</h2>
          ${form(view, '/office/messages', html`
            ${field({ name: 'owner', label: words.owner, value: owner, required: false, autocomplete: 'off' })}
            <div class="field"><label for="owners">${words.owners}</label><textarea id="owners" name="owners" rows="3" spellcheck="false">${owners}</textarea></div>
            ${field({ name: 'zone', label: words.timeZone, hint: words.timeZoneHint, value: zone, required: false, autocomplete: 'off', spellcheck: 'false' })}
            ${button(t.save)}`)}</section>
        ${table({
          caption: words.title,
          empty: words.none,
          columns: [{ title: words.kind }, { title: words.method }, { title: words.language }, { title: t.columns.status }],
          rows: (await office.texts()).map(({ kind, method, locale, own }) => [
            html`<a href="${textAt({ kind, method, locale })}" aria-label="${[words.kinds[kind], t.mail[method], t.office.locales[locale] ?? locale].join(' · ')}">${words.kinds[kind]}</a>`, t.mail[method], t.office.locales[locale] ?? locale,
            own ? badge(words.own, 'good') : words.shipped
          ])
        })}`
    }
  }

  const textAt = ({ kind, method, locale }) => `/office/messages/${kind}/${method}/${locale}`

  app.get('/office/messages', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    return reply.page(view, await listPage(view, office))
  })

  app.post('/office/messages', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { owner = '', owners = '', zone = '' } = request.body
    const ownerEmails = owners.split(/\s+/).filter(Boolean)
    try {
      await office.changeSettings({ ownerEmail: owner || null, ownerEmails, timeZone: zone || null })
    } catch (error) {
      return reply.code(422).page(view, await listPage(view, office, { findings: findingsOf(error), given: { owner, owners, zone } }))
    }
    return reply.next('/office/messages', 'settingsSaved')
  })

  // --- one text ---

  const textPage = (view, row, { typed = row, sample, findings = [] } = {}) => {
    const { t } = view
    const words = t.office.messages
    const { params, secrets } = carekey.message.fields(row.kind)
    const title = `${words.kinds[row.kind]} · ${t.mail[row.method]} · ${t.office.locales[row.locale] ?? row.locale}`
    return {
      title,
      body: html`<p class="crumb"><a href="/office/messages">← ${words.title}</a></p>
        <h1>${title} ${row.own ? badge(words.own, 'good') : badge(words.shipped)}</h1>
        ${problems(view, findings)}
        ${sample && html`<section class="card letter" tabindex="-1" data-focus aria-labelledby="sample"><h2 id="sample">${words.sample}</h2>
          ${sample.subject && html`<p><strong>${sample.subject}</strong></p>`}<p class="text">${sample.body.reveal()}</p></section>`}
        <section class="card">
          ${form(view, textAt(row), html`
            ${row.method === 'email' && field({ name: 'subject', label: words.subject, value: typed.subject ?? '', autocomplete: 'off' })}
            <div class="field"><label for="body">${words.body}</label><p class="hint" id="body-hint">${words.words([...params, ...secrets].map((one) => `{${one}}`).join(', '))}</p>
              <textarea id="body" name="body" rows="12" aria-describedby="body-hint">${typed.body}</textarea></div>
            <div class="actions">${button(words.try, { kind: 'plain', name: 'act', value: 'try' })}${button(words.set, { name: 'act', value: 'set' })}</div>`)}</section>
        ${row.own && html`<section class="card"><h2>${words.reset}</h2>
          ${form(view, textAt(row), html`<input type="hidden" name="act" value="reset">${tick({ name: 'sure', label: words.sure })}
            ${button(words.reset, { kind: 'danger' })}`)}</section>`}`
    }
  }

  app.get('/office/messages/:kind/:method/:locale', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    return reply.page(view, textPage(view, await office.text(request.params)))
  })

  app.post('/office/messages/:kind/:method/:locale', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const row = await office.text(request.params)
    const { kind, method, locale } = row
    const { act, subject, body = '' } = request.body
    if (act === 'reset' && request.body.sure !== 'yes') {
      return reply.code(422).page(view, textPage(view, row, { findings: [view.t.office.people.deleteAsk] }))
    }
    const text = { subject: method === 'email' ? subject ?? '' : null, body: body.replaceAll('\r\n', '\n') }
    try {
      if (act === 'try') return reply.page(view, textPage(view, row, { typed: text, sample: await office.previewText({ kind, method, locale, text }) }))
      await office.setText({ kind, method, locale, text: act === 'reset' ? null : text })
    } catch (error) {
      return reply.code(422).page(view, textPage(view, row, { typed: text, findings: findingsOf(error) }))
    }
    return reply.next(textAt(row), 'textSaved')
  })
}
