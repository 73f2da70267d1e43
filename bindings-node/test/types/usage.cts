// The same for CommonJS, and for the frameworks.
import carekey = require('carekey')
import express = require('express')
import fastify = require('fastify')
import passport = require('passport')
import onExpress = require('carekey/express')
import onFastify = require('carekey/fastify')
import onPassport = require('carekey/passport')

declare const agency: carekey.Agency

const app = express()
app.use(onExpress.carekey({ agency: (req) => (req.hostname === 'x' ? agency : Promise.resolve(agency)) }))
app.use(express.urlencoded(), onExpress.forms())
app.get('/invoices/:client', onExpress.sees('invoices', (req) => ({ party: String(req.params.client) })), async (req, res) => {
  const decision: carekey.Decision = await req.carekey.canSee('calendar')
  const user: carekey.SignedIn | null = req.carekey.user
  res.json({ decision, user, formToken: req.carekey.formToken })
})
app.get('/me', onExpress.signedIn(), (req, res) => {
  // @ts-expect-error nobody may be signed in
  req.carekey.user.username
  onExpress.requireVisit(req.carekey)
  const username: string = req.carekey.user.username
  res.redirect(onExpress.returnPath(req.query.next, `/${username}`))
})
// @ts-expect-error no such resource
app.get('/diary', onExpress.sees('diary'))
app.use(onExpress.errors())

const server = fastify()
void server.register(onFastify.carekey, { agency, secure: false, source: (request) => request.ip })
server.setErrorHandler(onFastify.errors())
server.post('/sign-in', { preHandler: onFastify.forms() }, (request) =>
  request.carekey.signIn(request.body as { username: string, password: string }))
server.get('/me', { preHandler: onFastify.sees('profile', { party: 'id' }) }, async (request) => {
  onFastify.requireVisit(request.carekey)
  return request.carekey.user.username
})
type OfClient = { Params: { client: string } }
server.get<OfClient>('/c/:client', { preHandler: onFastify.sees('invoices', ({ params }) => ({ party: params.client })) }, async () => [])
// @ts-expect-error no such parameter of the route
server.get<OfClient>('/d/:client', { preHandler: onFastify.sees('invoices', ({ params }) => ({ party: params.other })) }, async () => [])
// @ts-expect-error an agency is needed
void server.register(onFastify.carekey, {})

passport.use(new onPassport.CarekeyStrategy({ agency, secure: false }))
app.post('/change', async (req) => onPassport.keepDevice(req, await agency.changePassword({
  session: 'x', current: 'x', password: 'y', confirm: 'y'
})))
