'use strict'

const { CarekeyError } = require('../lib/error')
const { Visit, checkRequest, statusOf } = require('./visit')

/** Puts `req.carekey` on every request. */
function carekey ({ agency, secure = true, source = (req) => req.ip }) {
  return async (req, res, next) => {
    try {
      req.carekey = await Visit.of({
        agency: typeof agency === 'function' ? await agency(req) : agency,
        header: req.headers.cookie,
        setCookie: (line) => res.append('set-cookie', line),
        secure,
        source: source(req)
      })
      next()
    } catch (error) {
      next(error)
    }
  }
}

/** A step of the way that lets a request through, or not. */
const gate = (check) => async (req, res, next) => {
  try {
    await check(req)
    next()
  } catch (error) {
    next(error)
  }
}

/** Only who is signed in. */
const signedIn = () => gate((req) => req.carekey.signedIn())

/** Only who sees it: by default their own. */
const sees = (resource, of = (_) => 'own') => gate((req) => req.carekey.mustSee(resource, of(req)))

/** Only forms of this site. After the body has been read. */
const forms = () => gate((req) => checkRequest(req.carekey, req))

/** Answers errors of carekey's with their status, code and findings. */
const errors = () => (error, req, res, next) => {
  if (!(error instanceof CarekeyError) || res.headersSent) return next(error)
  const { code, message, findings } = error
  res.status(statusOf(error)).json({ code, message, findings })
}

module.exports = { carekey, errors, forms, sees, signedIn, statusOf }
