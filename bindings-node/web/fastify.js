'use strict'

const { CarekeyError } = require('..')
const { returnPath } = require('./address')
const { asked } = require('./asked')
const { statusOf } = require('./refusal')
const { Site, requireSight, requireVisit } = require('./site')
const { checkRequest } = require('./visit')

/** The site that a request came to. */
const sites = new WeakMap()

/** Puts `request.carekey` on every request. */
async function carekey (fastify, { source = (request) => request.ip, ...options }) {
  const site = new Site({ source, ...options })
  fastify.decorateRequest('carekey', null)
  fastify.addHook('onRequest', async (request, reply) => {
    sites.set(request, site)
    // A second `set-cookie` is added by Fastify to the first.
    request.carekey = await site.visit(asked(request), (name, value) => reply.header(name, value), request)
  })
}

// For the server that registers it, not for a scope of its own.
carekey[Symbol.for('skip-override')] = true
carekey[Symbol.for('fastify.display-name')] = 'carekey'

/** Only who is signed in. */
const signedIn = () => async (request) => requireVisit(request.carekey)

/** Only who sees it: by default their own. */
const sees = (resource, of = (_) => 'own') => async (request) =>
  requireSight(request.carekey, resource, typeof of === 'function' ? await of(request) : of)

/** Only forms with the token of this visitor. After the body has been read: as a `preHandler`. */
const forms = () => async (request) => checkRequest(request.carekey, request)

/** Answers errors of carekey's: sends to sign in, shows a page, or tells the problem. */
const errors = () => (error, request, reply) => {
  if (!(error instanceof CarekeyError)) return reply.send(error)
  const { status, headers, body } = (sites.get(request) ?? new Site({})).refusal(error, asked(request))
  // As bytes: to a text Fastify adds a charset, which JSON has none of (RFC 8259, 11).
  return reply.code(status).headers(headers).send(Buffer.from(body))
}

module.exports = { carekey, errors, forms, requireVisit, returnPath, sees, signedIn, statusOf }
module.exports.default = carekey
