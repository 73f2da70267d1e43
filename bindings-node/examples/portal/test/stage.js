// A portal with an agency in a file, and a real browser in front of it.

import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoContent } from '../demo/content.js'
import { PASSWORD } from '../demo/seed.js'
import { portal } from '../lib/app.js'
import { theBrowser } from './browser.js'
import { BASE, PORT, made, opened, templates, verifyExport } from './template.js'
import { DESKTOP } from './look.js'

export { PASSWORD }
export { look, speak } from './look.js'

/** The agency with everybody still to be let in, or with those of the demonstration let in. */
export async function stage (test, { active = false, scripts = true, clock } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'))
  // As the run made it; with a clock of its own, as of then.
  if (!clock) cpSync(join(templates(), active ? 'active' : 'waiting'), folder, { recursive: true })
  const directory = await opened(folder, clock)
  const agency = clock ? await made(directory, active) : await directory.agency('104')
  const app = await portal({ agency, content: await demoContent(agency), verifyExport, mailbox: true })
  await app.listen({ port: PORT, host: 'localhost' })
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
    const context = await browser.newContext({ locale, baseURL: BASE, javaScriptEnabled, viewport: DESKTOP, timezoneId: 'America/New_York' })
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
  return { agency, base: BASE, office, someone }
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
