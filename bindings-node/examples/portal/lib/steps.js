// What someone may do next, between two requests: in cookies that no script can
// read. The server keeps nothing, and carekey alone decides what a token opens.

import { COOKIE } from './cookies.js'

const JAR = { ...COOKIE, sameSite: 'strict' }

/** Keeps a step: `secret` is its token, and the rest is what its page shows. */
export function keep (reply, name, { secret, ...shown }) {
  const text = JSON.stringify({ ...shown, secret: typeof secret === 'string' ? secret : secret.reveal() })
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

/** Goes where the answer to a sign-in, or to one of its steps, leads (E3). */
export function follow (reply, answer, { username }) {
  forget(reply, 'step')
  if (answer.status === 'granted') {
    keepSession(reply, answer.session)
    return reply.next(invited(reply) ?? '/')
  }
  keep(reply, 'step', { secret: answer.step.token, username, asks: answer.status })
  return reply.next(answer.status === 'change_password' ? '/password' : '/questions')
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

/** A session that is remembered outlives the browser's. */
export function keepSession (reply, session) {
  const { token, expiresAt, remembered } = session
  reply.setCookie('session', token.reveal(), { ...COOKIE, expires: remembered ? expiresAt : undefined })
  keepDevice(reply, session)
}

/**
 * By which the device is known at the next sign-in, so that no stranger's
 * guesses keep its user out (E4). It outlives the session: neither a refusal, a
 * lock nor signing out takes it away.
 */
export function keepDevice (reply, { device, deviceExpiresAt }) {
  const token = device?.reveal() ?? reply.request.cookies.device
  if (token) reply.setCookie('device', token, { ...COOKIE, expires: deviceExpiresAt })
}
