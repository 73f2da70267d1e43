'use strict'

// The portals of our pages, over HTTP.

const { join } = require('node:path')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const { Browser } = require('../browser')
const { GOOD, folder } = require('../desk')
const { beside } = require('./installed')
const { agency, compile, fastify, hono, portal } = require('./programs')
const { clients, serve } = require('./served')

test('the portals of our pages, as strict TypeScript', async (t) => {
  const programs = beside()
  const express = `import { agency } from './agency.mjs'\n${portal}app.listen(Number(process.env.PORT))`
  // The types of Hono name what browsers have.
  await compile(programs, { agency, express, fastify, hono }, ['dom'])

  for (const name of ['express', 'fastify', 'hono']) {
    await t.test(name, async (t) => {
      const cwd = folder(t)
      const { username, party, other } = await clients(cwd)
      const browser = new Browser(await serve(t, cwd, process.execPath, [join(programs, `${name}.mjs`)]))
      const page = { accept: 'text/html' }
      const signIn = async (password, headers) => {
        const { status, location } = await browser.post(`/sign-in?next=/invoices/${party}`, { username, password }, headers)
        return [status, location]
      }

      const { status, location } = await browser.get('/', page)
      assert.deepEqual([status, location], [303, '/sign-in?next=%2F'])
      assert.match((await browser.get('/sign-in', page)).body, /^<form method="post">/)
      assert.equal((await browser.get(`/invoices/${party}`)).body.code, 'session.ended')
      assert.deepEqual(await signIn('not this'), [303, '/sign-in'])
      assert.deepEqual(await signIn(GOOD, { 'sec-fetch-site': 'cross-site' }), [403, undefined])
      assert.equal((await browser.get('/')).status, 401)
      assert.deepEqual(await signIn(GOOD), [303, `/invoices/${party}`])
      assert.deepEqual(await browser.get(`/invoices/${party}`), { status: 200, body: [] })
      assert.equal((await browser.get(`/invoices/${other}`)).body.code, 'actor.not_allowed')
      const { body } = await browser.get('/')
      assert.equal(body.name ?? body, 'Ann Young')
    })
  }
})
