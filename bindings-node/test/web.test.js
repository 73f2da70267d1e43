'use strict'

// The portal of a client on real frameworks: cookies, forms, who sees what.

const { test } = require('node:test')
const assert = require('node:assert/strict')
const { inspect } = require('node:util')
const express = require('express')
const fastify = require('fastify')
const passport = require('passport')
const session = require('express-session')
const { serve } = require('@hono/node-server')
const { Hono } = require('hono')
const onExpress = require('../web/express')
const onFastify = require('../web/fastify')
const onFetch = require('../web/web')
const { CarekeyStrategy, keepDevice, keeping } = require('../web/passport')
const { Browser } = require('./browser')
const { Policy } = require('..')
const { GOOD, active, desk, sent } = require('./desk')

/** An invitation by its link, or by its code. */
const redeem = async (visit, { link, code, contact }) =>
  (link ? await visit.redeemLink({ link }) : await visit.redeemCode({ code, with: contact })).status

/** An act that takes the session; and what a log would show of it. */
const contacts = async (visit) => ({
  addresses: (await visit.agency.contacts(visit.session ?? '')).map(({ address }) => address),
  logged: inspect(visit.session) + JSON.stringify({ session: visit.session })
})

const listening = (app) => new Promise((resolve) => {
  const server = app.listen(0, '127.0.0.1', () => resolve(server))
})

async function expressPortal (test, { agency }) {
  const { carekey, errors, forms, sees, signedIn } = onExpress
  const app = express()
  app.use(carekey({ agency }), express.urlencoded({ extended: false }), forms())
  app.get('/form', (req, res) => res.json({ formToken: req.carekey.formToken }))
  app.get('/me', signedIn(), (req, res) => res.json(req.carekey.user))
  app.get('/profile', sees('profile'), (req, res) => res.json('profile'))
  app.get('/invoices/:client', sees('invoices', (req) => ({ party: req.params.client })), (req, res) => res.json('invoices'))
  app.get('/why/:client', async (req, res) => {
    res.json(await req.carekey.canSee('service_plan', { party: req.params.client }))
  })
  app.post('/sign-in', async (req, res) => {
    const { username, password, remember } = req.body
    const { status } = await req.carekey.signIn({ username, password, remember: remember === 'on' })
    res.json({ status })
  })
  app.post('/choose', async (req, res) => res.json(await req.carekey.choosePassword(req.body).then(({ status }) => status)))
  app.post('/questions', async (req, res) => res.json((await req.carekey.setQuestions({ answers: [req.body] })).status))
  app.post('/change', async (req, res) => res.json(await req.carekey.changePassword(req.body) ?? 'done'))
  app.post('/sign-out', async (req, res) => res.json(await req.carekey.signOut() ?? 'done'))
  app.post('/recovered', async (req, res) => res.json((await req.carekey.finishRecovery(req.body)).state))
  app.post('/redeem', async (req, res) => res.json(await redeem(req.carekey, req.body)))
  app.get('/contacts', async (req, res) => res.json(await contacts(req.carekey)))
  app.use(errors())
  const server = await listening(app)
  test.after(() => server.close())
  return `http://127.0.0.1:${server.address().port}`
}

async function fastifyPortal (test, { agency }) {
  const { carekey, errors, forms, sees, signedIn } = onFastify
  const app = fastify()
  await app.register(require('@fastify/formbody'))
  await app.register(carekey, { agency })
  app.addHook('preHandler', forms())
  app.setErrorHandler(errors())
  app.get('/form', async (request) => ({ formToken: request.carekey.formToken }))
  app.get('/me', { preHandler: signedIn() }, async (request) => request.carekey.user)
  app.get('/profile', { preHandler: sees('profile') }, async () => '"profile"')
  app.get('/invoices/:client', { preHandler: sees('invoices', ({ params }) => ({ party: params.client })) }, async () => '"invoices"')
  app.get('/why/:client', (request) => request.carekey.canSee('service_plan', { party: request.params.client }))
  app.post('/sign-in', async (request) => {
    const { username, password, remember } = request.body
    const { status } = await request.carekey.signIn({ username, password, remember: remember === 'on' })
    return { status }
  })
  app.post('/choose', async (request) => JSON.stringify((await request.carekey.choosePassword({
    password: request.body.password, confirm: request.body.confirm
  })).status))
  app.post('/questions', async (request) => JSON.stringify((await request.carekey.setQuestions({ answers: [request.body] })).status))
  app.post('/change', async (request) => JSON.stringify(await request.carekey.changePassword(request.body) ?? 'done'))
  app.post('/sign-out', async (request) => JSON.stringify(await request.carekey.signOut() ?? 'done'))
  app.post('/redeem', async (request) => JSON.stringify(await redeem(request.carekey, request.body)))
  app.get('/contacts', (request) => contacts(request.carekey))
  app.post('/recovered', async (request) => JSON.stringify((await request.carekey.finishRecovery({
    step: request.body.step, password: request.body.password, confirm: request.body.confirm
  })).state))
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  test.after(() => app.close())
  return address
}

