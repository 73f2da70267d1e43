'use strict'

// The README's route on Next, with the one line of configuration that the guide
// has: built, started and asked.

const { cpSync, mkdirSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const { THIS, brought, env, installed, run } = require('./installed')
const { agency, route } = require('./programs')
const { askRoute, clients, serve } = require('./served')

const ours = (name) => `${name}@${require(`${name}/package.json`).version}`
const PACKAGES = ['next@16.4.6', 'react@19.3.1', 'react-dom@19.3.1', '@types/react@19.3.1', ours('@types/node'), ours('typescript')]

test('the route of the README, on Next', async (t) => {
  const cwd = await brought(t, PACKAGES)
  // Copied, since a link that leads out of its folder is not followed by Next.
  for (const name of ['carekey', `carekey-${THIS}`, 'cookie']) {
    cpSync(join(installed.cwd, 'node_modules', name), join(cwd, 'node_modules', name), { recursive: true })
  }
  const folder = join(cwd, 'app/invoices/[client]')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'route.ts'), route)
  writeFileSync(join(folder, 'agency.mjs'), agency)
  writeFileSync(join(cwd, 'next.config.mjs'), "export default { serverExternalPackages: ['carekey'] }\n")
  const people = await clients(cwd)

  const next = join(cwd, 'node_modules/next/dist/bin/next')
  await run(process.execPath, [next, 'build'], { cwd, env }).catch(({ stdout, stderr }) => assert.fail(stdout + stderr))
  const base = await serve(t, cwd, process.execPath, [next, 'start', '--hostname', '127.0.0.1'])
  await askRoute(base, people)
})
