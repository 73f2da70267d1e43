'use strict'

// Worker threads and other processes: each has its own handles, on one file.

const { execFile } = require('node:child_process')
const { join } = require('node:path')
const { promisify } = require('node:util')
const { test } = require('node:test')
const { Worker } = require('node:worker_threads')
const assert = require('node:assert/strict')
const { GOOD, active, desk, folder } = require('./desk')

const PACKAGE = JSON.stringify(join(__dirname, '..'))

/** Signs in elsewhere, to a directory of its own on the same file. */
const program = (address, username, say) => `
  const { Directory, ManualClock } = require(${PACKAGE})
  ;(async () => {
    const clock = new ManualClock(new Date('2026-03-02T09:00:00Z'))
    const directory = await Directory.open(${JSON.stringify(address)}, { key: new Uint8Array(32).fill(7), clock })
    const agency = await directory.agency('104')
    const answers = await Promise.all(['right', 'wrong'].map((which) => agency.signIn({
      username: ${JSON.stringify(username)}, password: which === 'right' ? ${JSON.stringify(GOOD)} : 'wrong'
    })))
    await directory.close()
    ${say}(answers.map(({ status }) => status).join(' '))
  })()`

test('a worker and another process sign in on the same file', async (t) => {
  const address = `sqlite:${join(folder(t), 'agency.db')}`
  const here = await desk({ address })
  const { account, username } = await active(here)
  const inWorker = new Promise((resolve, reject) => {
    const worker = new Worker(
      program(address, username, "require('node:worker_threads').parentPort.postMessage"), { eval: true })
    worker.once('message', resolve).once('error', reject)
  })
  const inProcess = promisify(execFile)(process.execPath, ['-e', program(address, username, 'console.log')])
  assert.equal(await inWorker, 'granted refused')
  assert.equal((await inProcess).stdout, 'granted refused\n')
  await here.agency.verifyHistory(account)
  const lines = await here.agency.history(account)
  // What was refused on one day is one line with a count (E4).
  const times = (kind) => lines.filter((one) => one.kind === kind).reduce((sum, { details }) => sum + (details.count ?? 1), 0)
  for (const kind of ['sign_in.granted', 'sign_in.refused']) assert.equal(times(kind), 2, kind)
  await here.directory.close()
})
