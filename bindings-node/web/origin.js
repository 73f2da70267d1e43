'use strict'

// Whether another site made a browser send a request: by what the browser
// itself says, which no page can change (Fetch Metadata; Origin, RFC 6454).

const { fault } = require('./fault')

/** Methods that change nothing (RFC 9110, 9.2.1): another site may link here. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a request that changes something and comes from another site, a
 * sibling among them. Where neither header is, no browser sent it, and nobody's
 * cookies came with it against their will.
 */
function checkOrigin ({ method, url, headers }, origins) {
  if (SAFE.has(method)) return
  const [site, origin] = [headers.get('sec-fetch-site'), headers.get('origin')]
  if (origin !== null && origins.includes(origin)) return
  const own = site === null
    ? origin === null || hostOf(origin) === (headers.get('host') ?? hostOf(url))
    : site === 'same-origin' || site === 'none'
  if (!own) throw fault('not_allowed', 'actor.not_allowed', { act: 'form' })
}

/** The host of an address; nothing that any host is called where there is none, such as in `null`. */
const hostOf = (address) => URL.canParse(address) ? new URL(address).host : undefined

module.exports = { SAFE, checkOrigin }
