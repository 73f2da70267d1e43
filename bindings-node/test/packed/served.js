'use strict'

// A program that serves the agency of the README, and who asks it.

const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { createServer } = require('node:http')
const { join } = require('node:path')
const { setTimeout: pause } = require('node:timers/promises')
const assert = require('node:assert/strict')
const { ManualClock } = require('../..')
const { GOOD, active, desk } = require('../desk')
const { env } = require('./installed')

/** The README's agency in a folder, with a client who is signed in, and another one's party. */
async function clients (cwd) {
  const here = await desk({ address: `sqlite:${join(cwd, 'agency.db')}`, clock: new ManualClock(new Date()) })
  const { username, party } = await active(here, { name: 'Ann Young', role: 'client', email: 'ann@example.com' })
  const other = await here.office.addParty({ name: 'Bob Hill', roles: ['client'], email: 'bob@example.com' })
  const { session } = await here.agency.signIn({ username, password: GOOD })
  await here.directory.close()
  return { username, party, other: other.party, token: session.token.reveal() }
}

/** A port that is free; not sure for long, but a server whose program we may not touch must be told one. */
async function freePort () {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A program that serves on `PORT`, from when it answers until the end of the test; answers its address. */
async function serve (test, cwd, program, args) {
  const port = String(await freePort())
  const child = spawn(program, args, { cwd, env: { ...env, PORT: port } })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(text))
  const ended = once(child, 'exit')
  test.after(() => child.kill() && ended)
  const base = `http://127.0.0.1:${port}`
  const until = Date.now() + 60_000
  while (!await fetch(base, { redirect: 'manual' }).then(() => true, () => false)) {
    assert.ok(child.exitCode === null && Date.now() < until, said.join(''))
    await pause(50)
  }
  return base
}

/** Asks the README's route: as nobody with a browser and with a program, and as a client for their own and another's. */
async function askRoute (base, { party, other, token }) {
  const ask = async (client, headers) => {
    const answer = await fetch(`${base}/invoices/${client}`, { headers, redirect: 'manual' })
    return [answer.status, answer.headers.get('location') ?? await answer.json()]
  }
  const cookie = `__Host-carekey-session=${token}`
  assert.deepEqual(await ask(party, { accept: 'text/html' }), [303, `/sign-in?next=%2Finvoices%2F${party}`])
  const [status, { code }] = await ask(party)
  assert.deepEqual([status, code], [401, 'session.ended'])
  assert.deepEqual(await ask(party, { cookie }), [200, { invoices: [], of: 'Ann Young' }])
  const [refused, problem] = await ask(other, { cookie })
  assert.deepEqual([refused, problem.code], [403, 'actor.not_allowed'])
}

module.exports = { askRoute, clients, serve }
