// Looking at a page: its reading, axe-core's, its width, and its picture. It knows
// nothing of whose page it is.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { PORTAL } from './pages.js'
import { withPalette } from './palette.js'
import { reading } from './reading.js'

const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1280, height: 900 }

/** Where every page is put as each of its readers sees it, to be gone over by eye; of those of the guide there is `IMAGES`. */
const EVERY = process.env.SCREENSHOTS

const IMAGES = process.env.UPDATE_SCREENSHOTS && fileURLToPath(new URL('../../../../docs/images', import.meta.url))

/** All that axe-core knows; colours alone; all but colours, which cost it most. */
const ALL = { resultTypes: ['violations'] }
const COLOURS = { ...ALL, runOnly: ['color-contrast'] }
const WORDS = { ...ALL, rules: { 'color-contrast': { enabled: false } } }

/** What is looked at anew on each screen: in the dark, and in another language, only what differs there. */
const SCREENS = {
  first: [[PHONE, 'light', ALL], [PHONE, 'dark', COLOURS], [DESKTOP, 'dark', COLOURS], [DESKTOP, 'light', ALL]],
  again: [[PHONE, 'light', WORDS], [DESKTOP, 'light', WORDS]]
}

/**
 * Looks at a page as its readers would: on a phone and on a desktop, in the light
 * and in the dark, in both languages: the browser loads it again, or sends once
 * more the form that it is the answer to. Where that would be another page,
 * `again: false` leaves it in its language.
 */
export async function look (page, name, { again = true, cookie, pages = PORTAL } = {}) {
  assert.ok(pages.isAt(name, new URL(page.url()).pathname), `${name} is not at ${page.url()}`)
  for (const locale of again ? ['en', 'es'] : [await page.getAttribute('html', 'lang')]) {
    if (again) await speak(page, locale, cookie)
    assert.deepEqual(await reading(page), [], `${name} in ${locale}`)
    for (const [viewport, colorScheme, rules] of SCREENS[again && locale === 'es' ? 'again' : 'first']) {
      const screen = viewport === PHONE ? 'phone' : 'desktop'
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      // Not in the middle of a change of colours.
      await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))).then(() => {}))
      const what = `${name} (${[locale, screen, colorScheme].join(', ')})`
      assert.deepEqual(await violations(page, rules), [], what)
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${what} is too wide`)
      const picture = [name, screen, locale === 'es' && 'es', colorScheme === 'dark' && 'dark'].filter(Boolean).join('-')
      if (EVERY && colorScheme === 'light') await page.screenshot({ path: join(EVERY, `${name}-${screen}-${locale}.png`), fullPage: true, animations: 'disabled' })
      if (IMAGES && pages.pictures.has(picture)) await shoot(page, picture, viewport)
    }
  }
  if (again) await speak(page, 'en', cookie)
}

/** As much of a page as is good to look at. */
async function shoot (page, name, { width, height: least }) {
  const height = Math.max(least, Math.min(1400, await page.evaluate('document.documentElement.scrollHeight')))
  await page.setViewportSize({ width, height })
  writeFileSync(join(IMAGES, `${name}.png`), withPalette(await page.screenshot({ animations: 'disabled' })))
}

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
async function violations (page, rules) {
  // Once for each document that was loaded.
  if (!await page.evaluate('"axe" in globalThis')) await page.evaluate(axe.source)
  const found = await page.evaluate((rules) => globalThis.axe.run(document, rules), rules)
  return found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`)
}
