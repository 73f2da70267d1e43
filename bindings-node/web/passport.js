'use strict'

const { Strategy } = require('passport')
const { asked } = require('./asked')
const { jar } = require('./jar')
const { checkOrigin } = require('./origin')

/**
 * Signs in with a username and a password from the body. Passport keeps the
 * session then; its user is who is signed in, with the token of carekey's
 * session as `token`. The device is kept in a cookie of its own.
 */
class CarekeyStrategy extends Strategy {
  constructor ({
    agency, usernameField = 'username', passwordField = 'password', rememberField = 'remember', secure = true, origins = []
  }) {
    super()
    this.name = 'carekey'
    // Passport works with an object that inherits from this one: nothing private.
    this.agency = agency
    this.fields = { usernameField, passwordField, rememberField }
    this.secure = secure
    this.origins = origins
  }

  authenticate (req) {
    this.signIn(req).catch((error) => this.error(error))
  }

  async signIn (req) {
    // Nobody is signed in as another by a form of another site.
    checkOrigin(asked(req), this.origins)
    const agency = typeof this.agency === 'function' ? await this.agency(req) : this.agency
    const { usernameField, passwordField, rememberField } = this.fields
    const { [usernameField]: username, [passwordField]: password, [rememberField]: remember } = req.body ?? {}
    if (typeof username !== 'string' || typeof password !== 'string') return this.fail({ status: 'refused' }, 400)
    const cookies = cookiesOf(req, this.secure)
    const device = cookies.get('device')
    const answer = await agency.signIn({ username, password, remember: Boolean(remember), device, source: req.ip })
    if (answer.status !== 'granted') return this.fail(answer)
    cookies.keepDevice(answer.session)
    const { token } = answer.session
    this.success({ ...await agency.session(token), token })
  }
}

const cookiesOf = (req, secure) => jar(req.headers.cookie, (line) => req.res.append('set-cookie', line), secure)

/**
 * Keeps the device of a session that a step led to, or of a recovery: what the
 * strategy does where it signs in by itself.
 */
const keepDevice = (req, found, { secure = true } = {}) => cookiesOf(req, secure).keepDevice(found)

/**
 * For `passport.serializeUser` and `deserializeUser`: the host's session holds
 * the token, and every request asks whether that is still good.
 */
function keeping (agency) {
  return {
    serialize: (user, done) => done(null, user.token.reveal()),
    deserialize: (token, done) => {
      agency.session(token).then(
        (user) => done(null, { ...user, token }),
        (error) => (error.code === 'session.ended' ? done(null, false) : done(error)))
    }
  }
}

module.exports = { CarekeyStrategy, keepDevice, keeping }
