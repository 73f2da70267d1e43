'use strict'

// What is answered to who asks for what they may not, or asks wrongly: people
// with a browser are sent to sign in, or shown a page; programs get problem
// details (RFC 9457).

const { CarekeyError, findingMessage } = require('..')
const { pathOf } = require('./address')
const { SAFE } = require('./origin')

const STATUS = {
  invalid: 422,
  not_found: 404,
  not_allowed: 403,
  refused: 401,
  conflict: 409,
  cancelled: 503,
  configuration: 500,
  store: 503,
  internal: 500
}

/** The HTTP status of an error of carekey's; 500 of any other. */
const statusOf = (error) => STATUS[error?.kind] ?? 500

/** What a header of preferences asks for, the best first (RFC 9110, 12.5). */
function preferences (header) {
  return (header ?? '').split(',').map((part) => {
    const [name, ...rest] = part.toLowerCase().split(';').map((one) => one.trim())
    const q = rest.find((one) => one.startsWith('q='))
    return { name, q: q === undefined ? 1 : Number(q.slice(2)) || 0 }
  }).filter(({ name, q }) => name !== '' && q > 0).sort((one, other) => other.q - one.q)
}

/** Whether a page is asked for, rather than data: as browsers do that go to an address. */
function wantsPage ({ headers }) {
  const accepted = preferences(headers.get('accept'))
  const best = (...names) => accepted.find(({ name }) => names.includes(name))?.q ?? 0
  return best('text/html') > best('application/problem+json', 'application/json', 'application/*', '*/*')
}

/** The first language of the reader that carekey has, or else English. */
function localeOf ({ headers }, error) {
  const tags = preferences(headers.get('accept-language')).flatMap(({ name }) => [name, name.split('-')[0]])
  for (const locale of tags) {
    try {
      findingMessage(error, locale)
      return locale
    } catch (thrown) {
      if (!(thrown instanceof CarekeyError) || thrown.params.argument !== 'locale') throw thrown
    }
  }
  return 'en'
}

/** An error as problem details. */
const problemOf = (error, locale) => ({
  type: `urn:carekey:${error.code}`,
  title: findingMessage(error, locale),
  status: statusOf(error),
  code: error.code,
  findings: error.findings.map((finding) => ({ ...finding, message: findingMessage(finding, locale) }))
})

const ESCAPED = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text) => text.replace(/[&<>"']/g, (one) => ESCAPED[one])

/** A plain page, for a site that has none of its own. */
const plainPage = ({ title, findings }, locale) => `<!doctype html>
<html lang="${escaped(locale)}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<h1>${escaped(title)}</h1>
${findings.map(({ message }) => `<p>${escaped(message)}</p>`).join('\n')}
`

/**
 * The answer to an error: status, headers and body. One that is not carekey's
 * is not answered here, but thrown.
 */
function refusal (error, request, { signIn, page = plainPage }) {
  if (!(error instanceof CarekeyError)) throw error
  const headers = { 'cache-control': 'no-store' }
  const people = wantsPage(request)
  if (people && signIn !== undefined && error.code === 'session.ended') {
    // What was sent is not sent again by going back.
    const next = SAFE.has(request.method) ? `${signIn.includes('?') ? '&' : '?'}next=${encodeURIComponent(pathOf(request.url))}` : ''
    return { status: 303, headers: { ...headers, location: signIn + next }, body: '' }
  }
  const locale = localeOf(request, error)
  const problem = problemOf(error, locale)
  const [type, body] = people
    ? ['text/html; charset=utf-8', page(problem, locale)]
    : ['application/problem+json', JSON.stringify(problem)]
  return { status: problem.status, headers: { ...headers, 'content-language': locale, 'content-type': type }, body }
}

module.exports = { refusal, statusOf }
