// How long a program waits for `carekey`, as it is published, beside
// @node-rs/argon2: each in processes of their own, by turns; the fastest of
// them, since whatever else the machine does only adds.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stage } from './pack.mjs'

const here = fileURLToPath(new URL('..', import.meta.url))
const cwd = mkdtempSync(join(tmpdir(), 'carekey-import-'))
const ways = {
  require: (name) => ['-e', `const t = performance.now(); require('${name}'); console.log(performance.now() - t)`],
  import: (name) => ['--input-type=module', '-e', `const t = performance.now(); await import('${name}'); console.log(performance.now() - t)`]
}
try {
  await stage(join(cwd, 'node_modules'))
  symlinkSync(join(here, 'node_modules/@node-rs'), join(cwd, 'node_modules/@node-rs'))
  for (const [way, program] of Object.entries(ways)) {
    const times = { carekey: [], '@node-rs/argon2': [] }
    for (let round = 0; round < 25; round++) {
      for (const name in times) times[name].push(Number(execFileSync(process.execPath, program(name), { cwd, encoding: 'utf8' })))
    }
    const [carekey, argon2] = Object.values(times).map((all) => Math.min(...all))
    console.log(`beside | ${way} of the package | ${carekey.toFixed(1)} ms | @node-rs/argon2: ${argon2.toFixed(1)} ms | ${(argon2 / carekey).toFixed(2)} |`)
    if (way === 'require') console.log(`reach | node-require | ${(carekey / argon2).toFixed(2)} times |`)
  }
} finally {
  rmSync(cwd, { recursive: true, force: true })
}
