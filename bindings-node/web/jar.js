'use strict'

const cookie = require('cookie')

/**
 * The cookies of one request and its answer. `__Host-` binds a cookie to this
 * very host over https; scripts cannot read it, and other sites cannot make a
 * browser send it with a form.
 *
 * That of the device outlives the others: neither a refusal, a lock, a sign-out
 * nor the end of a session takes it away (E4).
 */
function jar (header, setCookie, secure) {
  const prefix = secure ? '__Host-carekey-' : 'carekey-'
  const flags = { httpOnly: true, path: '/', sameSite: 'lax', secure }
  const cookies = cookie.parse(header ?? '')
  const put = (name, value, more) => setCookie(cookie.serialize(prefix + name, value, { ...flags, ...more }))
  return {
    get: (name) => cookies[prefix + name],
    set (name, value, expires) {
      cookies[prefix + name] = value
      put(name, value, expires && { expires })
    },
    clear (name) {
      if (cookies[prefix + name] === undefined) return
      delete cookies[prefix + name]
      put(name, '', { expires: new Date(0) })
    },
    /** Keeps the device of a session or a recovery: its new token, or longer the one that it came with. */
    keepDevice ({ device, deviceExpiresAt }) {
      const token = device?.reveal() ?? this.get('device')
      if (token !== undefined) this.set('device', token, deviceExpiresAt)
    }
  }
}

module.exports = { jar }
