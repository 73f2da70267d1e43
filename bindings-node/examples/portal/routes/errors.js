// The page of what went wrong.

import { statusOf } from 'carekey/fastify'
import { html } from '../lib/html.js'
import { sentence } from '../lib/parts.js'

export async function errorPage (error, request, reply) {
  // An error of carekey's has a kind, of Fastify's a status.
  const status = error.kind ? statusOf(error) : error.statusCode ?? 500
  // What carekey says holds nothing personal; neither may what a host logs.
  if (status >= 500) console.error(error.stack)
  // Who is not signed in is asked to, whatever they wanted, and comes back to a page that can be looked at again.
  if (error.code === 'session.ended') {
    return reply.next(request.method === 'GET' ? `/sign-in?${new URLSearchParams({ next: request.url })}` : '/sign-in')
  }
  const view = await reply.view()
  const [title, text] = view.t.errors[status] ?? view.t.errors.other
  return reply.code(status).page(view, {
    title,
    wayIn: true,
    body: html`<section class="card"><h1>${title}</h1>
      <p>${isSaid(error, status) ? sentence(error, view.locale) : text}</p>
      <p><a class="button" href="/">${view.t.errors.back}</a></p></section>`
  })
}

/** What carekey says of it; not what only says no: its reader has to know how to go on. */
const isSaid = ({ kind, code }, status) => kind && status < 500 && !code.endsWith('.refused')
