'use strict'

// The examples of the README, one after the other, as one program.

const { execFileSync } = require('node:child_process')
const { readFileSync, rmSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const { folder } = require('./desk')

test('the examples of the README run', (t) => {
  const text = readFileSync(join(__dirname, '../README.md'), 'utf8')
  const [signIn, errors, portal, rosters] = [...text.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code)
  const cwd = folder(t)
  writeFileSync(join(cwd, 'staff.csv'), 'Role,Name,Email\nOffice Staff,Felicia Conner,felicia@example.com\n')
  // Inside the package, so that it is found by its name.
  const script = join(__dirname, '../native/readme.mjs')
  t.after(() => rmSync(script, { force: true }))
  writeFileSync(script, [
    "import { Roster } from 'carekey'",
    'const showInvoices = (req, res) => res.send([])',
    signIn.replace('await directory.close()', ''),
    'const office = agency.actingAs(support)',
    errors, portal, rosters,
    'const server = app.listen(0)',
    // eslint-disable-next-line no-template-curly-in-string
    'const answered = await fetch(`http://127.0.0.1:${server.address().port}/sign-in`)',
    'console.log(answered.status, (await answered.text()).includes(\'name="formToken"\'))',
    'server.close()',
    'await directory.close()'
  ].join('\n'))
  const env = { ...process.env, CAREKEY_KEY: Buffer.alloc(32, 7).toString('base64') }
  const said = execFileSync(process.execPath, [script], { cwd, env, encoding: 'utf8' })
  assert.match(said, /^to sue@example\.com: /m)
  assert.match(said, /^email .+/m)
  assert.match(said, /^1 of 1$/m)
  assert.match(said, /^2 created 104fconner$/m)
  assert.match(said, /^200 true$/m)
  assert.match(said, /^Sue Wright$/m)
})
