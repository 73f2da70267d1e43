'use strict'

// On the Fetch standard: `Request` in, `Response` out.

const { returnPath } = require('./address')
const { statusOf } = require('./refusal')
const { Site, requireSight, requireVisit } = require('./site')

/** A site whose handlers take a `Request` and answer with a `Response`. */
class FetchSite extends Site {
  /** Opens the visit, lets it be answered, and adds its cookies; an error of carekey's is answered as it says. */
  async handle (request, respond, options) {
    const put = new Headers()
    const write = (name, value) => name === 'set-cookie' ? put.append(name, value) : put.set(name, value)
    try {
      return withHeaders(await respond(await this.visit(request, write, request, options?.source)), put)
    } catch (error) {
      return withHeaders(error instanceof Response ? error : this.refuse(error, request), put)
    }
  }

  /** The answer to an error of carekey's; any other is thrown. */
  refuse (error, request) {
    const { status, headers, body } = this.refusal(error, request)
    return new Response(body, { status, headers })
  }

  /** A handler for whoever comes. */
  anyone (handler) {
    return (request, ...rest) => this.handle(request, (visit) => handler(request, visit, ...rest))
  }

  /** A handler for who is signed in. */
  signedIn (handler) {
    return this.anyone((request, visit, ...rest) => {
      requireVisit(visit)
      return handler(request, visit, ...rest)
    })
  }

  /** A handler for who sees it. */
  sees (resource, of, handler) {
    return this.anyone(async (request, visit, ...rest) => {
      await requireSight(visit, resource, typeof of === 'function' ? await of(request, ...rest) : of)
      return handler(request, visit, ...rest)
    })
  }
}

/** The answer with more headers. One that is made by `fetch` or `Response.redirect` takes none: so a copy. */
function withHeaders (response, put) {
  const answer = new Response(response.body, response)
  for (const [name, value] of put) {
    if (name === 'set-cookie') answer.headers.append(name, value)
    else if (!answer.headers.has(name)) answer.headers.set(name, value)
  }
  return answer
}

const carekey = (options) => new FetchSite(options)

module.exports = { carekey, requireVisit, returnPath, statusOf }
