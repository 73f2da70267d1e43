'use strict'

const { CarekeyError } = require('..')
const { returnPath } = require('./address')
const { asked } = require('./asked')
const { statusOf } = require('./refusal')
const { Site, requireSight, requireVisit } = require('./site')
const { checkRequest } = require('./visit')

/** The site that a request came to. */
const sites = new WeakMap()

/** Puts `req.carekey` on every request. */
function carekey ({ source = (req) => req.ip, ...options }) {
  const site = new Site({ source, ...options })
  return step(async (req) => {
    sites.set(req, site)
    const put = (name, value) => name === 'set-cookie' ? req.res.append(name, value) : req.res.set(name, value)
    req.carekey = await site.visit(asked(req), put, req)
  })
}

/** A step of the way that lets a request through, or not. */
const step = (check) => async (req, res, next) => {
  try {
    await check(req)
    next()
  } catch (error) {
    next(error)
  }
}

/** Only who is signed in. */
const signedIn = () => step((req) => requireVisit(req.carekey))

/** Only who sees it: by default their own. */
const sees = (resource, of = (_) => 'own') =>
  step(async (req) => requireSight(req.carekey, resource, typeof of === 'function' ? await of(req) : of))

/** Only forms with the token of this visitor. After the body has been read. */
const forms = () => step((req) => checkRequest(req.carekey, req))

/** Answers errors of carekey's: sends to sign in, shows a page, or tells the problem. */
const errors = () => (error, req, res, next) => {
  if (!(error instanceof CarekeyError) || res.headersSent) return next(error)
  const { status, headers, body } = (sites.get(req) ?? new Site({})).refusal(error, asked(req))
  res.status(status).set(headers).end(body)
}

module.exports = { carekey, errors, forms, requireVisit, returnPath, sees, signedIn, statusOf }
