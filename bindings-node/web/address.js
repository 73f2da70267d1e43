'use strict'

// Where somebody goes on after signing in: a path of this site, whatever an
// address bar, a form or another site says.

/** Only to resolve against: it is nobody's (RFC 2606). */
const HERE = 'http://carekey.invalid'

/** What a browser, or a server that decodes once or twice, would read as the beginning of a host. */
const HOST_BEGINS = /^\/(?:[/\\]|%(?:25)*(?:2f|5c))/i

/** What browsers drop from an address, or read as a slash. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0020\u007f\\]/

/** Nothing that is longer is a path of a page; it goes into headers. */
const LONGEST = 2048

/** The path of this site that was given; `otherwise` where it is none, or could lead to another host. */
function returnPath (given, otherwise = '/') {
  if (typeof given !== 'string' || given.length > LONGEST || given[0] !== '/' || FORBIDDEN.test(given)) return otherwise
  if (HOST_BEGINS.test(given) || !URL.canParse(given, HERE)) return otherwise
  // As a browser reads it: `/.//host` is `//host` then.
  const { origin, pathname, search, hash } = new URL(given, HERE)
  return origin === HERE && !HOST_BEGINS.test(pathname) ? pathname + search + hash : otherwise
}

/** The path of a request, with its query; `/` where it is none to come back to. */
function pathOf (url) {
  if (!URL.canParse(url)) return '/'
  const { pathname, search } = new URL(url)
  return returnPath(pathname + search)
}

module.exports = { pathOf, returnPath }
