// One browser for all tests: that of the run (`test/run.js`), or where a file is
// run by itself, one of its own. Whoever comes has a context, with no one else's cookies.

import { after } from 'node:test'
import { chromium } from 'playwright-core'
import { LAUNCH } from './launch.js'

let browser

export function theBrowser () {
  browser ??= process.env.PORTAL_BROWSER ? chromium.connect(process.env.PORTAL_BROWSER) : chromium.launch(LAUNCH)
  return browser
}

after(async () => (await browser)?.close())
