'use strict'

// The programs of the README on Bun and Deno, where npm brings these.

const { existsSync, readdirSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const { folder } = require('../desk')
const { beside, brought, env, run } = require('./installed')
const { agency, route, signIn } = require('./programs')
const { askRoute, clients, serve } = require('./served')

const RUNTIMES = {
  Bun: {
    package: 'bun@1.4.5',
    scope: '@oven',
    binary: 'bin/bun',
    run: [],
    serve: `Bun.serve({
      hostname: '127.0.0.1', port: process.env.PORT, routes: { '/invoices/:client': (request) => answer(request, request.params.client) }
    })`
  },
  Deno: {
    package: 'deno@2.9.6',
    scope: '@deno',
    binary: 'deno',
    run: ['run', '--allow-ffi', '--allow-read', '--allow-env', '--allow-net'],
    serve: `Deno.serve({ hostname: '127.0.0.1', port: Number(Deno.env.get('PORT')) },
      (request) => answer(request, new URL(request.url).pathname.split('/').at(-1)))`
  }
}

for (const [name, runtime] of Object.entries(RUNTIMES)) {
  test(`the README's first program and its route on ${name}`, async (t) => {
    const scope = join(await brought(t, [runtime.package]), 'node_modules', runtime.scope)
    if (!existsSync(scope)) return t.skip('npm brings none for this platform')
    const [platform] = readdirSync(scope)
    const program = (file) => [join(scope, platform, runtime.binary), [...runtime.run, join(programs, file)]]
    const programs = beside()
    writeFileSync(join(programs, 'first.mjs'), signIn)
    writeFileSync(join(programs, 'agency.mjs'), agency)
    writeFileSync(join(programs, 'route.ts'), route)
    writeFileSync(join(programs, 'served.mjs'), `
      import { GET } from './route.ts'
      const answer = (request, client) => GET(request, { params: Promise.resolve({ client }) })
      ${runtime.serve}`)

    const first = { cwd: folder(t), env }
    for (const says of ['to sue@example.com: Your account with Harbor Home Care\n', '']) {
      assert.equal((await run(...program('first.mjs'), first)).stdout, says)
    }
    const cwd = folder(t)
    const people = await clients(cwd)
    await askRoute(await serve(t, cwd, ...program('served.mjs')), people)
  })
}