async function honoPortal (test, { agency }) {
  const site = onFetch.carekey({ agency })
  // A handler of the Fetch standard on Hono; the body as the forms of the tests have it.
  const on = (handler) => (c) => handler(c.req.raw, c)
  const posted = (answer) => on(site.anyone(async (request, visit, c) => {
    const body = await c.req.parseBody()
    visit.checkForm(c.req.header('x-form-token') ?? body.formToken)
    return Response.json(await answer(visit, body))
  }))
  const of = (request, c) => ({ party: c.req.param('client') })
  const app = new Hono()
  app.get('/form', on(site.anyone((request, { formToken }) => Response.json({ formToken }))))
  app.get('/me', on(site.signedIn((request, { user }) => Response.json(user))))
  app.get('/profile', on(site.sees('profile', 'own', () => Response.json('profile'))))
  app.get('/invoices/:client', on(site.sees('invoices', of, () => Response.json('invoices'))))
  app.get('/why/:client', on(site.anyone(async (request, visit, c) =>
    Response.json(await visit.canSee('service_plan', of(request, c))))))
  app.post('/sign-in', posted(async (visit, { username, password, remember }) => {
    const { status } = await visit.signIn({ username, password, remember: remember === 'on' })
    return { status }
  }))
  app.post('/choose', posted(async (visit, { password, confirm }) => (await visit.choosePassword({ password, confirm })).status))
  app.post('/questions', posted(async (visit, { question, answer }) =>
    (await visit.setQuestions({ answers: [{ question, answer }] })).status))
  app.post('/change', posted(async (visit, body) => await visit.changePassword(body) ?? 'done'))
  app.post('/sign-out', posted(async (visit) => await visit.signOut() ?? 'done'))
  app.post('/redeem', posted(redeem))
  app.get('/contacts', on(site.anyone(async (request, visit) => Response.json(await contacts(visit)))))
  app.post('/recovered', posted(async (visit, { step, password, confirm }) =>
    (await visit.finishRecovery({ step, password, confirm })).state))
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(`http://127.0.0.1:${port}`))
    test.after(() => server.close())
  })
}

