// Makes the packages that are published: carekey, and one for each platform
// whose native module is in native/. carekey names all of them as optional
// dependencies, and npm installs the one that fits the machine. `node
// scripts/pack.mjs FOLDER` packs them into that folder.
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseTriple } from '@napi-rs/cli'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('..', import.meta.url))
const { scripts, devDependencies, overrides, napi, files, ...manifest } =
  JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'))
const PAPERS = ['LICENSE-MIT', 'LICENSE-APACHE']
const LIBC = { gnu: 'glibc', musl: 'musl' }

/** What npm reads of the package of each platform, whether it is built here or not. */
export const platforms = napi.targets.map((triple) => {
  const { platformArchABI, platform, arch, abi } = parseTriple(triple)
  const main = `carekey.${platformArchABI}.node`
  const { version, license, engines } = manifest
  return {
    name: `carekey-${platformArchABI}`,
    version,
    description: `The native module of carekey for ${platformArchABI}.`,
    license,
    engines,
    os: [platform],
    cpu: [arch],
    ...(platform === 'linux' && { libc: [LIBC[abi]] }),
    main,
    files: [main, ...PAPERS]
  }
})

/** carekey as it is published: lib/ in one file beside the loader, since each file costs at every start. */
async function stageMain (folder) {
  const code = [...files.filter((name) => name !== 'lib' && name !== 'native'), 'lib/native.js']
  const whole = {
    ...manifest,
    files: [...code, 'lib/index.js', ...PAPERS],
    optionalDependencies: Object.fromEntries(platforms.map(({ name, version }) => [name, version]))
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(whole, null, 2))
  for (const name of code) cpSync(join(here, name), join(folder, name), { recursive: true })
  const beside = { name: 'beside', setup: (all) => { all.onResolve({ filter: /^\.\/native$/ }, ({ path }) => ({ path, external: true })) } }
  await build({
    entryPoints: [join(here, 'lib/index.js')],
    outfile: join(folder, 'lib/index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    plugins: [beside],
    minifyWhitespace: true,
    logLevel: 'error'
  })
  papers(folder, readFileSync(join(here, 'README.md'), 'utf8'))
}

function stagePlatform (folder, whole) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(whole, null, 2))
  copyFileSync(join(here, 'native', whole.main), join(folder, whole.main))
  papers(folder, `# ${whole.name}\n\n${whole.description} Install \`carekey\`, which brings it.\n`)
}

function papers (folder, readme) {
  writeFileSync(join(folder, 'README.md'), readme)
  for (const name of PAPERS) copyFileSync(join(here, '..', name), join(folder, name))
}

/** Puts each package into a folder of its name; those that were built, with carekey first. */
export async function stage (folder) {
  const built = platforms.filter(({ main }) => existsSync(join(here, 'native', main)))
  await stageMain(join(folder, 'carekey'))
  for (const whole of built) stagePlatform(join(folder, whole.name), whole)
  return ['carekey', ...built.map(({ name }) => name)]
}

/** Packs them into a folder; answers the names of the packages and of their files. */
export async function pack (destination) {
  const staged = mkdtempSync(join(tmpdir(), 'carekey-pack-'))
  mkdirSync(destination, { recursive: true })
  try {
    return (await stage(staged)).map((name) => {
      const said = execFileSync('npm', ['pack', '--json', '--pack-destination', resolve(destination)],
        { cwd: join(staged, name), encoding: 'utf8', shell: process.platform === 'win32' })
      const [packed] = Object.values(JSON.parse(said))
      return { name, file: packed.filename, files: packed.files.map(({ path }) => path) }
    })
  } finally {
    rmSync(staged, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { file } of await pack(process.argv[2] ?? 'packed')) console.log(file)
}
