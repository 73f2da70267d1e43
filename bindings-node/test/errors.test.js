'use strict'

// Whatever is wrong with what comes in: one class, the right kind and code, at
// once or by promise, and nothing of it in the text.

const { writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { inspect } = require('node:util')
const { test } = require('node:test')
const assert = require('node:assert/strict')
const { CarekeyError, Directory, ManualClock, Policy, Roster, Secret, ...carekey } = require('..')
const native = require('../lib/native')
const border = require('../lib/border')
const { GOOD, KEY, active, desk, folder } = require('./desk')

const NOBODY = '00000000-0000-7000-8000-000000000000'

/** The error of a call, thrown or rejected; it must be ours. */
async function errorOf (call) {
  try {
    await call()
  } catch (error) {
    assert.ok(error instanceof CarekeyError, inspect(error))
    assert.ok(error instanceof Error)
    assert.equal(error.name, 'CarekeyError')
    assert.match(error.stack, /errors\.test\.js/, 'the stack leads back to the caller')
    return error
  }
  assert.fail('no error')
}

/** `[what is done, kind, code]` */
const wrong = ({ agency, clock, directory, office }) => [
  ['a number for a text', () => carekey.username.checkEmail(5), 'invalid', 'input.wrong_type'],
  ['nothing for a text', () => carekey.username.checkEmail(), 'invalid', 'input.wrong_type'],
  ['a text for options', () => carekey.password.check(GOOD, 'agency'), 'invalid', 'input.wrong_type'],
  ['null for options', () => agency.signIn(null), 'invalid', 'input.wrong_type'],
  ['a number for a password', () => agency.signIn({ username: 'sue', password: 12345 }), 'invalid', 'input.wrong_type'],
  ['no password', () => agency.signIn({ username: 'sue' }), 'invalid', 'input.wrong_type'],
  ['half a character', () => agency.signIn({ username: 'sue', password: 'a\ud800b' }), 'invalid', 'input.wrong_type'],
  ['half a character in a name', () => office.addParty({ name: 'a\ud800b' }), 'invalid', 'input.wrong_type'],
  ['a slip in a name', () => agency.signIn({ username: 'sue', password: GOOD, remembr: true }), 'invalid', 'input.unknown_word'],
  ['a name in the core\'s spelling', () => office.review({ unused_days: 3 }), 'invalid', 'input.unknown_word'],
  ['a slip in an option of create', () => office.create(null, { onprogress () {} }), 'invalid', 'input.unknown_word'],
  ['an unknown role', () => office.addParty({ name: 'Sue Wright', roles: ['nurse'] }), 'invalid', 'input.unknown_word'],
  ['an unknown resource', () => agency.canSee(NOBODY, 'diary', 'own'), 'invalid', 'input.unknown_word'],
  ['an unknown preset word', () => carekey.relationship.conveys('friend'), 'invalid', 'input.unknown_word'],
  ['no moment', () => office.endTie(NOBODY, { at: new Date('nonsense') }), 'invalid', 'input.wrong_type'],
  ['a text that is no moment', () => office.endTie(NOBODY, { at: 'soon' }), 'invalid', 'input.wrong_type'],
  ['no number', () => office.review({ unusedDays: NaN }), 'invalid', 'input.wrong_type'],
  ['a negative number', () => office.users({ offset: -1 }), 'invalid', 'input.wrong_type'],
  ['a huge number', () => office.review({ unusedDays: 2 ** 53 }), 'invalid', 'input.wrong_type'],
  ['a bigint', () => office.review({ unusedDays: 3n }), 'invalid', 'input.wrong_type'],
  ['a function', () => office.addParty({ name: () => 'Sue' }), 'invalid', 'input.wrong_type'],
  ['a circle', () => { const it = {}; it.it = it; return office.addParty(it) }, 'invalid', 'input.wrong_type'],
  ['a secret where it would be kept', () => office.setNote(NOBODY, new Secret('x')), 'invalid', 'input.wrong_type'],
  ['no identifier', () => office.user('sue'), 'invalid', 'id.malformed'],
  ['an identifier of nobody', () => office.user(NOBODY), 'not_found', 'account.not_found'],
  ['no actor', () => agency.actingAs({}), 'invalid', 'input.wrong_type'],
  ['an agency made by nobody', () => directory.createAgency({ code: '1', name: 'x', linkBase: 'https://x.example' }), 'invalid', 'input.wrong_type'],
  ['a method that there is not', () => agency.outbox.claim(10, { method: 'fax' }), 'invalid', 'input.unknown_word'],
  ['a method in place of options', () => agency.outbox.claim(10, 'sms'), 'invalid', 'input.wrong_type'],
  ['an unknown actor', () => agency.actingAs({ boss: 'Pat' }), 'invalid', 'input.unknown_word'],
  ['an actor who may not', () => agency.actingAs({ account: NOBODY }).users(), 'not_allowed', 'actor.not_allowed'],
  ['a plain object as roster', () => office.preview({}), 'invalid', 'input.wrong_type'],
  ['a plain object as roster of ties', () => office.previewTies({}), 'invalid', 'input.wrong_type'],
  ['a copy of a message', () => agency.outbox.sent({ id: NOBODY }), 'invalid', 'input.wrong_type'],
  ['an unknown agency', () => agency.tidy({ messageDays: 'x' }), 'invalid', 'input.wrong_type'],
  ['a clock going nowhere', () => clock.advance('1'), 'invalid', 'input.wrong_type'],
  ['a clock without a start', () => new ManualClock('now'), 'invalid', 'input.wrong_type'],
  ['a short key', () => Directory.open('memory:', { key: new Uint8Array(31) }), 'configuration', 'key.length'],
  ['a text as key', () => Directory.open('memory:', { key: 'x'.repeat(32) }), 'invalid', 'input.wrong_type'],
  ['no such store', () => Directory.open('mysql:x', { key: KEY }), 'configuration', 'store.address'],
  ['a folder that is not there', () => Directory.open('sqlite:/nowhere/x.db', { key: KEY }), 'store', 'store.unavailable'],
  ['a missing file', () => Roster.fromFile('/nowhere/roster.csv'), 'invalid', 'roster.unreadable'],
  ['a folder as file', () => Roster.fromFile('/'), 'invalid', 'roster.unreadable'],
  ['bytes that are no text', () => Roster.fromCsv(Uint8Array.of(0x52, 0x6f, 0x6c, 0x65, 0x0a, 0x81, 0x0a)), 'invalid', 'roster.encoding'],
  ['an empty roster', () => Roster.fromCsv(''), 'invalid', 'roster.empty'],
  ['a policy with a slip', () => new Policy({ throttle: { failure: 3 } }), 'invalid', 'policy.malformed'],
  ['a policy out of range', () => office.changeSettings({ policy: { throttle: { failures: 0 } } }), 'invalid', 'policy.out_of_range'],
  ['a wrong step', () => agency.choosePassword({ step: 'x', password: GOOD, confirm: GOOD }), 'refused', 'step.refused'],
  ['a short pepper', () => new carekey.password.Hasher({ pepper: new Uint8Array(3) }), 'invalid', 'input.wrong_type'],
  ['no such row', async () => (await office.preview(await Roster.fromCsv('Role,Name\nClient,A B\n'))).accept(9, 'x'), 'not_found', 'roster.no_such_row']
]

test('bad input has its kind and code', async (t) => {
  const here = await desk()
  for (const [name, call, kind, code] of wrong(here)) {
    await t.test(name, async () => {
      const error = await errorOf(call)
      assert.deepEqual([error.kind, error.code], [kind, code], inspect(error))
    })
  }
  assert.equal((await here.office.users()).found, 0, 'nothing was written')
})

test('what is wrong with an argument is said in words of JavaScript', async () => {
  const { office } = await desk()
  for (const [call, argument, expected] of [
    [() => office.review({}), 'unusedDays', 'given'],
    [() => office.review({ unusedDays: -1 }), 'unusedDays', 'a whole number from 0'],
    [() => office.review({ unusedDays: 2 ** 40 }), 'unusedDays', 'a whole number from 0'],
    [() => office.users({ showDisabled: 1 }), 'showDisabled', 'true or false'],
    [() => office.setNote(NOBODY, 5), 'note', 'a string'],
    [() => office.user(5), 'account', 'a string'],
    [() => office.setRoles(NOBODY, 'client'), 'roles', 'a list'],
    [() => office.setRoles(NOBODY, [5]), 'roles[0]', 'one of its words'],
    [() => office.endTie(NOBODY, { at: 5 }), 'at', 'a Date'],
    [() => office.endTie(NOBODY, { at: 'soon' }), 'at', 'a Date'],
    [() => office.invite(5), 'item', 'one of its words'],
    [() => office.setText({ kind: 'activation', method: 'email', locale: 'en', text: 'x' }), 'text', 'an object'],
    [() => carekey.findingMessage({ code: 'email.missing', params: { x: [] } }, 'en'), 'params.x', 'a number or a string']
  ]) {
    const { code, params } = await errorOf(call)
    assert.deepEqual({ code, ...params }, { code: 'input.wrong_type', argument, expected }, argument)
  }
  for (const [call, argument, choices] of [
    [() => office.invite({ house: NOBODY }), 'item', 'party, application'],
    [() => office.messages({ state: 'lost' }), 'state', 'waiting, claimed, sent, abandoned, withdrawn'],
    [() => office.review({ unusedDay: 3 }), 'unusedDay', 'unusedDays'],
    [() => carekey.findingMessage({ code: 'email.lost', params: {} }, 'en'), 'code', '']
  ]) {
    const { code, params } = await errorOf(call)
    assert.deepEqual({ code, ...params }, { code: 'input.unknown_word', argument, choices }, argument)
  }
})

test('findings come whole, with their message', async () => {
  const { office } = await desk()
  const error = await errorOf(() => office.addParty({ name: '', email: 'nobody', phone: '12', roles: [] }))
  assert.ok(error.findings.length > 1)
  for (const finding of error.findings) {
    assert.equal(finding.message, carekey.findingMessage(finding, 'en'))
    assert.notEqual(finding.message, carekey.findingMessage(finding, 'es'))
  }
  const wrongType = await errorOf(() => office.review({ unusedDays: 'many' }))
  assert.equal(wrongType.message, 'unusedDays must be a whole number from 0')
  assert.equal(carekey.findingMessage(wrongType, 'es'), '`unusedDays` debe ser un número entero desde 0')
})

test('a closed directory says so, for every handle of it', async () => {
  const { agency, directory, office } = await desk()
  await directory.close()
  await directory.close()
  for (const call of [
    () => directory.agency('104'), () => directory.agencies(), () => agency.settings(), () => office.users(),
    () => agency.outbox.claim(1), () => agency.signIn({ username: 'x', password: 'y' })
  ]) {
    const error = await errorOf(call)
    assert.deepEqual([error.kind, error.code], ['configuration', 'directory.closed'])
  }
})

test('a closed file can be opened again, with the right key alone', async (t) => {
  const address = `sqlite:${join(folder(t), 'agency.db')}`
  const { directory } = await desk({ address })
  await directory.close()
  assert.equal((await errorOf(() => Directory.open(address, { key: new Uint8Array(32) }))).code, 'key.wrong')
  const again = await Directory.open(address, { key: KEY })
  assert.equal((await again.agency('104')).code, '104')
  await again.close()
})

test('a file that is none of ours is left alone', async (t) => {
  const path = join(folder(t), 'other.db')
  writeFileSync(path, 'something else, and long enough to be looked at '.repeat(99))
  const error = await errorOf(() => Directory.open(`sqlite:${path}`, { key: KEY }))
  assert.deepEqual([error.kind, error.code], ['store', 'store.damaged'])
})

test('acts under way end before a directory is let go', async () => {
  const here = await desk()
  const { username } = await active(here)
  const answers = Array.from({ length: 8 }, () => here.agency.signIn({ username, password: GOOD }))
  await new Promise((resolve) => setImmediate(resolve))
  await here.directory.close()
  const settled = await Promise.allSettled(answers)
  for (const { status, value, reason } of settled) {
    if (status === 'fulfilled') assert.equal(value.status, 'granted')
    else assert.equal(reason.code, 'directory.closed')
  }
})

test('a panic becomes an error, and the process lives', async () => {
  for (const call of [() => border.now(() => native.drill()), () => border.later(() => native.drillLater())]) {
    const error = await errorOf(call)
    assert.deepEqual([error.kind, error.code], ['internal', 'internal.fault'])
  }
  assert.equal(carekey.username.checkEmail('sue@example.com').value.canonical, 'sue@example.com')
})

test('no error repeats what was given', async () => {
  const canary = 'Xylophone#99 canary'
  const { agency, office } = await desk()
  const calls = [
    () => agency.signIn({ username: canary, password: [canary] }),
    () => agency.signIn({ username: [canary], password: canary }),
    () => agency.activate({ link: canary, password: canary, confirm: canary }),
    () => agency.redeemCode({ code: canary, with: canary }),
    () => agency.session(canary),
    () => office.addParty({ name: canary, roles: [canary] }),
    () => office.user(canary),
    () => office.createStaffAccount({ firstName: 'A', lastName: 'B', password: canary, confirm: 'other' }),
    () => new Policy({ [canary]: 1 }),
    () => native.Outbox.prototype.claim.call(canary),
    () => carekey.invitation.parseCode({ canary })
  ]
  for (const call of calls) {
    let error
    try {
      await call()
      continue
    } catch (thrown) {
      error = thrown
    }
    const told = inspect(error, { depth: 9 }) + JSON.stringify(error)
    assert.ok(!told.includes(canary), told)
  }
})

test('what is secret does not show', async () => {
  const here = await desk()
  const { username } = await active(here)
  const { session } = await here.agency.signIn({ username, password: GOOD })
  const value = session.token.reveal()
  assert.ok(value.length > 40)
  for (const told of [inspect(session, { depth: 9, showHidden: true }), JSON.stringify(session), `${session.token}`]) {
    assert.ok(!told.includes(value), told)
    assert.match(told, /•••/)
  }
  assert.equal((await here.agency.session(session.token)).username, username)
  assert.equal((await here.agency.session(value)).username, username)
})

test('a prepared viewer takes and refuses what any call does', async () => {
  const { visibility } = carekey
  const viewer = { active: true, parties: [{ id: NOBODY, kind: 'person', roles: ['client'] }], ties: [], grants: [], applications: [] }
  const prepared = new visibility.PreparedViewer(viewer)
  const at = new Date('2026-03-14T09:00:00Z')
  const party = { id: NOBODY, client: true }
  for (const [resource, of, moment] of [
    ['calendar', 'own', at], ['calendar', { party }, at], ['calendar', { party: { ...party, client: false } }, at],
    ['application', { application: NOBODY }, at], ['calendar', { party, application: undefined }, at],
    ['calendar', { party: { ...party, name: 'Sue' } }, at], ['calendar', { party: { ...party, id: NOBODY.replaceAll('-', '') } }, at],
    ['calendar', 'own', at.toISOString()], ['calendar', 'own', new Date('0000-01-01')], ['calendar', 'own', new Date('9999-12-31')]
  ]) {
    assert.deepEqual(prepared.decide(resource, of, moment), visibility.decide({ viewer, resource, of, at: moment }))
    assert.equal(prepared.sees(resource, of, moment), visibility.sees({ viewer, resource, of, at: moment }))
  }
  for (const [resource, of, moment] of [
    ['diary', 'own', at], ['\ud800', 'own', at], [3, 'own', at], [undefined, 'own', at],
    ['calendar', 'all', at], ['calendar', null, at], ['calendar', undefined, at], ['calendar', [party], at], ['calendar', {}, at],
    ['calendar', { party, application: NOBODY }, at], ['calendar', { party: null }, at], ['calendar', { party: { id: NOBODY } }, at],
    ['calendar', { party: { ...party, client: 1 } }, at], ['calendar', { party: { ...party, id: 'sue' } }, at],
    ['calendar', { application: '' }, at], ['calendar', { application: 3 }, at], ['calendar', { client: NOBODY }, at],
    ['calendar', 'own', undefined], ['calendar', 'own', 'soon'], ['calendar', 'own', 3], ['calendar', 'own', new Date(NaN)],
    ['calendar', 'own', new Date('+010000-01-01')], ['calendar', 'own', new Date('-000001-01-01')]
  ]) {
    const { kind, code, params } = await errorOf(() => visibility.sees({ viewer, resource, of, at: moment }))
    for (const call of ['sees', 'decide']) {
      const error = await errorOf(() => prepared[call](resource, of, moment))
      assert.deepEqual([error.kind, error.code, error.params], [kind, code, params])
    }
  }
})

test('a prepared viewer says why as any call does, the first time and later', () => {
  const { message, visibility } = carekey
  const id = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  const [me, client, other, application] = [1, 2, 3, 4].map(id)
  const [at, beginsAt, endsAt] = ['2026-03-14T09:00:00Z', '2026-01-01T00:00:00Z', '2026-12-31T00:00:00.5Z'].map((text) => new Date(text))
  const kinds = message.labels('tie_kind', 'en').map(({ word }) => word)
  const resources = message.labels('resource', 'en').map(({ word }) => word)
  const viewer = {
    active: true,
    parties: [{ id: me, kind: 'person', roles: ['client', 'caregiver', 'office_staff', 'family'] }],
    ties: kinds.map((kind, n) => ({ kind, who: me, of: client, beginsAt, ...(n % 2 ? { endsAt } : {}) })),
    grants: resources.flatMap((resource) => [
      { to: me, resource, of: resource === 'application' ? application : client, beginsAt, endsAt },
      { to: me, resource, of: null, beginsAt, endsAt }
    ]),
    applications: [application]
  }
  const prepared = new visibility.PreparedViewer(viewer)
  const seen = new Set()
  for (const resource of resources) {
    for (const of of ['own', { party: { id: client, client: true } }, { party: { id: other, client: true } }, { application }]) {
      const whole = visibility.decide({ viewer, resource, of, at })
      for (const turn of [prepared.decide(resource, of, at), prepared.decide(resource, of, at)]) assert.deepEqual(turn, whole)
      for (const { tie, grant, role } of whole.because) seen.add(tie ? 'tie' : grant ? 'grant' : role ? 'role' : 'own')
    }
  }
  assert.ok(['tie', 'grant'].every((sort) => seen.has(sort)), [...seen].join())
})
