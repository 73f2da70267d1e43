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

test('what a status means is told', async () => {
  const file = 'Role,Name,Status\nCaregiver,Sue Wright,Per visit\nCaregiver,Ann Hale,Pool\n'
  const codes = async (reading) => [...(await Roster.fromCsv(file, reading)).rows].map((row) => row.findings.map(({ code }) => code))
  assert.deepEqual(await codes(), [['roster.status_unclear'], ['roster.status_unclear']])
  assert.deepEqual(await codes({ statuses: { 'per VISIT': true, Pool: false } }), [[], ['roster.left']])
})

test('a file says what it has to choose from, also where it cannot be read yet', async () => {
  const two = readFileSync(rosters('two-sheets.xlsx'))
  assert.deepEqual(await Roster.outline(two), { sheets: ['North', 'South'], titles: [] })
  assert.deepEqual((await Roster.outline(two, { sheet: 'South' })).titles.slice(0, 2), [
    { title: 'Role', column: 'role' }, { title: 'Name', column: 'name' }
  ])
  const aides = 'Aide,Email\nZoe,z@example.com\n'
  assert.deepEqual(await Roster.outline(aides), { sheets: [], titles: [{ title: 'Aide', column: null }, { title: 'Email', column: 'email' }] })
  assert.equal((await Roster.outline(aides, { columns: { Aide: 'name' } })).titles[0].column, 'name')
  await assert.rejects(Roster.outline(Buffer.from('Aide\nMu\x96oz\n', 'latin1')), { code: 'roster.encoding' })
})
