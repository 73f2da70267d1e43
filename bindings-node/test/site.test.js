'use strict'

// What every site refuses, and how: against who comes without a session, who
// asks for another's, another site in the same browser, and a return address
// that leads elsewhere. On each framework over HTTP.

const http = require('node:http')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const express = require('express')
const fastify = require('fastify')
const { serve } = require('@hono/node-server')
const { Hono } = require('hono')
const onExpress = require('../web/express')
const onFastify = require('../web/fastify')
const onFetch = require('../web/web')
const { Browser } = require('./browser')
const { GOOD, active, desk } = require('./desk')

const ORIGINS = ['https://login.example.com']
const { returnPath } = onFetch

const ON = {
  async Express (test, options) {
    const { carekey, errors, requireVisit, sees, signedIn } = onExpress
    const app = express()
    app.use(carekey(options), express.urlencoded())
    app.get('/me', signedIn(), (req, res) => {
      requireVisit(req.carekey)
      res.json(req.carekey.user.username)
    })
    app.get('/open', (req, res) => res.json('open'))
    app.get('/invoices/:client', sees('invoices', async (req) => ({ party: req.params.client })), (req, res) => res.json('seen'))
    app.post('/sign-in', async (req, res) => {
      const { status } = await req.carekey.signIn({ username: req.body.username, password: req.body.password })
      if (status === 'granted') res.redirect(303, returnPath(req.body.next))
      else res.status(401).json(status)
    })
    app.all('/any', (req, res) => res.json('done'))
    app.get('/broken', () => { throw new Error('of the host') })
    app.use(errors())
    app.use((error, req, res, next) => res.status(500).json(error.message))
    const server = await new Promise((resolve) => { const one = app.listen(0, '127.0.0.1', () => resolve(one)) })
    test.after(() => server.close())
    return `http://127.0.0.1:${server.address().port}`
  },

  async Fastify (test, options) {
    const { carekey, errors, requireVisit, sees, signedIn } = onFastify
    const app = fastify()
    await app.register(require('@fastify/formbody'))
    await app.register(carekey, options)
    app.setErrorHandler(errors())
    app.get('/me', { preHandler: signedIn() }, async (request, reply) => {
      requireVisit(request.carekey)
      return reply.type('application/json').send(JSON.stringify(request.carekey.user.username))
    })
    app.get('/open', async () => '"open"')
    app.get('/invoices/:client', { preHandler: sees('invoices', async ({ params }) => ({ party: params.client })) }, async () => '"seen"')
    app.post('/sign-in', async ({ carekey: visit, body }, reply) => {
      const { status } = await visit.signIn({ username: body.username, password: body.password })
      return status === 'granted' ? reply.redirect(returnPath(body.next), 303) : reply.code(401).send(JSON.stringify(status))
    })
    app.all('/any', async () => '"done"')
    app.get('/broken', async () => { throw new Error('of the host') })
    test.after(() => app.close())
    return app.listen({ port: 0, host: '127.0.0.1' })
  },

  // As middleware: the visit in the context, errors where Hono catches them.
  async Hono (test, options) {
    const { carekey, requireVisit } = onFetch
    const site = carekey(options)
    const app = new Hono()
    app.use(async (c, next) => {
      const answer = await site.handle(c.req.raw, async (visit) => {
        c.set('visit', visit)
        await next()
        return c.res
      }, { source: 'middleware' })
      c.res = undefined
      c.res = answer
    })
    app.onError((error, c) => error.code ? site.refuse(error, c.req.raw) : c.json(error.message, 500))
    app.get('/me', (c) => {
      const visit = c.get('visit')
      requireVisit(visit)
      return c.json(visit.user.username)
    })
    app.get('/open', (c) => c.json('open'))
    app.get('/invoices/:client', async (c) => {
      await c.get('visit').mustSee('invoices', { party: c.req.param('client') })
      return c.json('seen')
    })
    app.post('/sign-in', async (c) => {
      const { username, password, next } = await c.req.parseBody()
      const { status } = await c.get('visit').signIn({ username, password })
      return status === 'granted' ? c.redirect(returnPath(next), 303) : c.json(status, 401)
    })
    app.all('/any', (c) => c.json('done'))
    app.get('/broken', () => { throw new Error('of the host') })
    return listening(test, app.fetch)
  },

  // A function for each route and method, as Next calls them: with the request and a promise of its parameters.
  async Handlers (test, options) {
    const { carekey } = onFetch
    const site = carekey(options)
    const json = (value, init) => Response.json(value, init)
    const routes = {
      '/me': { GET: site.signedIn((request, { user }) => json(user.username)) },
      '/open': { GET: site.anyone(() => json('open')) },
      '/invoices/:client': {
        GET: site.sees('invoices', async (request, { params }) => ({ party: (await params).client }), () => json('seen'))
      },
      '/sign-in': {
        POST: site.anyone(async (request, visit) => {
          const { username, password, next } = Object.fromEntries(await request.formData())
          const { status } = await visit.signIn({ username, password })
          // `Response.redirect` takes no more headers, and gets the cookies all the same.
          return status === 'granted' ? Response.redirect(new URL(returnPath(next), request.url), 303) : json(status, { status: 401 })
        })
      },
      '/any': Object.fromEntries(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [method, site.anyone(() => json('done'))])),
      '/broken': { GET: site.anyone(() => { throw new Error('of the host') }) }
    }
    return listening(test, async (request) => {
      const [, first, client] = new URL(request.url).pathname.split('/')
      const handler = routes[client ? `/${first}/:client` : `/${first}`][request.method]
      return handler(request, { params: Promise.resolve({ client }) }).catch((error) => json(error.message, { status: 500 }))
    })
  }
}

