'use strict'

// The packages as they are published, installed by npm from a registry into an
// empty folder; and there, nowhere near the sources, the programs of the
// README: as strict TypeScript, run twice, the second time on the database of
// the first.

const { execFile, execFileSync } = require('node:child_process')
const { createServer } = require('node:http')
const { mkdirSync, readFileSync, readdirSync, renameSync, symlinkSync, writeFileSync } = require('node:fs')
const { dirname, join } = require('node:path')
const { promisify } = require('node:util')
const { before, test } = require('node:test')
const assert = require('node:assert/strict')
const esbuild = require('esbuild')
const { folder } = require('./desk')

const run = promisify(execFile)
const TOOLS = dirname(require.resolve('typescript/package.json')) + '/..'
const env = { ...process.env, CAREKEY_KEY: Buffer.alloc(32, 7).toString('base64') }
const [, THIS] = readdirSync(join(__dirname, '../native')).map((name) => name.match(/^carekey\.(.*)\.node$/)).find(Boolean)

let cwd, packed, platforms
/** What npm fetched of ours. */
const fetched = []

/** A registry that has our packages, and sends on who asks for others. */
async function registry (test, files) {
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
  const scripts = await import('../scripts/pack.mjs')
  const files = folder(t)
  packed = await scripts.pack(files)
  platforms = scripts.platforms
  cwd = folder(t)
  writeFileSync(join(cwd, 'package.json'), '{ "private": true }')
  // A cache of its own: that of the machine may have the packages of another day.
  const from = ['--registry', await registry(t, files), '--cache', folder(t)]
  await run('npm', ['install', 'carekey', ...from, '--no-audit', '--no-fund'], { cwd })
  // What a portal has beside carekey.
  for (const name of ['express', '@types']) symlinkSync(join(TOOLS, name), join(cwd, 'node_modules', name))
})

test('npm installs the package of this platform and of no other', () => {
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
  const [main, native] = packed.map(({ files }) => files)
  for (const files of [main, native]) {
    for (const paper of ['LICENSE-MIT', 'LICENSE-APACHE', 'README.md']) assert.ok(files.includes(paper), paper)
  }
  assert.deepEqual(native.toSorted(), ['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', `carekey.${THIS}.node`, 'package.json'])
  const strangers = main.filter((file) => !/^(index\.|lib\/(index|native)\.js$|types\/\w+\.d\.ts$|web\/\w+(\.d\.ts|\.js)$|LICENSE|README|package\.json)/.test(file))
  assert.deepEqual(strangers, [])
})

test('the programs of the README, as strict TypeScript, twice', async () => {
  const text = readFileSync(join(__dirname, '../README.md'), 'utf8')
  const [signIn, errors, portal, rosters] = [...text.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code)
  const [route] = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code)
  const close = 'await directory.close()\n'
  writeFileSync(join(cwd, 'first.mts'), signIn)
  writeFileSync(join(cwd, 'agency.mts'), signIn.replace(close, '') + 'const opened = agency\nexport { opened as agency, directory }\n')
  writeFileSync(join(cwd, 'route.mts'), route)
  writeFileSync(join(cwd, 'whole.mts'), [
    signIn.replace(close, ''), errors, portal, rosters,
    "import { GET } from './route.mjs'",
    "import { directory as others } from './agency.mjs'",
    'const server = app.listen(0)',
    'const { port } = server.address() as { port: number }',
    'const ask = (path: string, accept: string) =>',
    // eslint-disable-next-line no-template-curly-in-string
    '  fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept }, redirect: \'manual\' })',
    'const answers = [await ask(\'/sign-in\', \'text/html\'), await ask(\'/\', \'text/html\'), await ask(\'/invoices/x\', \'*/*\')]',
    'for (const { status, headers } of answers) console.log(status, headers.get(\'location\') ?? headers.get(\'content-type\'))',
    'const routed = await GET(new Request(\'http://localhost/invoices/x\'), { params: Promise.resolve({ client: \'x\' }) })',
    'console.log(\'route\', routed.status)',
    'server.close()', 'await others.close()', close
  ].join('\n'))
  writeFileSync(join(cwd, 'staff.csv'), 'Role,Name,Email\nOffice Staff,Felicia Conner,felicia@example.com\n')
  writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      strict: true, noUncheckedIndexedAccess: true, target: 'es2022', lib: ['es2022', 'esnext.disposable'], module: 'nodenext', types: ['node']
    },
    include: ['*.mts']
  }))
  await run(process.execPath, [join(TOOLS, 'typescript/bin/tsc'), '-p', cwd], { cwd })
    .catch(({ stdout }) => assert.fail(stdout))

  const twice = async (program) => [await run(process.execPath, [program], { cwd, env }), await run(process.execPath, [program], { cwd, env })]
    .map(({ stdout }) => stdout.trimEnd().split('\n'))
  const registered = (name) => `to ${name}@example.com: Your account with Harbor Home Care`
  assert.deepEqual(await twice('first.mjs'), [[registered('sue')], ['']])
  const asked = ['200 text/html; charset=utf-8', '303 /sign-in?next=%2F', '401 application/problem+json', 'route 401']
  const wrong = ['roles falta un rol', 'name falta el nombre', 'email esto no es una dirección de correo electrónico']
  assert.deepEqual(await twice('whole.mjs'), [
    [...wrong, '0 of 1', '1 of 1', '2 created 104fconner', 'Felicia Conner', 'Sue Wright', ...asked],
    [registered('felicia'), ...wrong, '1 of 1', '2 unchanged 104fconner', 'Felicia Conner', 'Sue Wright', ...asked]
  ])
})

test('a bundle has carekey beside it or inside, and its native module beside it', async () => {
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
    // A bundle of ES modules needs a \`require\` for what stays outside of it.
    const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }
    await esbuild.build({ entryPoints: [program], outfile, bundle: true, platform: 'node', format: 'esm', banner, logLevel: 'error', ...options })
    assert.equal((await run(process.execPath, [outfile], { cwd })).stdout, '401\n', name)
  }
})

test('a platform whose package is not there is named', async () => {
  const modules = join(cwd, 'node_modules')
  const says = (before = '') => run(process.execPath, ['-e', `${before}; require('carekey')`], { cwd })
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
  mkdirSync(join(cwd, 'elsewhere'))
  renameSync(join(modules, `carekey-${THIS}`), join(cwd, 'elsewhere/native'))
  assert.match(await says(), new RegExp(`the package carekey-${THIS} is not installed: install carekey on the platform`))
  // One that does not load says itself why.
  mkdirSync(join(modules, `carekey-${THIS}`))
  writeFileSync(join(modules, `carekey-${THIS}/index.node`), 'no module')
  writeFileSync(join(modules, `carekey-${THIS}/package.json`), '{ "main": "index.node" }')
  assert.match(await says(), /ERR_DLOPEN_FAILED/)
})
