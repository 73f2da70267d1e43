// Looking at a page: its reading, axe-core's, its width, and its picture. It knows
// nothing of whose page it is.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { reading } from './reading.js'

const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1280, height: 900 }

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const SCREENSHOTS = process.env.UPDATE_SCREENSHOTS ? at('../../../../docs/images') : at('../target/screenshots')
mkdirSync(SCREENSHOTS, { recursive: true })

/**
 * Looks at a page as its readers would: on a phone and on a desktop, in the light
 * and in the dark, in both languages: the browser loads it again, or sends once
 * more the form that it is the answer to. Where that would be another page,
 * `again: false` leaves it in its language.
 */
export async function look (page, name, { again = true, cookie } = {}) {
  for (const locale of again ? ['en', 'es'] : [await page.getAttribute('html', 'lang')]) {
    if (again) await speak(page, locale, cookie)
    assert.deepEqual(await reading(page), [], `${name} in ${locale}`)
    // Another language has other lengths and the same colours.
    const schemes = locale === 'es' && again ? ['light'] : ['dark', 'light']
    const screens = [['phone', PHONE], ['desktop', DESKTOP]].flatMap((screen) => schemes.map((scheme) => [...screen, scheme]))
    for (const [where, viewport, colorScheme] of screens) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      // Not in the middle of a change of colours.
      await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))).then(() => {}))
      const what = `${name} (${[locale, where, colorScheme].join(', ')})`
      assert.deepEqual(await violations(page), [], what)
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${what} is too wide`)
      const suffix = [where, locale === 'es' && 'es', colorScheme === 'dark' && 'dark'].filter(Boolean).join('-')
      if (shown(name, suffix)) await shoot(page, `${name}-${suffix}`, viewport)
    }
  }
  if (again) await speak(page, 'en', cookie)
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

/** Has the page in that language, which a cookie says: the same page, as far as its parts tell. */
export async function speak (page, locale, cookie = 'locale') {
  if (await page.getAttribute('html', 'lang') === locale) return
  const parts = () => page.locator('[role=alert], .results, table, form').count()
  const before = await parts()
  const { hostname } = new URL(page.url())
  await page.context().addCookies([{ name: cookie, value: locale, domain: hostname, path: '/' }])
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
