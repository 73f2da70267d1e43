'use strict'

// What is packed, what npm installs of it, how it is bundled, and what it says
// where it lacks something.

const { cpSync, mkdirSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const esbuild = require('esbuild')
const { folder } = require('../desk')
const { THIS, beside, installed, run } = require('./installed')

test('npm installs the package of this platform and of no other', () => {
  const { cwd, fetched, packed, platforms } = installed
  assert.deepEqual(packed.map(({ name }) => name), ['carekey', `carekey-${THIS}`])
  assert.deepEqual(fetched.toSorted(), packed.map(({ file }) => file).toSorted())
  const { optionalDependencies, version, devDependencies, scripts } = require(join(cwd, 'node_modules/carekey/package.json'))
  assert.deepEqual(optionalDependencies, Object.fromEntries(platforms.map(({ name }) => [name, version])))
  assert.deepEqual([devDependencies, scripts], [undefined, undefined])
  const linux = platforms.filter(({ os }) => os[0] === 'linux').map(({ name, cpu, libc }) => [name, cpu[0], libc[0]])
  assert.deepEqual(linux.toSorted(), [
    ['carekey-linux-arm64-gnu', 'arm64', 'glibc'], ['carekey-linux-arm64-musl', 'arm64', 'musl'],
    ['carekey-linux-x64-gnu', 'x64', 'glibc'], ['carekey-linux-x64-musl', 'x64', 'musl']
  ])
})

test('a package has what it needs, its licences, and nothing else', () => {
  const [main, native] = installed.packed.map(({ files }) => files)
  for (const files of [main, native]) {
    for (const paper of ['LICENSE-MIT', 'LICENSE-APACHE', 'README.md']) assert.ok(files.includes(paper), paper)
  }
  assert.deepEqual(native.toSorted(), ['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', `carekey.${THIS}.node`, 'package.json'])
  const strangers = main.filter((file) => !/^(index\.|lib\/(index|native)\.js$|types\/\w+\.d\.ts$|web\/\w+(\.d\.ts|\.js)$|LICENSE|README|package\.json)/.test(file))
  assert.deepEqual(strangers, [])
})

test('a bundle has carekey beside it or inside, and its native module beside it', async () => {
  const cwd = beside()
  const program = join(cwd, 'bundled.mjs')
  writeFileSync(program, `
    import { Directory } from 'carekey'
    import { carekey } from 'carekey/web'
    const directory = await Directory.open('memory:', { key: new Uint8Array(32) })
    const agency = await directory.createAgency({ code: '1', name: 'A', linkBase: 'https://a.example' }, { actor: { support: 'Pat' } })
    const { status } = await carekey({ agency }).signedIn(() => new Response())(new Request('https://a.example/'))
    console.log(status)`)
  for (const [name, options] of [['external', { external: ['carekey', 'carekey/*'] }], ['inside', {}]]) {
    const outfile = join(cwd, `${name}.mjs`)
    // A bundle of ES modules needs a `require` for what stays outside of it.
    const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }
    await esbuild.build({ entryPoints: [program], outfile, bundle: true, platform: 'node', format: 'esm', banner, logLevel: 'error', ...options })
    assert.equal((await run(process.execPath, [outfile], { cwd })).stdout, '401\n', name)
  }
})

test('a platform whose package is not there is named', async (t) => {
  const { cwd } = installed
  const says = (before = '', from = cwd) => run(process.execPath, ['-e', `${before}; require('carekey')`], { cwd: from })
    .then(() => assert.fail('loaded'), ({ stderr }) => stderr)
  const pretend = (platform, arch) => `Object.defineProperty(process, 'platform', { value: '${platform}' }); Object.defineProperty(process, 'arch', { value: '${arch}' })`
  assert.match(await says(pretend('linux', 'riscv64')), /carekey-linux-riscv64-\w+ is not installed: carekey is built for linux-x64-gnu, linux-x64-musl/)
  assert.match(await says(pretend('win32', 'x64')), /carekey-win32-x64-msvc is not installed: install carekey on the platform/)
  // Only the system's files are pretended: what it says, and whether the loader of musl is there.
  const system = (ldd) => `const fs = require('fs'); const { existsSync, readFileSync } = fs
    fs.existsSync = (path) => /ld-musl/.test(path) || existsSync(path)
    fs.readFileSync = (path, ...rest) => { if (path !== '/usr/bin/ldd') return readFileSync(path, ...rest); ${ldd} }`
  assert.match(await says(`${pretend('linux', 'x64')}; ${system("return 'musl libc (x86_64)'")}`), /carekey-linux-x64-musl is not installed/)
  // Its loader on a machine of glibc, and one without `ldd`.
  for (const ldd of ["return 'GNU C Library'", "throw new Error('none')"]) {
    await run(process.execPath, ['-e', `${system(ldd)}; require('carekey')`], { cwd })
  }
  // Without it, as with `--omit=optional`.
  const alone = folder(t)
  const modules = join(alone, 'node_modules')
  cpSync(join(cwd, 'node_modules/carekey'), join(modules, 'carekey'), { recursive: true })
  assert.match(await says('', alone), new RegExp(`the package carekey-${THIS} is not installed: install carekey on the platform`))
  // One that does not load says itself why.
  mkdirSync(join(modules, `carekey-${THIS}`))
  writeFileSync(join(modules, `carekey-${THIS}/index.node`), 'no module')
  writeFileSync(join(modules, `carekey-${THIS}/package.json`), '{ "main": "index.node" }')
  assert.match(await says('', alone), /ERR_DLOPEN_FAILED/)
})
