// A portal with an agency in a file, and a real browser in front of it.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { Directory } from 'carekey'
import { demoContent } from '../demo/content.js'
import { PASSWORD, activate, seed } from '../demo/seed.js'
import { portal } from '../lib/app.js'
import { theBrowser } from './browser.js'
import { reading } from './reading.js'

export { PASSWORD }

const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1280, height: 900 }

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const SCREENSHOTS = process.env.UPDATE_SCREENSHOTS ? at('../../../../docs/images') : at('../target/screenshots')
mkdirSync(SCREENSHOTS, { recursive: true })

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

/**
 * Looks at a page as its readers would: on a phone and on a desktop, in the light
 * and in the dark, in both languages: the browser loads it again, or sends once
 * more the form that it is the answer to. Where that would be another page,
 * `again: false` leaves it in its language.
 */
export async function look (page, name, { again = true } = {}) {
  for (const locale of again ? ['en', 'es'] : [await page.getAttribute('html', 'lang')]) {
    if (again) await speak(page, locale)
    assert.deepEqual(await reading(page), [], `${name} in ${locale}`)
    // Another language has other lengths and the same colours.
    const schemes = locale === 'es' && again ? ['light'] : ['dark', 'light']
    const screens = [['phone', PHONE], ['desktop', DESKTOP]].flatMap((screen) => schemes.map((scheme) => [...screen, scheme]))
    for (const [where, viewport, colorScheme] of screens) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const what = `${name} (${[locale, where, colorScheme].join(', ')})`
      assert.deepEqual(await violations(page), [], what)
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${what} is too wide`)
      const suffix = [where, locale === 'es' && 'es', colorScheme === 'dark' && 'dark'].filter(Boolean).join('-')
      if (shown(name, suffix)) await shoot(page, `${name}-${suffix}`, viewport)
    }
  }
  if (again) await speak(page, 'en')
}

/** As much of a page as is good to look at. */
async function shoot (page, name, { width, height: least }) {
  const height = Math.max(least, Math.min(1400, await page.evaluate('document.documentElement.scrollHeight')))
  await page.setViewportSize({ width, height })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: 'disabled' })
}

/** All of them while working; a dozen for the guide. */
const shown = (name, suffix) => !process.env.UPDATE_SCREENSHOTS || GUIDE.has(`${name}-${suffix}`)

const GUIDE = new Set([
  'sign-in-desktop', 'create-password-phone', 'questions-phone-es', 'invitation-phone', 'client-home-desktop',
  'client-home-phone-dark', 'invoice-desktop', 'payer-calendar-desktop', 'users-desktop', 'users-phone',
  'roster-preview-desktop', 'bulk-accounts-desktop', 'invitations-desktop', 'invitations-phone-es',
  'month-party-desktop', 'month-merge-desktop-es', 'month-review-desktop'
])

/** Has the page in that language: the same page, as far as its parts tell. */
export async function speak (page, locale) {
  if (await page.getAttribute('html', 'lang') === locale) return
  const parts = () => page.locator('[role=alert], .results, table, form').count()
  const before = await parts()
  const { hostname } = new URL(page.url())
  await page.context().addCookies([{ name: 'locale', value: locale, domain: hostname, path: '/' }])
  await page.reload()
  assert.equal(await page.getAttribute('html', 'lang'), locale)
  assert.equal(await parts(), before, `${page.url()} in ${locale}`)
}

/** What keeps people out: serious and critical ones of WCAG 2.2 A and AA, and of best practice. */
async function violations (page) {
  // Once for each document that was loaded.
  if (!await page.evaluate('"axe" in globalThis')) await page.evaluate(axe.source)
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
  return found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`)
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
