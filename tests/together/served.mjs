// A site that Python serves, in the browser of the portal's tests.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { theBrowser } from '../../bindings-node/examples/portal/test/browser.js'
import { look } from '../../bindings-node/examples/portal/test/look.js'
import { nameOf, pagesOf } from '../../bindings-node/examples/portal/test/table.js'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))

export const path = (page) => new URL(page.url()).pathname

export async function submit (page, name) {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()])
}

/**
 * Starts the script, which says on one line where it is and who is there, and serves until its input ends. `enter` is
 * what its button to sign in is called.
 */
export async function served (script, table, { prefix, cookie, enter }) {
  const site = spawn(process.env.CAREKEY_PYTHON ?? 'python3', [at(script)], { stdio: ['pipe', 'pipe', 'inherit'] })
  after(() => site.stdin.end())
  const [line] = await once(createInterface(site.stdout), 'line')
  const here = JSON.parse(line)
  const looked = new Set()
  const pages = pagesOf(table)

  const see = async (page, name, options) => {
    await look(page, `${prefix}-${name}`, { cookie, pages, ...options })
    looked.add(`${prefix}-${name}`)
  }

  /** Of all addresses: each is in the table, was looked at, and has its picture. */
  const seen = (addresses) => {
    assert.deepEqual([...addresses].sort(), Object.keys(table).sort())
    assert.deepEqual(Object.values(table).filter((picture) => !looked.has(nameOf(picture))), [])
    assert.deepEqual(Object.values(table).filter((picture) => !existsSync(at(`../../docs/images/${picture}.png`))), [])
  }

  async function someone (test, locale = 'en-US') {
    const context = await (await theBrowser()).newContext({ baseURL: here.base, locale })
    test.after(() => context.close())
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const wrong = []
    page.on('pageerror', (error) => wrong.push(String(error)))
    test.after(() => assert.deepEqual(wrong, []))
    return page
  }

  async function signIn (page, username, password = here.password) {
    await page.goto('/sign-in')
    await page.fill('[name=username]', username)
    await page.fill('[name=password]', password)
    await submit(page, enter)
  }

  return { ...here, someone, signIn, see, seen }
}
