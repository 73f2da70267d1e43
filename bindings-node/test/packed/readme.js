'use strict'

// The programs of the README, run twice: the second time on the database of the
// first.

const { writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const { beside, env, run } = require('./installed')
const { CLOSE, agency, compile, errors, opened, portal, rosters, route, signIn } = require('./programs')

test('the programs of the README, as strict TypeScript, twice', async () => {
  const cwd = beside()
  const whole = [
    opened, errors, portal, rosters,
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
    'server.close()', 'await others.close()', CLOSE
  ].join('\n')
  writeFileSync(join(cwd, 'staff.csv'), 'Role,Name,Email\nOffice Staff,Felicia Conner,felicia@example.com\n')
  await compile(cwd, { first: signIn, agency, route, whole })

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
