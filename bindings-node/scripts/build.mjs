// Builds the native module for development and tests: with the profile and in
// the folder that every other test uses, where `napi build` would build all of
// the dependencies again. `npm run release` builds what is published.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateTypeDef, parseTriple } from '@napi-rs/cli'

const here = fileURLToPath(new URL('..', import.meta.url))
const host = execFileSync('rustc', ['-vV'], { encoding: 'utf8' }).match(/^host: (.+)$/m)?.[1] ?? ''
const types = join(process.env.CARGO_TARGET_DIR ?? join(here, '../target'), 'napi-types')
const output = join(here, 'native')

mkdirSync(types, { recursive: true })
mkdirSync(output, { recursive: true })
const messages = execFileSync(
  'cargo',
  ['build', '-p', 'carekey-node', '--profile', process.env.CAREKEY_PROFILE ?? 'dev', '--message-format', 'json-render-diagnostics'],
  {
    cwd: here,
    encoding: 'utf8',
    env: { ...process.env, NAPI_TYPE_DEF_TMP_FOLDER: types },
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit']
  })
const built = messages.split('\n').filter(Boolean).map((line) => JSON.parse(line))
  .find((message) => message.reason === 'compiler-artifact' && message.target.name === 'carekey_node')
const library = built.filenames.find((name) => /\.(so|dylib|dll)$/.test(name))

// A file that is in use keeps its contents: the new one takes its place.
const file = join(output, `carekey.${parseTriple(host).platformArchABI}.node`)
rmSync(file, { force: true })
copyFileSync(library, file)
// How it is found is said in lib/native.js.
const { dts, header } = await generateTypeDef({ typeDefDir: types, cwd: here })
writeFileSync(join(output, 'index.d.ts'), header + dts)
