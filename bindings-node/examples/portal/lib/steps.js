// What someone may do next, between two requests: in cookies that no script can
// read. The server keeps nothing, and carekey alone decides what a token opens.

import { returnPath } from 'carekey/fastify'
import { COOKIE } from './cookies.js'

const JAR = { ...COOKIE, sameSite: 'strict' }

/** Keeps a step: `secret` is its token, where the visit does not keep it, and the rest is what its page shows. */
export function keep (reply, name, { secret, ...shown }) {
  const text = JSON.stringify({ ...shown, secret: secret?.reveal?.() ?? secret })
  reply.setCookie(name, Buffer.from(text).toString('base64url'), JAR)
}

/** The step that was kept; nothing where there is none or it was meddled with. */
export function kept (request, name) {
  try {
    return JSON.parse(Buffer.from(request.cookies[name] ?? '', 'base64url').toString())
  } catch {
    return null
  }
}

export const forget = (reply, name) => reply.clearCookie(name, { path: '/' })

/**
 * Goes where the answer to a sign-in, or to one of its steps, leads (E3). The
 * session or the token of the step is kept already, by the visit; beside it
 * stands what the next page shows, and where its reader wanted to go.
 */
export function follow (reply, { status }, { username, next }) {
  forget(reply, 'step')
  if (status === 'granted') return reply.next(invited(reply) ?? returnPath(next))
  keep(reply, 'step', { username, next, asks: status })
  return reply.next(status === 'change_password' ? '/password' : '/questions')
}

/** Back to the invitation for which someone had to sign in first, once. */
function invited (reply) {
  const link = kept(reply.request, 'link')
  if (link?.waits) {
    keep(reply, 'link', { secret: link.secret })
    return '/invitation/accept'
  }
  return kept(reply.request, 'code') && '/invitation'
}
