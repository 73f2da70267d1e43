'use strict'

// Rosters of workbooks, and of files that are told how to be read (B).

const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const { CarekeyError, Roster } = require('..')

const rosters = name => join(__dirname, '../../tests/rosters', name)

for (const name of ['staff.xlsx', 'staff.xls', 'staff.ods']) {
  test(`${name} is read`, async () => {
    for (const roster of [await Roster.fromFile(rosters(name)), await Roster.fromCsv(readFileSync(rosters(name)))]) {
      const [sue, zoe] = roster.rows
      assert.deepEqual([sue.name.last, sue.phone, zoe.name.last], ['Wright', '2125550142', 'Núñez'])
    }
  })
}

test('one of two sheets has to be told', async () => {
  const two = rosters('two-sheets.xlsx')
  await assert.rejects(Roster.fromFile(two), error => {
    assert.ok(error instanceof CarekeyError)
    assert.deepEqual([error.code, error.params], ['roster.sheet_needed', { sheets: 'North, South' }])
    return true
  })
  const [ann] = (await Roster.fromFile(two, { sheet: 'South' })).rows
  assert.equal(ann.name.last, 'Hale')
})

test('columns, the role and the encoding are told', async () => {
  const file = Buffer.from('Aide,Branch\nZo\x91,North\n', 'latin1')
  const reading = { columns: { AIDE: 'name', branch: null }, role: 'caregiver', encoding: 'macintosh' }
  const roster = await Roster.fromCsv(file, reading)
  const [zoe] = roster.rows
  assert.deepEqual([zoe.name.last, zoe.role, roster.findings], ['Zoë', 'caregiver', []])
  await assert.rejects(Roster.fromCsv(file, { columns: { Aide: 'no such' } }), { code: 'input.unknown_word' })
})
