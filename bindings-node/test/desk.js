'use strict'

// A small agency for tests.

const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { Directory, ManualClock, Policy } = require('..')

const KEY = new Uint8Array(32).fill(7)
const SUPPORT = { support: 'Pat Long' }
const GOOD = 'Lantern#47 tide'

/** A policy that asks no questions. */
const brief = () => new Policy({ questions: { count: 0 } })

/** An agency in memory, or at another address. */
async function desk ({
  address = 'memory:', policy = brief(), clock = new ManualClock(new Date('2026-03-02T09:00:00Z')), ...settings
} = {}) {
  const directory = await Directory.open(address, { key: KEY, clock })
  const agency = await directory.createAgency(
    { code: '104', name: 'Harbor Home Care', linkBase: 'https://portal.example.com', policy, ...settings },
    { actor: SUPPORT })
  return { agency, clock, directory, office: agency.actingAs(SUPPORT) }
}

/** Someone who is active and can sign in, with their account and party. */
async function active ({ agency, office }, { name = 'Sue Wright', role = 'caregiver', email = 'sue@example.com' } = {}) {
  const { party, enrolled } = await office.addParty({ name, roles: [role], email })
  const { account, username } = enrolled ?? await office.createAccount({ party, role })
  const words = await sent(agency, email)
  const link = words.find((word) => word.includes('://') && word.includes('#'))
  if (link) {
    await agency.activate({ link, password: GOOD, confirm: GOOD })
  } else {
    const password = words[words.indexOf('password:') + 1]
    const { step } = await agency.signIn({ username, password })
    await agency.choosePassword({ step, password: GOOD, confirm: GOOD })
  }
  return { account, party, username }
}

/** The words of what was sent to an address. */
async function sent (agency, address) {
  const messages = await agency.outbox.claim(100)
  await agency.outbox.sentAll(messages)
  const found = messages.filter((message) => message.address === address).at(-1)
  return found.body.reveal().split(/\s+/)
}

/** A folder that is gone after the test. */
function folder (test) {
  const path = mkdtempSync(join(tmpdir(), 'carekey-'))
  test.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A roster of so many clients. */
const manyClients = (count) => 'Role,Name,Email\n' +
  Array.from({ length: count }, (_, n) => `Client,Client Number${n},client${n}@example.com\n`).join('')

module.exports = { GOOD, KEY, SUPPORT, active, desk, folder, manyClients, sent }