for (const [name, portal] of [['Express', expressPortal], ['Fastify', fastifyPortal], ['Hono', honoPortal]]) {
  test(`a portal on ${name}`, async (t) => {
    const here = await desk()
    const sue = await active(here, { role: 'client' })
    const ann = await here.office.addParty({ name: 'Ann Young', roles: ['client'], email: 'ann@example.com' })
    const base = await portal(t, here)
    const browser = new Browser(base)
    const formToken = async () => (await browser.get('/form')).body.formToken
    const signIn = async (fields) => browser.post('/sign-in', {
      username: sue.username, password: GOOD, formToken: await formToken(), ...fields
    })

    await t.test('nobody is let in before signing in', async () => {
      assert.deepEqual([(await browser.get('/me')).status, (await browser.get('/profile')).status], [401, 401])
      assert.equal((await browser.get('/me')).body.code, 'session.ended')
    })

    await t.test('a form of another site is refused', async () => {
      const fields = { username: sue.username, password: GOOD }
      for (const token of [{}, { formToken: 'forged' }, { formToken: await new Browser(base).get('/form').then(({ body }) => body.formToken) }]) {
        const { status, body } = await browser.post('/sign-in', { ...fields, ...token })
        assert.deepEqual([status, body.code], [403, 'actor.not_allowed'])
      }
    })

    await t.test('a wrong password sets no cookie', async () => {
      const before = browser.set.length
      assert.equal((await signIn({ password: 'wrong' })).body.status, 'refused')
      assert.equal(browser.set.slice(before).filter((line) => line.includes('session')).length, 0)
    })

    await t.test('the session is a cookie with the right flags', async () => {
      const before = await formToken()
      assert.deepEqual((await signIn()).body, { status: 'granted' })
      const line = browser.set.findLast((one) => one.startsWith('__Host-carekey-session='))
      for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) assert.ok(line.includes(flag), line)
      assert.ok(!/Domain|Expires|Max-Age/.test(line), line)
      const me = await browser.get('/me')
      assert.equal(me.body.username, sue.username)
      assert.ok(!JSON.stringify(me.body).includes(browser.cookie('__Host-carekey-session')))
      assert.equal((await browser.post('/sign-out', { formToken: before })).status, 403, 'forms from before are dead')
    })

    await t.test('who sees what, with reasons for the office alone', async () => {
      assert.equal((await browser.get('/profile')).status, 200)
      assert.equal((await browser.get(`/invoices/${sue.party}`)).status, 200)
      const refused = await browser.get(`/invoices/${ann.party}`)
      assert.deepEqual([refused.status, refused.body.code], [403, 'actor.not_allowed'])
      assert.ok(!JSON.stringify(refused.body).includes('hidden.'))
      const { body } = await browser.get(`/why/${ann.party}`)
      assert.equal(body.allowed, false)
      assert.match(body.because[0].code, /^hidden\./)
      assert.equal((await browser.get('/invoices/nobody')).status, 422)
    })

    await t.test('changing the password renews the session; a script sends the token as a header', async () => {
      const old = browser.cookie('__Host-carekey-session')
      const fields = { current: GOOD, password: 'Harbour#58 gull', confirm: 'Harbour#58 gull' }
      const wrong = await browser.post('/change', { ...fields, current: 'no' }, { 'x-form-token': await formToken() })
      assert.deepEqual([wrong.status, wrong.body.code], [422, 'password.current_wrong'])
      assert.equal((await browser.post('/change', fields, { 'x-form-token': await formToken() })).body, 'done')
      assert.notEqual(browser.cookie('__Host-carekey-session'), old)
      assert.equal((await browser.get('/me')).status, 200)
      await assert.rejects(here.agency.session(old), { code: 'session.ended' })
    })

    await t.test('signing out ends it', async () => {
      const token = browser.cookie('__Host-carekey-session')
      assert.equal((await browser.post('/sign-out', { formToken: await formToken() })).body, 'done')
      assert.equal(browser.cookie('__Host-carekey-session'), undefined)
      assert.equal((await browser.get('/me')).status, 401)
      await assert.rejects(here.agency.session(token), { code: 'session.ended' })
    })

    await t.test('"remember me" lasts as long as the session', async () => {
      await signIn({ password: 'Harbour#58 gull', remember: 'on' })
      const line = browser.set.findLast((one) => one.startsWith('__Host-carekey-session='))
      assert.match(line, /Expires=Wed, 01 Apr 2026 09:00:00 GMT/)
    })

    await t.test('a disabled account is out at once', async () => {
      await here.office.disable(sue.account)
      assert.equal((await browser.get('/me')).status, 401)
      assert.equal(browser.cookie('__Host-carekey-session'), undefined)
    })

    await t.test('a temporary password leads to choosing one, and then in', async () => {
      const [{ body }] = (await here.agency.outbox.claim(100)).filter(({ address }) => address === 'ann@example.com')
      const password = body.reveal().match(/Temporary password: (.*)/)[1]
      assert.equal((await signIn({ username: 'ann@example.com', password })).body.status, 'change_password')
      assert.equal((await browser.get('/me')).status, 401)
      const typed = { password: GOOD, confirm: GOOD }
      const weak = await browser.post('/choose', { password: 'short', confirm: 'short', formToken: await formToken() })
      assert.equal(weak.status, 422)
      assert.equal((await browser.post('/choose', { ...typed, formToken: await formToken() })).body, 'granted')
      assert.equal((await browser.get('/me')).body.username, 'ann@example.com')
      const again = await browser.post('/choose', { ...typed, formToken: await formToken() })
      assert.deepEqual([again.status, again.body.code], [401, 'step.refused'])
    })
  })

  for (const [ticked, lasts] of [[{ remember: 'on' }, 'Wed, 01 Apr 2026 09:00:00 GMT'], [{}, undefined]]) {
    test(`the cookie of a session on ${name}, ${lasts ? 'remembered' : 'not remembered'}, through all steps`, async (t) => {
      const here = await desk({ policy: new Policy({ questions: { count: 1 } }) })
      await here.office.addParty({ name: 'Ann Young', roles: ['client'], email: 'ann@example.com' })
      const words = await sent(here.agency, 'ann@example.com')
      const browser = new Browser(await portal(t, here))
      const post = async (path, fields) =>
        (await browser.post(path, { ...fields, formToken: (await browser.get('/form')).body.formToken })).body
      const expires = () => {
        const line = browser.set.findLast((one) => one.startsWith('__Host-carekey-session='))
        return line.match(/Expires=([^;]*)/)?.[1]
      }

      const password = words[words.indexOf('password:') + 1]
      assert.deepEqual(await post('/sign-in', { username: 'ann@example.com', password, ...ticked }), { status: 'change_password' })
      assert.equal(await post('/choose', { password: GOOD, confirm: GOOD }), 'set_questions')
      assert.equal(await post('/questions', { question: 'first_pet', answer: 'Bramble' }), 'granted')
      assert.equal(expires(), lasts)
      const first = browser.cookie('__Host-carekey-session')
      const fields = { current: GOOD, password: 'Harbour#58 gull', confirm: 'Harbour#58 gull' }
      assert.equal(await post('/change', fields), 'done')
      assert.notEqual(browser.cookie('__Host-carekey-session'), first)
      assert.equal(expires(), lasts)
    })
  }

  test(`an invitation on ${name} makes an account, or is linked to the one that is signed in`, async (t) => {
    const here = await desk()
    const base = await portal(t, here)
    const [browser, stranger] = [new Browser(base), new Browser(base)]
    const post = async (who, path, fields) =>
      (await who.post(path, { ...fields, formToken: (await who.get('/form')).body.formToken })).body
    const { party } = await here.office.addParty({ name: 'Carla Bennett', roles: ['family'], email: 'carla@example.com' })
    await here.office.invite({ party })
    const link = (await sent(here.agency, 'carla@example.com')).find((word) => word.includes('#'))
    assert.equal((await browser.get('/contacts')).body.code, 'session.ended')
    assert.equal(await post(browser, '/redeem', { link }), 'new_account')
    assert.equal((await browser.get('/me')).status, 401, 'a redeemed link signs nobody in')
    assert.equal(await post(browser, '/choose', { password: GOOD, confirm: GOOD }), 'granted')
    const { body } = await browser.get('/contacts')
    assert.deepEqual(body.addresses, ['carla@example.com'])
    assert.ok(!body.logged.includes(browser.cookie('__Host-carekey-session')), 'no log shows the token')

    await here.office.addApplication({ number: 'A-7', family: party })
    const code = (await sent(here.agency, 'carla@example.com')).find((word) => /^[0-9A-Z]{5}-[0-9A-Z]{5}\W?$/.test(word)).slice(0, 11)
    assert.equal(await post(stranger, '/redeem', { code, contact: 'A-7' }), 'sign_in_first')
    assert.equal(await post(browser, '/redeem', { code, contact: 'A-7' }), 'linked')
    assert.equal((await here.office.application('A-7')).onlineAccount.linked, 'carla@example.com')
  })

  test(`the device on ${name} is known through refusals, a lock, signing out and a recovery`, async (t) => {
    const here = await desk({ policy: new Policy({ questions: { count: 0 }, throttle: { failures: 1 } }) })
    const sue = await active(here, { role: 'client' })
    const base = await portal(t, here)
    const [browser, stranger] = [new Browser(base), new Browser(base)]
    const post = async (who, path, fields) =>
      (await who.post(path, { ...fields, formToken: (await who.get('/form')).body.formToken })).body
    const signIn = async (who, password = GOOD) => (await post(who, '/sign-in', { username: sue.username, password })).status
    const device = () => browser.cookie('__Host-carekey-device')

    assert.equal(await signIn(browser), 'granted')
    const line = browser.set.findLast((one) => one.startsWith('__Host-carekey-device='))
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Expires=Sat, 29 Aug 2026 09:00:00 GMT']) {
      assert.ok(line.includes(flag), line)
    }
    const first = device()

    // A stranger locks the name: the session goes on, and the device signs in again.
    assert.equal(await signIn(stranger, 'wrong'), 'refused')
    assert.equal(await signIn(stranger), 'refused')
    assert.equal(stranger.cookie('__Host-carekey-device'), undefined)
    assert.equal((await browser.get('/me')).status, 200)
    assert.equal(await post(browser, '/sign-out'), 'done')
    assert.equal(device(), first)
    here.clock.advance(86_400_000)
    assert.equal(await signIn(stranger, 'wrong'), 'refused')
    assert.equal(await signIn(browser), 'granted')
    assert.equal(device(), first)
    assert.match(browser.set.findLast((one) => one.startsWith('__Host-carekey-device=')), /Expires=Sun, 30 Aug 2026/)

    // The session ends by itself; a refusal of its own takes the device away neither.
    here.clock.advance(86_400_000)
    assert.equal((await browser.get('/me')).status, 401)
    assert.equal(browser.cookie('__Host-carekey-session'), undefined)
    assert.equal(await signIn(browser, 'wrong'), 'refused')
    assert.equal(device(), first)

    // A recovery ends all devices, and knows the one that it was done at.
    const begun = await here.agency.recover({ username: sue.username })
    const code = (await sent(here.agency, 'sue@example.com')).find((word) => /^\d{6,}$/.test(word))
    const { token } = await here.agency.recoveryCode({ step: begun, code })
    const typed = { password: 'Harbour#58 gull', confirm: 'Harbour#58 gull' }
    assert.equal(await post(browser, '/recovered', { step: token.reveal(), ...typed }), 'active')
    assert.notEqual(device(), first)
    assert.equal(browser.cookie('__Host-carekey-session'), undefined)
    assert.equal(await signIn(stranger, 'wrong'), 'refused')
    assert.equal(await signIn(browser, 'Harbour#58 gull'), 'granted')
  })
}

