'use strict'

// carekey packed, and installed by npm into an empty folder.

const { execFile, execFileSync } = require('node:child_process')
const { createServer } = require('node:http')
const { mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } = require('node:fs')
const { dirname, join } = require('node:path')
const { promisify } = require('node:util')
const { before } = require('node:test')
const { KEY, folder } = require('../desk')

const run = promisify(execFile)
const TOOLS = join(dirname(require.resolve('typescript/package.json')), '..')
const [, THIS] = readdirSync(join(__dirname, '../../native')).map((name) => name.match(/^carekey\.(.*)\.node$/)).find(Boolean)
/** For the programs of the tests; Next is to ask nobody but npm. */
const env = { ...process.env, CAREKEY_KEY: Buffer.from(KEY).toString('base64'), NEXT_TELEMETRY_DISABLED: '1' }

/** From before the first test: where carekey is installed, what was packed, and what npm fetched of ours. */
const installed = { cwd: '', packed: [], platforms: [], fetched: [] }

/** A registry that has our packages, and sends on who asks for others. */
async function registry (test, files) {
  const { packed, platforms, fetched } = installed
  const others = (await run('npm', ['config', 'get', 'registry'])).stdout.trim().replace(/\/$/, '')
  const server = createServer((request, response) => {
    const [, name, file] = request.url.match(/^\/(carekey[^/]*)(?:\/-\/(.*))?$/) ?? []
    const here = `http://127.0.0.1:${server.address().port}`
    if (!name) return response.writeHead(307, { location: others + request.url }).end()
    if (file) {
      fetched.push(file)
      return response.end(readFileSync(join(files, file)))
    }
    const manifest = name === 'carekey'
      ? JSON.parse(execFileSync('tar', ['-xOzf', join(files, packed[0].file), 'package/package.json']))
      : platforms.find((one) => one.name === name)
    if (!manifest) return response.writeHead(404).end()
    const { version } = manifest
    const dist = { tarball: `${here}/${name}/-/${name}-${version}.tgz` }
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } }))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  test.after(() => server.close())
  return `http://127.0.0.1:${server.address().port}`
}

before(async (t) => {
  // What runtimes keep at home is gone after the tests.
  env.HOME = folder(t)
  const scripts = await import('../../scripts/pack.mjs')
  const files = folder(t)
  installed.packed = await scripts.pack(files)
  installed.platforms = scripts.platforms
  // A cache of its own: that of the machine may have the packages of another day.
  installed.cwd = await brought(t, ['carekey', '--registry', await registry(t, files), '--cache', folder(t)])
  // What a portal has beside carekey.
  for (const name of ['express', 'fastify', '@fastify', 'hono', '@hono', '@types']) {
    symlinkSync(join(TOOLS, name), join(installed.cwd, 'node_modules', name))
  }
})

/** An empty folder into which npm installs; no package runs a script there, which might fetch from elsewhere. */
async function brought (test, packages) {
  const cwd = folder(test)
  writeFileSync(join(cwd, 'package.json'), '{ "private": true }')
  await run('npm', ['install', ...packages, '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd })
  return cwd
}

/** A folder where carekey is found, for the programs of one test. */
const beside = () => mkdtempSync(join(installed.cwd, 'programs-'))

module.exports = { THIS, TOOLS, beside, brought, env, installed, run }
