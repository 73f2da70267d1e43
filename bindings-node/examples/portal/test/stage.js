// A portal with an agency in a file, and a real browser in front of it.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Directory } from 'carekey'
import { demoContent } from '../demo/content.js'
import { PASSWORD, activate, seed } from '../demo/seed.js'
import { portal } from '../lib/app.js'
import { theBrowser } from './browser.js'
import { DESKTOP } from './look.js'

export { PASSWORD }
export { look, speak } from './look.js'

/** The agency with everybody still to be let in, or with those of the demonstration let in. */
export async function stage (test, { active = false, scripts = true, clock } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'))
  const directory = await Directory.open(`sqlite:${join(folder, 'portal.db')}`, { key: new Uint8Array(32).fill(7), clock })
  // Links lead to where the portal listens, which has to be known first.
  const port = await freePort()
  const base = `http://localhost:${port}`
  const agency = await seed(directory, { linkBase: base })
  if (active) await activate(agency)
  const app = await portal({ agency, content: await demoContent(agency), mailbox: true })
  await app.listen({ port, host: 'localhost' })
  const office = agency.actingAs({ support: 'Customer Support' })
  const browser = await theBrowser()
  const contexts = []
  test.after(async () => {
    for (const context of contexts) await context.close()
    await app.close()
    await directory.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Someone with a browser of their own. */
  const someone = async ({ locale = 'en-US', javaScriptEnabled = scripts } = {}) => {
    const context = await browser.newContext({ locale, baseURL: base, javaScriptEnabled, viewport: DESKTOP, timezoneId: 'America/New_York' })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const wrong = []
    page.on('pageerror', (error) => wrong.push(String(error)))
    page.on('console', (message) => {
      // A refusal has a status that the console repeats; what the policy of the page bars is an error.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) wrong.push(message.text())
    })
    test.after(() => assert.deepEqual(wrong, []))
    return page
  }
  return { agency, base, office, someone }
}

function freePort () {
  return new Promise((resolve) => {
    const server = createServer().listen(0, 'localhost', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** The newest message to an address, as its reader sees it. */
export async function letter (page, address) {
  await page.goto(`/mail?to=${encodeURIComponent(address)}`)
  return page.locator('.letter .text').first().innerText()
}

export const linkIn = (text) => text.match(/\S+#\S+/)[0]

/** Types a new password twice, and waits until every rule is ticked off. */
export async function typePassword (page, password = PASSWORD) {
  await page.fill('[name=password]', password)
  await page.locator('#rules:not(:has(.unmet))').waitFor()
  await page.fill('[name=confirm]', password)
}

export async function submit (page, name) {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()])
}

export async function signIn (page, username, { password = PASSWORD, remember = false, button = 'Sign in' } = {}) {
  await page.goto('/sign-in')
  await page.fill('[name=username]', username)
  await page.fill('[name=password]', password)
  if (remember) await page.check('[name=remember]')
  await submit(page, button)
}

export const ANSWERS = [['first_pet', 'Bramble'], ['first_school', 'Hillside'], ['childhood_street', 'Juniper Lane']]

export async function answerQuestions (page, button = 'Save my answers') {
  for (const [n, [question, answer]] of ANSWERS.entries()) {
    await page.selectOption(`[name=question${n + 1}]`, question)
    await page.fill(`[name=answer${n + 1}]`, answer)
  }
  await submit(page, button)
}

/** The tabs of who is signed in. */
export const tabs = (page, label = 'My account') =>
  page.getByRole('navigation', { name: label }).getByRole('link').allInnerTexts()

export const path = (page) => new URL(page.url()).pathname