const listening = (test, fetch) => new Promise((resolve) => {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(`http://127.0.0.1:${port}`))
  test.after(() => server.close())
})

/** Exactly these headers: `fetch` would add and refuse some. */
const ask = (base, path, { method = 'GET', headers = {}, body } = {}) => new Promise((resolve, reject) => {
  const { hostname, port } = new URL(base)
  const request = http.request({ hostname, port, path, method, headers }, (answer) => {
    let text = ''
    answer.setEncoding('utf8').on('data', (piece) => { text += piece }).on('end', () => {
      resolve({ status: answer.statusCode, headers: answer.headers, text })
    })
  })
  request.on('error', reject).end(body)
})

const PAGE = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

for (const [name, start] of Object.entries(ON)) {
  test(`a site: ${name}`, async (t) => {
    const here = await desk()
    const sue = await active(here, { role: 'client' })
    const ann = await here.office.addParty({ name: 'Ann Young', roles: ['client'], email: 'ann@example.com' })
    const base = await start(t, { agency: here.agency, signIn: '/sign-in', origins: ORIGINS })
    const browser = new Browser(base)
    const signIn = (next) => browser.post('/sign-in', { username: sue.username, password: GOOD, ...(next && { next }) })

    await t.test('a browser is sent to sign in, and comes back to where it wanted', async () => {
      for (const [path, next] of [
        ['/me', '/me'], ['/me?a=1&b=//evil.example', '/me?a=1&b=//evil.example'],
        [`/invoices/${sue.party}`, `/invoices/${sue.party}`]
      ]) {
        const { status, headers, text } = await ask(base, path, { headers: { accept: PAGE } })
        assert.deepEqual([status, text, headers['cache-control']], [303, '', 'no-store'])
        assert.equal(headers.location, `/sign-in?next=${encodeURIComponent(next)}`)
        assert.equal(returnPath(new URL(headers.location, base).searchParams.get('next')), next)
      }
    })

    await t.test('a program is told the problem, in its language', async () => {
      for (const accept of [undefined, '*/*', 'application/json', 'application/problem+json, text/html;q=0.5', 'text/html;q=0']) {
        const { status, headers, text } = await ask(base, '/me', { headers: accept ? { accept } : {} })
        assert.deepEqual([status, headers['content-type'], headers['cache-control']], [401, 'application/problem+json', 'no-store'])
        assert.deepEqual(JSON.parse(text), {
          type: 'urn:carekey:session.ended',
          title: 'the session is over; sign in again',
          status: 401,
          code: 'session.ended',
          findings: []
        })
      }
      const titles = await Promise.all(['es-US, en;q=0.5', 'xx, es;q=0.9', '*', '"><script>, \u00e9'].map(async (language) =>
        JSON.parse((await ask(base, '/me', { headers: { 'accept-language': Buffer.from(language).toString('latin1') } })).text).title))
      assert.equal(titles[0], titles[1])
      assert.notEqual(titles[0], titles[2])
      assert.equal(titles[2], titles[3])
    })

    await t.test('what the host throws is the host\'s', async () => {
      const { status, text } = await ask(base, '/broken')
      assert.equal(status, 500)
      assert.match(text, /of the host/)
    })

    await t.test('somebody who signed in sees their own, and it is in no cache', async () => {
      const { status, headers } = await ask(base, '/open')
      assert.deepEqual([status, headers['cache-control']], [200, undefined])
      assert.equal((await signIn()).status, 303)
      assert.deepEqual(await browser.get('/me'), { status: 200, body: sue.username })
      const cookie = `__Host-carekey-session=${browser.cookie('__Host-carekey-session')}`
      assert.equal((await ask(base, '/open', { headers: { cookie } })).headers['cache-control'], 'no-store')
      assert.equal((await browser.get(`/invoices/${sue.party}`)).body, 'seen')
      const api = await browser.get(`/invoices/${ann.party}`)
      assert.deepEqual([api.status, api.body.code], [403, 'actor.not_allowed'])
      const page = await ask(base, `/invoices/${ann.party}`, { headers: { accept: PAGE, cookie } })
      assert.deepEqual([page.status, page.headers['content-type']], [403, 'text/html; charset=utf-8'])
      assert.match(page.text, /<html lang="en">[^]*<h1>the actor may not do this/)
      const spanish = await ask(base, `/invoices/${ann.party}`, { headers: { accept: PAGE, cookie, 'accept-language': 'es-MX,es;q=0.9' } })
      assert.match(spanish.text, /<html lang="es(-mx)?">/)
      assert.match(spanish.headers['content-language'], /^es/)
      assert.notEqual(spanish.text.match(/<h1>.*/)[0], page.text.match(/<h1>.*/)[0])
    })

    await t.test('another site cannot make a browser change anything', async () => {
      const host = new URL(base).host
      const cookie = `__Host-carekey-session=${browser.cookie('__Host-carekey-session')}`
      const own = `http://${host}`
      const cases = [
        // What a browser says of its own page, of the address bar, and of others.
        [{ 'sec-fetch-site': 'same-origin', origin: own }, 200],
        [{ 'sec-fetch-site': 'same-origin' }, 200],
        [{ 'sec-fetch-site': 'none' }, 200],
        [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
        [{ 'sec-fetch-site': 'cross-site' }, 403],
        [{ 'sec-fetch-site': 'same-site', origin: `https://other.${host}` }, 403],
        [{ 'sec-fetch-site': 'made-up' }, 403],
        [{ 'sec-fetch-site': 'cross-site', origin: own }, 403],
        // Browsers of before.
        [{ origin: own }, 200],
        [{ origin: 'https://evil.example' }, 403],
        [{ origin: 'null' }, 403],
        [{ origin: `${own}.evil.example` }, 403],
        [{ origin: `http://evil.example/${host}` }, 403],
        [{ origin: '' }, 403],
        [{ origin: 'http://127.0.0.1:1' }, 403],
        // One that the host trusts, and what looks like it.
        [{ 'sec-fetch-site': 'cross-site', origin: ORIGINS[0] }, 200],
        [{ 'sec-fetch-site': 'cross-site', origin: `${ORIGINS[0]}.evil.example` }, 403],
        // No browser: nobody's cookies come against their will.
        [{}, 200]
      ]
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        for (const [headers, expected] of cases) {
          const { status, text } = await ask(base, '/any', { method, headers: { ...headers, cookie } })
          assert.equal(status, expected, `${method} ${JSON.stringify(headers)}: ${text}`)
          if (status === 403) assert.equal(JSON.parse(text).code, 'actor.not_allowed')
        }
      }
      // A link from elsewhere is only a link; signing somebody in as another is refused too.
      assert.equal((await ask(base, '/any', { headers: { 'sec-fetch-site': 'cross-site', cookie } })).status, 200)
      const stranger = new Browser(base)
      const forced = await stranger.post('/sign-in', { username: sue.username, password: GOOD }, { 'sec-fetch-site': 'cross-site' })
      assert.deepEqual([forced.status, stranger.set], [403, []])
    })

    await t.test('a form that was sent too late leads to signing in, and nowhere else', async () => {
      await here.office.disable(sue.account)
      const { status, headers } = await ask(base, '/me', {
        headers: { accept: PAGE, cookie: `__Host-carekey-session=${browser.cookie('__Host-carekey-session')}` }
      })
      assert.equal(status, 303)
      assert.match(headers['set-cookie'].join(), /__Host-carekey-session=; .*1970/)
      // The path is the request's: one that a browser would read as a host is not offered again.
      const odd = await ask(base, '//evil.example/..', { headers: { accept: PAGE } }).catch(() => ({ headers: {} }))
      assert.doesNotMatch(decodeURIComponent(odd.headers.location ?? ''), /next=\/\//)
    })
  })

  test(`a return address stays here: ${name}`, async (t) => {
    const here = await desk()
    const sue = await active(here, { role: 'client' })
    const base = await start(t, { agency: here.agency })
    for (const [next, stays] of [['//evil.example', '/'], ['/\\evil.example', '/'], ['/me?x=1', '/me?x=1']]) {
      const { status, headers } = await ask(base, '/sign-in', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: String(new URLSearchParams({ username: sue.username, password: GOOD, next }))
      })
      assert.equal(status, 303)
      const { origin, pathname, search } = new URL(headers.location, base)
      assert.deepEqual([origin, pathname + search], [base, stays])
    }
  })
}

