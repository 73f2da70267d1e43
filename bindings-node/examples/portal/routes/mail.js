// A mailbox for development: it stands for the host's mailer and SMS gateway,
// and shows what they would have sent. Never in production: messages hold links.

import { html } from '../lib/html.js'
import { badge } from '../lib/parts.js'

export function mailRoutes (app, { agency }) {
  const sent = []

  /** What waits is claimed and counted as sent. */
  const collect = async () => {
    for (;;) {
      const messages = await agency.outbox.claim(100)
      if (messages.length === 0) return
      const at = new Date()
      sent.unshift(...messages.map((message) => ({ ...message, at, text: message.body.reveal() })).reverse())
      await agency.outbox.sentAll(messages)
    }
  }

  app.get('/mail', async (request, reply) => {
    await collect()
    const view = await reply.view()
    const { t } = view
    const to = request.query.to ?? ''
    const shown = sent.filter(({ address }) => address.includes(to)).slice(0, 100)
    return reply.page(view, {
      title: t.mail.title,
      body: html`<h1>${t.mail.title}</h1>
        <p class="lead">${t.mail.lead}</p>
        <form class="search" role="search"><div class="field"><label for="to">${t.mail.to}</label>
          <input id="to" name="to" type="search" value="${to}"></div><button class="plain">${t.search}</button></form>
        ${shown.length === 0 && html`<p class="empty">${t.mail.none}</p>`}
        ${shown.map(({ method, address, subject, text, at }) => html`<article class="card letter">
          <header><p>${badge(method === 'sms' ? t.mail.sms : t.mail.email)} <strong>${address}</strong> <span class="hint">${view.moment(at)}</span></p>
            ${subject && html`<h2>${subject}</h2>`}</header>
          <div class="text">${linked(text)}</div>
        </article>`)}`
    })
  })
}

/** A text with its links as links. */
const linked = (text) => text.split(/(https?:\/\/\S+)/).map((part, n) => n % 2 ? html`<a href="${part}">${part}</a>` : part)
