'use strict'

// The rulebook as data: every case of `tests/cases/`, one test for each file.

const { readFileSync, readdirSync } = require('node:fs')
const { isDeepStrictEqual } = require('node:util')
const { join } = require('node:path')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const declared = require('./declared')
const answers = require('./cases/answers')

// What comes back is held against its declared type on the way.
declared.watch()

const folder = join(__dirname, '../../tests/cases')
const files = readdirSync(folder).filter((file) => file.endsWith('.json')).sort()
// A number that JavaScript has no number for is given as a text, which a parameter may be.
const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8').replace(/: (-?\d{17,})(?=[,}])/g, ': "$1"'))
let ran = 0

for (const file of files) {
  const { call, cases } = read(file)
  test(`${file} (${cases.length} × ${call})`, async () => {
    const wrong = []
    for (const { name, given, expect } of cases) {
      const got = JSON.parse(JSON.stringify(await answers[call](given)))
      ran++
      if (!isDeepStrictEqual(got, expect)) wrong.push({ name, given, expect, got })
    }
    const told = wrong.slice(0, 5).map((one) => JSON.stringify(one)).join('\n')
    assert.equal(wrong.length, 0, `${wrong.length} of ${cases.length} cases:\n${told}`)
  })
}

test('all of them ran', () => {
  const all = files.reduce((sum, file) => sum + read(file).cases.length, 0)
  assert.ok(all > 3000, `${all} cases are fewer than there were`)
  assert.equal(ran, all)
})

test('every answer was of its declared type', () => {
  assert.deepEqual([...declared.differences].slice(0, 20), [])
})

test('the cases ask for everything but what other tests do', () => {
  const asked = new Set(declared.checkedCalls.keys())
  const beside = new Set(declared.BESIDE_THE_CASES)
  const rest = declared.functions().map(({ name }) => name).filter((name) => !asked.has(name) && !beside.has(name))
  assert.deepEqual(rest, [])
})