test('a return address is a path of this site, as any browser reads it', () => {
  const elsewhere = [
    'https://evil.example', 'HTTPS://evil.example/', 'http:evil.example', 'javascript:alert(1)', 'data:text/html,x', 'evil.example',
    '', ' ', '.', '../..', '?x', '#x', ' /me', '\t/me',
    '//evil.example', '///evil.example', '////evil.example', '//evil.example/%2e%2e', '//user@evil.example',
    '/\\evil.example', '\\/evil.example', '\\\\evil.example', '/me\\..\\..\\evil.example',
    '/\t/evil.example', '/\n/evil.example', '/\r\n/evil.example', '/\r\nSet-Cookie: a=b', '/\u0000/evil.example', '/ /evil.example',
    '\u0001//evil.example', '/\u007f',
    '%2F%2Fevil.example', '/%2Fevil.example', '/%2fevil.example', '/%5Cevil.example', '/%5cevil.example',
    '/%252Fevil.example', '/%25255cevil.example',
    '/.//evil.example', '/..//evil.example', '/%2e//evil.example', '/%2E%2E//evil.example', '/a/..//evil.example',
    '/a/../%2Fevil.example', '/./\\evil.example', '/.\t//evil.example',
    `/${'a'.repeat(2048)}`, null, undefined, 1, {}, ['/me'], ['//evil.example']
  ]
  for (const given of elsewhere) {
    assert.equal(returnPath(given), '/', JSON.stringify(given))
    assert.equal(returnPath(given, '/home'), '/home')
  }
  for (const given of ['/', '/me', '/me?x=//evil.example', '/me#//evil.example', '/a//b', '/a?next=%2F%2Fevil', '/%20', '/%C3%A9', '/@evil', '/:80']) {
    assert.equal(returnPath(given), given)
  }
  assert.equal(returnPath('/a/../b'), '/b')
  assert.equal(returnPath('/é'), '/%C3%A9')
  // Whatever is let through, however it is read, leads here.
  const pieces = ['/', '\\', '.', '%2f', '%5c', '%2e', '\t', '@', 'evil.example', ':', '?', '#', '%25']
  let passed = 0
  for (let number = 0; number < pieces.length ** 4; number++) {
    const given = '/' + [0, 1, 2, 3].map((place) => pieces[Math.floor(number / pieces.length ** place) % pieces.length]).join('')
    const path = returnPath(given, '')
    if (path === '') continue
    passed++
    for (const read of [path, path.replace(/%25/g, '%'), path.replace(/%2f/gi, '/').replace(/%5c/gi, '\\')]) {
      assert.equal(new URL(read, 'https://here.example').host, 'here.example', given)
    }
  }
  assert.ok(passed > 1000, String(passed))
})

test('a guard without a visit, and answers that are thrown', async () => {
  const { agency } = await desk()
  assert.throws(() => onFetch.requireVisit(undefined), { name: 'TypeError', message: /carekey\(\) goes before/ })
  const site = onFetch.carekey({ agency, page: ({ title, status }, locale) => `<b lang=${locale}>${status} ${title}</b>` })
  const get = (handler, headers = {}) => handler(new Request('http://here.example/a', { headers }))
  const thrown = await get(site.anyone((request, { formToken }) => {
    assert.ok(formToken)
    throw new Response('elsewhere', { status: 303, headers: { location: '/b', 'cache-control': 'private' } })
  }))
  assert.deepEqual([thrown.status, thrown.headers.get('location'), thrown.headers.get('cache-control')], [303, '/b', 'private'])
  assert.match(thrown.headers.getSetCookie()[0], /^__Host-carekey-form=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  // Without a path for signing in a browser is shown the page of the host.
  const page = await get(site.signedIn(() => assert.fail()), { accept: PAGE })
  assert.deepEqual([page.status, await page.text()], [401, '<b lang=en>401 the session is over; sign in again</b>'])
  await assert.rejects(get(site.anyone(() => { throw new TypeError('of the host') })), { message: 'of the host' })
})
