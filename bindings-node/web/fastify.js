'use strict'

const { CarekeyError } = require('../lib/error')
const { Visit, checkRequest, statusOf } = require('./visit')

/** Puts `request.carekey` on every request, and gates on the server. */
async function carekey (fastify, { agency, secure = true, source = (request) => request.ip }) {
  fastify.decorateRequest('carekey', null)
  fastify.addHook('onRequest', async (request, reply) => {
    request.carekey = await Visit.of({
      agency: typeof agency === 'function' ? await agency(request) : agency,
      header: request.headers.cookie,
      setCookie: (line) => reply.header('set-cookie', line),
      secure,
      source: source(request)
    })
  })
}

// For the server that registers it, not for a scope of its own.
carekey[Symbol.for('skip-override')] = true
carekey[Symbol.for('fastify.display-name')] = 'carekey'

/** Only who is signed in. */
const signedIn = () => async (request) => { request.carekey.signedIn() }

/** Only who sees it: by default their own. */
const sees = (resource, of = (_) => 'own') => (request) => request.carekey.mustSee(resource, of(request))

/** Only forms of this site. After the body has been read: as a `preHandler`. */
const forms = () => async (request) => checkRequest(request.carekey, request)

/** Answers errors of carekey's with their status, code and findings. */
const errors = () => (error, request, reply) => {
  if (!(error instanceof CarekeyError)) return reply.send(error)
  const { code, message, findings } = error
  return reply.code(statusOf(error)).send({ code, message, findings })
}

module.exports = { carekey, errors, forms, sees, signedIn, statusOf }
module.exports.default = carekey