test('Passport', async (t) => {
  const here = await desk({ policy: new Policy({ questions: { count: 0 }, throttle: { failures: 2 } }) })
  const sue = await active(here, { role: 'client' })
  const own = new passport.Passport()
  const { serialize, deserialize } = keeping(here.agency)
  own.serializeUser(serialize)
  own.deserializeUser(deserialize)
  own.use(new CarekeyStrategy({ agency: here.agency }))
  const app = express()
  app.use(express.urlencoded({ extended: false }))
  app.use(session({ secret: 'only a test', resave: false, saveUninitialized: false }))
  app.use(own.session())
  app.post('/sign-in', (req, res, next) => own.authenticate('carekey', (error, user, info) => {
    if (error) return next(error)
    if (!user) return res.status(401).json({ status: info.status })
    req.logIn(user, (failed) => (failed ? next(failed) : res.json({ status: 'granted' })))
  })(req, res, next))
  app.post('/change', async (req, res) => {
    const typed = { password: 'Harbour#58 gull', confirm: 'Harbour#58 gull' }
    keepDevice(req, await here.agency.changePassword({ session: req.user.token, current: GOOD, ...typed }))
    res.json('done')
  })
  app.get('/me', (req, res) => (req.isAuthenticated() ? res.json(req.user.username) : res.sendStatus(401)))
  app.use(onExpress.errors())
  const server = await listening(app)
  t.after(() => server.close())
  const browser = new Browser(`http://127.0.0.1:${server.address().port}`)

  assert.deepEqual(await browser.post('/sign-in', {}), { status: 401, body: { status: 'refused' } })
  const wrong = { username: sue.username, password: 'wrong' }
  assert.deepEqual(await browser.post('/sign-in', wrong), { status: 401, body: { status: 'refused' } })
  assert.equal((await browser.get('/me')).status, 401)
  const right = { username: sue.username, password: GOOD }
  // Nobody is signed in as another by another site.
  const forced = new Browser(`http://127.0.0.1:${server.address().port}`)
  assert.equal((await forced.post('/sign-in', right, { 'sec-fetch-site': 'cross-site' })).status, 403)
  assert.deepEqual([forced.set, (await forced.get('/me')).status], [[], 401])
  assert.deepEqual(await browser.post('/sign-in', right), { status: 200, body: { status: 'granted' } })
  assert.equal((await browser.get('/me')).body, sue.username)
  // The device is known: no stranger's guesses keep it out.
  const device = browser.cookie('__Host-carekey-device')
  assert.match(browser.set.findLast((one) => one.startsWith('__Host-carekey-device=')), /HttpOnly; Secure; SameSite=Lax/)
  const stranger = new Browser(`http://127.0.0.1:${server.address().port}`)
  for (let times = 0; times < 2; times++) await stranger.post('/sign-in', wrong)
  assert.equal((await stranger.post('/sign-in', right)).status, 401)
  assert.equal((await browser.get('/me')).status, 200)
  assert.equal((await browser.post('/sign-in', right)).status, 200)
  assert.equal(browser.cookie('__Host-carekey-device'), device)
  const changed = { username: sue.username, password: 'Harbour#58 gull' }
  assert.equal((await browser.post('/change', {})).body, 'done')
  assert.notEqual(browser.cookie('__Host-carekey-device'), device)
  assert.equal((await browser.post('/sign-in', changed)).status, 200)
  await here.office.disable(sue.account)
  assert.equal((await browser.get('/me')).status, 401)
})
