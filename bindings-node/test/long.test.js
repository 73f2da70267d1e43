'use strict'

// Long work: the event loop goes on, progress is told, and it can be stopped.

const { execFileSync } = require('node:child_process')
const { closeSync, open, openSync } = require('node:fs')
const { join } = require('node:path')
const { promisify } = require('node:util')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const { CarekeyError, Roster } = require('..')
const { GOOD, active, desk, folder, manyClients } = require('./desk')

/** So many that they are created in several pieces. */
const MANY = 6000

/**
 * Holds every thread of the pool, until it is let go: whatever is on the pool
 * waits, and whatever happens meanwhile happens on the event loop.
 */
async function holdPool (test) {
  const gate = join(folder(test), 'gate')
  execFileSync('mkfifo', [gate])
  const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4)
  const opened = Array.from({ length: threads }, () => promisify(open)(gate, 'r'))
  return async () => {
    const writer = openSync(gate, 'w')
    for (const reader of await Promise.all(opened)) closeSync(reader)
    closeSync(writer)
  }
}

const turns = async (count) => { while (count-- > 0) await new Promise((resolve) => setImmediate(resolve)) }

test('the event loop goes on while 50 sign-ins wait to be hashed', async (t) => {
  const here = await desk()
  const { username } = await active(here)
  const hashed = here.directory.hashOperations()
  const letGo = await holdPool(t)
  const answers = Array.from({ length: 50 }, () => here.agency.signIn({ username, password: GOOD }))
  await turns(100)
  assert.equal(here.directory.hashOperations(), hashed, 'nothing is hashed on the event loop')
  await letGo()
  assert.ok((await Promise.all(answers)).every(({ status }) => status === 'granted'))
  assert.equal(here.directory.hashOperations() - hashed, 50, 'one hash for each')
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

const count = (rows, what) => rows.toArray().filter(({ outcome }) => outcome === what).length

test('an aborted creation says what was committed, and can go on', async () => {
  const { office } = await desk()
  const preview = await office.preview(await Roster.fromCsv(manyClients(MANY)))
  const abort = new AbortController()
  const onProgress = ({ done }) => { if (done > 0) abort.abort() }
  const { rows, stopped } = await office.create(preview, { signal: abort.signal, onProgress })
  const { found } = await office.users({ limit: 1 })
  assert.ok(found > 0)
  assert.equal(count(rows, 'created'), found)
  assert.equal(count(rows, 'not_reached'), MANY - found)
  // How far it comes before it hears of it is the machine's.
  assert.equal(stopped?.code, found < MANY ? 'act.cancelled' : undefined)
  const again = await office.create(preview)
  assert.equal(again.stopped, null)
  assert.equal(count(again.rows, 'unchanged'), found)
  assert.equal(count(again.rows, 'created'), MANY - found)
})

test('a signal that is aborted before the work begins, or was before, lets nothing be done', async (t) => {
  const { office } = await desk()
  const preview = await office.preview(await Roster.fromCsv(manyClients(3)))
  const abort = new AbortController()
  const letGo = await holdPool(t)
  const waiting = office.create(preview, { signal: abort.signal })
  abort.abort()
  await letGo()
  for (const { rows, gone, stopped } of [await waiting, await office.create(preview, { signal: AbortSignal.abort() })]) {
    assert.ok(stopped instanceof CarekeyError)
    assert.deepEqual([stopped.kind, stopped.code], ['cancelled', 'act.cancelled'])
    assert.equal(count(rows, 'not_reached'), 3)
    assert.deepEqual(gone, [])
  }
  assert.equal((await office.users()).found, 0)
})

test('what onProgress throws stops the work and comes out', async () => {
  const { office } = await desk()
  const preview = await office.preview(await Roster.fromCsv(manyClients(600)))
  let told = 0
  const onProgress = () => {
    told++
    throw new RangeError('enough')
  }
  await assert.rejects(office.create(preview, { onProgress }), { name: 'RangeError', message: 'enough' })
  assert.equal(told, 1, 'and is not asked again')
})

test('a batch tells how far it has come, and what it did not reach', async () => {
  const { clock, office } = await desk()
  const items = []
  for (let n = 0; n < 3; n++) {
    items.push({ party: (await office.addParty({ name: `Family Number${n}`, roles: ['family'], email: `f${n}@example.com` })).party })
  }
  clock.advance(1)
  const asOf = new Date('2026-03-02T09:00:00.001Z')
  const left = await office.batch({ action: 'invite', items, asOf, signal: AbortSignal.abort() })
  assert.deepEqual(left.map(({ done, findings }) => [done, findings[0].code]), items.map(() => [false, 'act.cancelled']))
  const told = []
  const rows = await office.batch({ action: 'invite', items, asOf, onProgress: (progress) => told.push(progress) })
  assert.ok(rows.every(({ done }) => done))
  assert.deepEqual(told.at(-1), { done: 3, total: 3 })
  await assert.rejects(
    office.batch({ action: 'reinvite', items, asOf, onProgress () { throw new RangeError('enough') } }), RangeError)
})

test('rows of a large roster are objects when they are looked at', async () => {
  const { rows } = await Roster.fromCsv(`${manyClients(20_000)}Client,"Žofia, Łucja (𠮷)",zofia@example.com\n`)
  assert.equal(rows.length, 20_001)
  assert.deepEqual(rows.at(-1).name, { first: 'Łucja', middle: null, last: 'Žofia', nickname: '𠮷' })
  assert.equal(rows.at(-1).email, 'zofia@example.com')
  assert.equal(rows.at(12_345).email, 'client12345@example.com')
  assert.equal(rows.at(20_001), undefined)
  assert.equal(rows.at(0.5), undefined)
})
