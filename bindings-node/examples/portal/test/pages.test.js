// Every page is looked at, and has its picture: a new one without fails here.

import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { portal } from '../lib/app.js'
import { PAGES, PORTAL } from './pages.js'
import { nameOf } from './table.js'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Those that lead elsewhere, or are files. */
const NO_PAGES = ['/', '/public/*']

test('every address of the portal has a page that a story looks at', async () => {
  const routes = []
  const app = await portal({ agency: {}, content: {}, mailbox: true, onRoute: ({ method, url }) => [method].flat().includes('GET') && routes.push(url) })
  await app.close()
  assert.ok(routes.length > 40)
  assert.deepEqual(routes.filter((url) => !NO_PAGES.includes(url)).sort(), Object.keys(PAGES).sort())
  const stories = readdirSync(at('.')).filter((name) => name.endsWith('.test.js')).map((name) => readFileSync(at(name), 'utf8')).join('\n')
  // `look` holds the address of the page against the table.
  const looked = new Set([...stories.matchAll(/\blook\(\w+, ['`]([^'`]+)['`]/g)].map(([, name]) => name))
  const isLooked = (name) => looked.has(name) || [...looked].some((one) => one.includes('${') && name.startsWith(one.split('${')[0]))
  assert.deepEqual([...PORTAL.pictures].map(nameOf).filter((name) => !isLooked(name)), [])
})

test('every page has its picture, of few bytes', () => {
  const file = (picture) => at(`../../../../docs/images/${picture}.png`)
  assert.deepEqual([...PORTAL.pictures].filter((picture) => !existsSync(file(picture))), [])
  assert.deepEqual([...PORTAL.pictures].filter((picture) => statSync(file(picture)).size > 80_000), [])
})
