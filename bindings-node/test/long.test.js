'use strict'

// Long work: the event loop goes on, progress is told, and it can be stopped.

const { test } = require('node:test')
const assert = require('node:assert/strict')
const { CarekeyError, Roster } = require('..')
const { GOOD, active, desk, manyClients } = require('./desk')

/** So many that they are created in several pieces. */
const MANY = 6000

/** The longest that a timer of 1 ms was kept waiting while something went on. */
async function longestWait (work) {
  let longest = 0
  let last = process.hrtime.bigint()
  let ticks = 0
  const timer = setInterval(() => {
    const now = process.hrtime.bigint()
    longest = Math.max(longest, Number(now - last) / 1e6)
    last = now
    ticks++
  }, 1)
  const begun = process.hrtime.bigint()
  await work()
  const took = Number(process.hrtime.bigint() - begun) / 1e6
  clearInterval(timer)
  return { longest, ticks, took }
}

test('a timer ticks on while 50 sign-ins hash', async (t) => {
  const here = await desk()
  const { username } = await active(here)
  const hashed = here.directory.hashOperations()
  const answers = []
  const busy = await longestWait(async () => {
    const all = Array.from({ length: 50 }, () => here.agency.signIn({ username, password: GOOD }))
    answers.push(...await Promise.all(all))
  })
  assert.equal(here.directory.hashOperations() - hashed, 50, 'one hash for each')
  assert.ok(answers.every(({ status }) => status === 'granted'))
  const idle = await longestWait(() => new Promise((resolve) => setTimeout(resolve, busy.took)))
  t.diagnostic(`longest wait of the event loop: idle ${idle.longest.toFixed(1)} ms, while 50 sign-ins hash ` +
    `${busy.longest.toFixed(1)} ms; ${busy.ticks} ticks in ${busy.took.toFixed(0)} ms against ${idle.ticks} idle`)
  // Were the loop held, it would wait for most of the work. Other work on the
  // machine takes its part of each: so both are set against their own length.
  assert.ok(busy.longest < busy.took / 2, 'no wait is near the length of the work')
  assert.ok(busy.ticks > idle.ticks / 20, 'it ticks at a fair part of its idle rate')
})

test('a creation tells how far it has come, and every row has its result', async () => {
  const { office } = await desk()
  const preview = await office.preview(await Roster.fromCsv(manyClients(600)))
  const told = []
  const { rows, gone } = await office.create(preview, { onProgress: (progress) => told.push(progress) })
  assert.equal(rows.length, 600)
  assert.ok([...rows].every(({ outcome, account }) => outcome === 'created' && account !== null))
  assert.deepEqual(gone, [])
  assert.ok(told.length > 1, 'in pieces')
  assert.deepEqual(told.at(-1), { done: 600, total: 600 })
  assert.deepEqual(told.map(({ done }) => done), told.map(({ done }) => done).toSorted((a, b) => a - b))
})

test('an aborted creation keeps what was committed, and can go on', async () => {
  const { office } = await desk()
  const preview = await office.preview(await Roster.fromCsv(manyClients(MANY)))
  const abort = new AbortController()
  const onProgress = ({ done }) => { if (done > 0) abort.abort() }
  const stopped = office.create(preview, { signal: abort.signal, onProgress })
  await assert.rejects(stopped, (error) => {
    assert.ok(error instanceof CarekeyError)
    assert.deepEqual([error.kind, error.code], ['cancelled', 'act.cancelled'])
    return true
  })
  const { found } = await office.users({ limit: 1 })
  assert.ok(found > 0 && found < MANY, `${found} of ${MANY}`)
  const { rows } = await office.create(preview)
  const outcomes = rows.toArray().map(({ outcome }) => outcome)
  assert.equal(outcomes.filter((outcome) => outcome === 'unchanged').length, found)
  assert.equal(outcomes.filter((outcome) => outcome === 'created').length, MANY - found)
})

test('a signal that was aborted before does nothing', async () => {
  const { office } = await desk()
  const preview = await office.preview(await Roster.fromCsv(manyClients(3)))
  await assert.rejects(office.create(preview, { signal: AbortSignal.abort() }), { code: 'act.cancelled' })
  assert.equal((await office.users()).found, 0)
})

test('what onProgress throws stops the work and comes out', async () => {
  const { office } = await desk()
  const preview = await office.preview(await Roster.fromCsv(manyClients(MANY)))
  const onProgress = () => { throw new RangeError('enough') }
  await assert.rejects(office.create(preview, { onProgress }), { name: 'RangeError', message: 'enough' })
  assert.ok((await office.users({ limit: 1 })).found < MANY)
})

test('rows of a large roster are objects when they are looked at', async () => {
  const { rows } = await Roster.fromCsv(`${manyClients(20_000)}Client,"Žofia, Łucja (🌊)",zofia@example.com\n`)
  assert.equal(rows.length, 20_001)
  assert.deepEqual(rows.at(-1).name, { first: 'Łucja', middle: null, last: 'Žofia', nickname: '🌊' })
  assert.equal(rows.at(-1).email, 'zofia@example.com')
  assert.equal(rows.at(12_345).email, 'client12345@example.com')
  assert.equal(rows.at(20_001), undefined)
  assert.equal(rows.at(0.5), undefined)
})
