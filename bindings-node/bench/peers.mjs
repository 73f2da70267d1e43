// What people would take from Node otherwise: @node-rs/argon2 for a hash, casbin
// for who may see what. Both sides in one run, turn by turn.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { beside, turns } from './turns.mjs'

const require = createRequire(import.meta.url)
const { password, visibility } = require('..')
// Brought by core/benches/run.sh into a folder of its own.
const peers = createRequire(process.env.CAREKEY_PEERS + '/')
const { Algorithm, hash, verify } = require('@node-rs/argon2')
const { newEnforcer, newModelFromString, StringAdapter } = peers('casbin')
const version = (name, from) => `${name} ${from(`${name}/package.json`).version}`

const PASSWORD = 'Lantern#47 tide'
const HASHES = 20
const hasher = new password.Hasher()
const cost = { algorithm: Algorithm.Argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }
const stored = await hasher.hash(PASSWORD)
assert(await verify(stored, PASSWORD))
assert((await hasher.verify(await hash(PASSWORD, cost), PASSWORD)).matches)
{
  const [ours, theirs] = await turns(
    async () => { for (let n = 0; n < HASHES; n++) assert((await hasher.verify(stored, PASSWORD)).matches) },
    async () => { for (let n = 0; n < HASHES; n++) assert(await verify(stored, PASSWORD)) }
  )
  beside('a password compared from Node, 19 MiB, 2 passes', [ours, HASHES], [version('@node-rs/argon2', require), theirs], "each takes the other's")
}

// The same question of both: may the payer of so many clients see this one's calendar?
const model = newModelFromString(`
[request_definition]
r = who, resource, of
[policy_definition]
p = kind, resource
[role_definition]
g = _, _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.resource == p.resource && g(r.who, p.kind, r.of)
`)
const id = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const at = new Date('2026-03-14T09:00:00Z')
const TIMES = 1000
for (const clients of [1, 1000]) {
  const ties = Array.from({ length: clients }, (_, n) => ({ kind: 'payer', who: id(0), of: id(n + 1), beginsAt: new Date(0) }))
  const viewer = new visibility.PreparedViewer({
    active: true, parties: [{ id: id(0), kind: 'person', roles: [] }], ties, grants: [], applications: []
  })
  const lines = ['p, payer, calendar', ...ties.map(({ who, of }) => `g, ${who}, payer, ${of}`)]
  const enforcer = await newEnforcer(model, new StringAdapter(lines.join('\n')))
  const of = (n) => id(1 + (n * 7919) % clients)
  const party = (n) => ({ party: { id: of(n), client: true } })
  for (let n = 0; n < 20; n++) {
    assert.equal(viewer.decide('calendar', party(n), at).allowed, await enforcer.enforce(id(0), 'calendar', of(n)))
  }
  assert.equal(await enforcer.enforce(id(0), 'calendar', id(clients + 7)), false)
  const [ours, theirs] = await turns(
    () => { for (let n = 0; n < TIMES; n++) viewer.sees('calendar', party(n), at) },
    () => { for (let n = 0; n < TIMES; n++) enforcer.enforceSync(id(0), 'calendar', of(n)) }
  )
  beside(`a decision from Node, ${clients} ties`, [ours, TIMES], [version('casbin', peers), theirs],
    'casbin interprets a model that can be edited at run time; of roles in force by time it knows nothing')
}
