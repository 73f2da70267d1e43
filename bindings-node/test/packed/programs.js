'use strict'

// The programs that our pages show, word for word.

const { readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const assert = require('node:assert/strict')
const { TOOLS, run } = require('./installed')

/** The programs of a page in a language, from top to bottom. */
const shown = (page, language) =>
  [...readFileSync(join(__dirname, '../../..', page), 'utf8').matchAll(/```(\w+)\n(.*?)```/gs)]
    .filter(([, name]) => name === language).map(([, , code]) => code)

const [signIn, errors, portal, rosters] = shown('bindings-node/README.md', 'js')
const [route] = shown('bindings-node/README.md', 'ts')
const [fastify, hono] = shown('docs/node.md', 'ts')

const CLOSE = 'await directory.close()\n'
/** The first program, that goes on. */
const opened = signIn.replace(CLOSE, '')
/** The module by which the others have their agency. It is a name that never is undefined, for TypeScript. */
const agency = `${opened}const opened = agency\nexport { opened as agency, directory }\n`

/** Writes programs as strict TypeScript, and makes them to be run. */
async function compile (cwd, programs, lib = []) {
  for (const [name, code] of Object.entries(programs)) writeFileSync(join(cwd, `${name}.mts`), code)
  writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      strict: true, noUncheckedIndexedAccess: true, target: 'es2022', lib: ['es2022', 'esnext.disposable', ...lib], module: 'nodenext', types: ['node']
    },
    include: ['*.mts']
  }))
  await run(process.execPath, [join(TOOLS, 'typescript/bin/tsc'), '-p', cwd], { cwd })
    .catch(({ stdout }) => assert.fail(stdout))
}

module.exports = { CLOSE, agency, compile, errors, fastify, hono, opened, portal, rosters, route, signIn }
