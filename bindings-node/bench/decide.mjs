// Decisions from Node (V): of a viewer that came over once, beside one that
// comes over each time, and beside a trivial call; and many rows of a roster.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { beside, each, turns } from './turns.mjs'

const { Roster, visibility } = createRequire(import.meta.url)('..')
const { native } = createRequire(import.meta.url)('../lib/border')

const id = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const at = new Date('2026-03-14T09:00:00Z')

for (const clients of [1, 1000]) {
  const viewer = {
    active: true,
    parties: [{ id: id(0), kind: 'person', roles: [] }],
    ties: Array.from({ length: clients }, (_, n) => ({ kind: 'payer', who: id(0), of: id(n + 1), beginsAt: new Date(0) })),
    grants: [],
    applications: []
  }
  const prepared = new visibility.PreparedViewer(viewer)
  const [TIMES, FEW] = [2000, 20]
  const of = Array.from({ length: TIMES }, (_, n) => ({ party: { id: id(1 + (n * 7919) % clients), client: true } }))
  const whole = (n) => ({ viewer, resource: 'calendar', of: of[n], at })
  for (let n = 0; n < 5; n++) assert.deepEqual(prepared.decide('calendar', of[n], at), visibility.decide(whole(n)))
  const [ours, short, former, trivial] = await turns(
    () => { for (let n = 0; n < TIMES; n++) prepared.decide('calendar', of[n], at) },
    () => { for (let n = 0; n < TIMES; n++) prepared.sees('calendar', of[n], at) },
    () => { for (let n = 0; n < FEW; n++) visibility.decide(whole(n)) },
    () => { for (let n = 0; n < TIMES; n++) native.visibilityCell('{"role":"payer","resource":"calendar"}') }
  )
  const work = `a decision from Node, ${clients} ties`
  beside(`${work}, with reasons`, [ours, TIMES], ['the viewer comes over each time', former, FEW], 'answers agree')
  console.log(`reach | node-decide | ${each(ours, TIMES)} with ${clients} ties, ${(ours / trivial).toFixed(1)} times; without reasons ${(short / trivial).toFixed(1)} |`)
  beside(`${work}, without reasons`, [short, TIMES], ['the least call of the binding', trivial, TIMES], 'goal: 0.33')
}

const ROWS = 100_000
const lines = Array.from({ length: ROWS }, (_, n) => `Ann${n},Wright${n},Client,ann${n}@example.com`)
const roster = await Roster.fromCsv(`First,Last,Role,Email\n${lines.join('\n')}\n`, { mostRows: ROWS })
assert.equal(roster.rows.length, ROWS)
const [all, one] = await turns(
  () => { assert.equal(roster.rows.toArray().length, ROWS) },
  () => { for (let n = 0; n < 1000; n++) assert.equal(roster.rows.at(n * 97 % ROWS).line, n * 97 % ROWS + 2) }
)
console.log(`reach | node-rows | ${each(all, 1)}; ${each(one, 1000)} |`)
