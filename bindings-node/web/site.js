'use strict'

// One site: whose visits it opens, and how it refuses. All frameworks go
// through here; each only says where headers are read and written.

const { checkOrigin } = require('./origin')
const { refusal } = require('./refusal')
const { Visit } = require('./visit')

class Site {
  #options

  constructor (options) {
    this.#options = options
  }

  /**
   * The visit that a request is; throws where another site sent it. `asked` is
   * what of a request is looked at, `put` writes a header of the answer, and
   * `given` is the request as the framework has it.
   */
  async visit (asked, put, given = asked, source = this.#options.source?.(given)) {
    const { agency, secure = true, origins = [] } = this.#options
    checkOrigin(asked, origins)
    return Visit.of({
      agency: typeof agency === 'function' ? await agency(given) : agency,
      header: asked.headers.get('cookie'),
      put,
      secure,
      source
    })
  }

  /** The answer to an error of carekey's. */
  refusal (error, asked) {
    return refusal(error, asked, this.#options)
  }
}

/** A visit of someone who is signed in, from here on; throws where nobody is. */
function requireVisit (visit) {
  if (!visit) throw new TypeError('this request has no visit: carekey() goes before what asks for one')
  visit.signedIn()
}

/** Only who sees it. */
async function requireSight (visit, resource, of) {
  requireVisit(visit)
  await visit.mustSee(resource, of)
}

module.exports = { Site, requireSight, requireVisit }
