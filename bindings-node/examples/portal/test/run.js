// Runs the tests, or those that are named, with one browser and one making of
// their agencies for all of them; what else is given goes to `node --test`.

import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { LAUNCH } from './launch.js'
import { PORT, templates } from './template.js'

const folder = fileURLToPath(new URL('.', import.meta.url))
const given = process.argv.slice(2)
const files = given.some((one) => one.endsWith('.test.js'))
  ? []
  : readdirSync(folder).filter((name) => name.endsWith('.test.js')).map((name) => folder + name)

const server = await chromium.launchServer(LAUNCH)
const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', ...given, ...files], {
  stdio: 'inherit', env: { ...process.env, PORTAL_BROWSER: server.wsEndpoint(), PORTAL_PORT: PORT, PORTAL_TEMPLATES: templates() }
})
// Who stops the run stops the tests, and so the browser.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => tests.kill(signal))
tests.on('exit', async (code) => {
  await server.close()
  process.exitCode = code ?? 1
})
