// What Node does with a directory, and what it answers about it: the twin of
// python.py.
//
//     node node.mjs make|change|answers FILE ROSTER

import { createRequire } from 'node:module'

const require = createRequire(new URL('../../bindings-node/', import.meta.url))
const { Directory, ManualClock, Roster } = require('./index.js')

const KEY = Uint8Array.from({ length: 32 }, (_, at) => at)
const NOW = Date.UTC(2026, 2, 2, 9)
const RESOURCES = ['dashboard', 'invoices', 'calendar', 'service_plan', 'message_owner', 'application', 'profile']
const PASSWORD = 'Lantern#47 tide'
const byNode = { system: 'node' }

/** An agency, its roster, a family with an application, and ties. */
async function make(directory, roster) {
  const settings = { code: '104', name: 'Harbor Home Care', linkBase: 'https://portal.example.com' }
  const agency = await directory.createAgency(settings, { actor: { support: 'Pat Long' } })
  const office = agency.actingAs(byNode)
  const preview = await office.preview(await Roster.fromFile(roster))
  preview.acceptSuggestions()
  await office.create(preview)
  const { party: client } = await office.addParty({ name: 'Ana Silva', roles: ['client'], email: 'ana@example.com' })
  const { party: contact } = await office.addParty({ name: 'Tom Silva', roles: ['emergency_contact'], email: 'tom@example.com' })
  await office.relate({ kind: 'emergency_contact', who: contact, of: client })
  const { party: family } = await office.addParty({ name: 'Maria Lopez', roles: ['family'], email: 'maria@example.com', locale: 'es' })
  await office.addApplication({ number: '2026-17', family })
  await linkFor(agency, 'sue.taming@example.com')
}

/** Adds someone whose account the other language activates. */
async function change(directory) {
  const agency = await directory.agency('104')
  const office = agency.actingAs(byNode)
  const { party } = await office.addParty({ name: 'Nora Diaz', roles: ['caregiver'], email: 'nora@example.com' })
  await office.createAccount({ party, role: 'caregiver' })
  const { users } = await office.users({ filter: 'depria' })
  for (const user of users) await office.setNote(user.account, 'seen by Node')
}

/** The link of the newest message to that address. */
async function linkFor(agency, address) {
  let link
  for (const message of await agency.outbox.claim(1000)) {
    await agency.outbox.sent(message)
    if (message.address === address) {
      link = message.body.reveal().split(/\s+/).findLast((word) => word.includes('#')) ?? link
    }
  }
  return link
}

/** Everything that both languages are asked. */
async function answers(directory) {
  const agency = await directory.agency('104')
  const office = agency.actingAs(byNode)
  const users = await collected(office.eachUser({ showDisabled: true, sort: 'username' }))
  const parties = (await collected(agency.eachParty(''))).sort((a, b) => (a.id < b.id ? -1 : 1))
  await agency.verifyAgencyHistory()
  for (const user of users) await agency.verifyHistory(user.account)
  const sight = []
  for (const user of users) {
    for (const resource of RESOURCES) {
      const { allowed, scope, because } = await agency.canSee(user.account, resource, 'own')
      sight.push([user.username, resource, [allowed, scope ?? null, because.map((reason) => reason.code)]])
    }
  }
  const ties = []
  for (const party of parties.filter((party) => party.roles.includes('client'))) {
    for (const { account, decision } of await agency.seenBy('calendar', { party: party.id })) {
      ties.push([party.displayName, account, decision.scope ?? null])
    }
  }
  const histories = []
  for (const user of users) {
    histories.push([user.username, (await agency.history(user.account)).map((line) => line.kind)])
  }
  const applications = await collected(office.eachApplication())
  const messages = (await collected(office.eachMessage())).map((row) => [row.kind, row.address, row.state])
  return {
    settings: (await agency.settings()).policy,
    users: users.map((user) => [user.account, user.username, user.state, user.displayName, user.created.toISOString()]),
    parties: parties.map((party) => [party.id, party.displayName, party.roles, party.email, party.phone]),
    sight,
    ties,
    applications: applications.map((row) => [
      row.number, row.familyName, row.onlineAccount.action ?? null, row.onlineAccount.linked ?? null,
    ]),
    histories,
    agency_history: (await agency.agencyHistory()).map((line) => [line.kind, line.mac]),
    messages: messages.sort((a, b) => (String(a) < String(b) ? -1 : 1)),
    snapshot_key: await agency.snapshotKey(),
  }
}

async function collected(list) {
  const all = []
  for await (const item of list) all.push(item)
  return all
}

const [does, address, roster] = process.argv.slice(2)
const hours = { make: 0, change: 1 }[does] ?? 3
const clock = new ManualClock(new Date(NOW + hours * 3_600_000))
const directory = await Directory.open(address, { key: KEY, clock })
if (does === 'make') await make(directory, roster)
if (does === 'change') await change(directory)
console.log(JSON.stringify(await answers(directory)))
await directory.close()
