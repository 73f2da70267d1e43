'use strict'

// The native module of this machine: in the package of its platform, which npm
// brings as an optional dependency, or where it was built here.

const { existsSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

/** What loads programs on musl: it is there wherever they run, and elsewhere where somebody wanted it too. */
const MUSL = { x64: '/lib/ld-musl-x86_64.so.1', arm64: '/lib/ld-musl-aarch64.so.1' }

/** Whether C programs run on musl here, as on Alpine, by the system's own words. */
function isMusl () {
  const loader = MUSL[process.arch]
  if (loader !== undefined && !existsSync(loader)) return false
  try {
    return readFileSync('/usr/bin/ldd', 'latin1').includes('musl')
  } catch {
    // An image with hardly more than Node: slower, and as sure.
    const { header } = /** @type {any} */ (process.report.getReport())
    return header.glibcVersionRuntime === undefined
  }
}

/** What the platform is called in the names of packages. */
function platform () {
  const { platform, arch } = process
  if (platform === 'linux') return `linux-${arch}-${isMusl() ? 'musl' : 'gnu'}`
  return platform === 'win32' ? `win32-${arch}-msvc` : `${platform}-${arch}`
}

function load () {
  const name = platform()
  const wanted = `carekey-${name}`
  try {
    return require(wanted)
  } catch (thrown) {
    const error = /** @type {any} */ (thrown)
    // One that is there and does not load says itself why.
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    const built = join(__dirname, `../native/carekey.${name}.node`)
    if (existsSync(built)) return require(built)
    const there = Object.keys(/** @type {any} */ (require('carekey/package.json')).optionalDependencies ?? {})
    const why = there.length === 0 || there.includes(wanted)
      ? 'install carekey on the platform where it runs, and without leaving out optional dependencies'
      : `carekey is built for ${there.map((one) => one.slice('carekey-'.length)).join(', ')}`
    throw Object.assign(new Error(`the package ${wanted} is not installed: ${why}`, { cause: error }), { code: error.code })
  }
}

module.exports = load()
