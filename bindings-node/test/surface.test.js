'use strict'

// That what is declared is what there is: names, words, codes, and the answers
// of those functions that no case asks for.

const { after, test } = require('node:test')
const assert = require('node:assert/strict')
const fs = require('node:fs')
const path = require('node:path')
const carekey = require('..')
const native = require('../lib/native')
const declared = require('./declared')
const { GOOD, KEY, SUPPORT, active, desk, folder, manyClients, sent } = require('./desk')

declared.watch()

test('every declared value is there, and nothing else', () => {
  assert.deepEqual(Object.keys(carekey).sort(), declared.values.toSorted())
})

test('import and require give the same classes', async () => {
  const imported = await import('../index.mjs')
  assert.deepEqual(Object.keys(imported).filter((name) => name !== 'default').sort(), Object.keys(carekey).sort())
  for (const name of Object.keys(carekey)) assert.equal(imported[name], carekey[name])
  assert.equal(imported.default, carekey)
})

test('every method is declared', () => {
  const known = new Set(declared.functions().map(({ object, key }) => object[key]))
  const classes = [...Object.values(carekey), ...Object.values(carekey).flatMap((one) => Object.values(one))]
    .filter((one) => typeof one === 'function' && /^class /.test(Function.prototype.toString.call(one)))
  for (const one of classes) {
    for (const name of Object.getOwnPropertyNames(one.prototype)) {
      const { value } = Object.getOwnPropertyDescriptor(one.prototype, name)
      if (name !== 'constructor' && typeof value === 'function') assert.ok(known.has(value), `${one.name}#${name}`)
    }
  }
})

test('every union has exactly the words of the core', () => {
  const words = JSON.parse(native.words())
  for (const [name, of] of Object.entries(words)) assert.deepEqual(declared.union(name), of.toSorted(), name)
})

test('every code is declared', () => {
  assert.deepEqual(declared.union('Code'), carekey.codes().map(({ code }) => code).sort())
})

test('a language that was loaded is one like those that ship', async () => {
  const file = fs.readFileSync(path.join(__dirname, '../../tests/languages/pl.json'))
  assert.equal(carekey.message.loadLanguage(file), 'pl')
  assert.equal(carekey.message.span(22 * 3600e3, 'pl'), '22 godziny')
  assert.equal(carekey.message.label('event_kind', 'invitation.sent', 'pl'), 'Zaproszenie wysłane')
  assert.throws(() => carekey.message.label('state', 'client', 'en'), { code: 'input.unknown_word' })
  assert.deepEqual(carekey.message.labels('party_kind', 'en').map(({ label }) => label), ['Organization', 'Person'])
  assert.throws(() => carekey.message.span(1, 'de'), ({ code, params }) => {
    assert.deepEqual(params, { argument: 'locale', choices: 'en, es, pl' })
    return code === 'input.unknown_word'
  })
  const lacking = Buffer.from(file.toString().replace('"payer": "płatnik",', ''))
  assert.throws(() => carekey.message.loadLanguage(lacking), ({ code, findings }) => {
    assert.deepEqual(findings.map(({ field }) => field), ['roles.payer'])
    return code === 'language.text_missing'
  })
})

test('what no case asks for', async () => {
  const here = await desk({ ownerEmail: 'owner@example.com' })
  const { agency, directory, office } = here
  const { username, account } = await active(here)
  const all = async (items) => {
    const found = []
    for await (const item of items) found.push(item)
    return found
  }

  assert.deepEqual((await directory.agencies()).map(({ code }) => code), ['104'])
  assert.ok(directory.hashOperations() > 0)

  const { session } = await agency.signIn({ username, password: 'Lantern#47 tide' })
  await assert.rejects(agency.messageOwner({ session, text: 'hello' }), { code: 'actor.not_allowed' })
  await office.addParty({ name: 'Ann Young', roles: ['client'], email: 'ann@example.com' })
  await all(office.eachMessage())
  await office.changeSettings({ ownerEmails: ['ann@example.com', 'bea@example.com'], timeZone: 'america/toronto' })
  const { ownerEmails, timeZone } = await agency.settings()
  assert.deepEqual([ownerEmails, timeZone], [['ann@example.com', 'bea@example.com'], 'America/Toronto'])
  assert.deepEqual(await all(office.eachStaged()), [])
  assert.deepEqual((await carekey.Roster.outline('Role,Name\n')).titles.map(({ column }) => column), ['role', 'name'])
  const password = new carekey.Secret('Lantern#47 tide')
  const [letter] = (await agency.outbox.claim(10)).filter(({ address }) => address === 'ann@example.com')
  const temporary = letter.body.reveal().match(/Temporary password: (.*)/)[1]
  const { step } = await agency.signIn({ username: 'ann@example.com', password: temporary })
  const granted = await agency.choosePassword({ step, password, confirm: password })
  await agency.messageOwner({ session: granted.session, text: new carekey.Secret('may I move my visit?') })
  const waiting = await office.messages({ state: 'waiting', limit: 1 })
  assert.equal(waiting.rows[0].kind, 'message_owner')
  assert.ok(waiting.rows.length === 1 && waiting.found >= 1)
  assert.equal(await agency.outbox.sentAll([letter, letter]), 1)
  assert.equal(typeof await agency.tidy({ messageDays: 0 }), 'number')

  const preview = await office.preview(await carekey.Roster.fromCsv(manyClients(250)))
  assert.equal(preview.rows.toJSON().length, 250)
  assert.match(preview.allCsv({ locale: 'es' }), /client249@example\.com/)
  await office.create(preview)
  assert.equal((await all(office.eachUser())).length, 252)
  const lines = await all(office.eachFeedLine({ limit: 100 }))
  const page = await office.feed({ limit: 10_000 })
  assert.deepEqual(lines, page.lines)
  assert.deepEqual((await office.feed({ after: page.next })).lines, [])
  assert.deepEqual(await all(office.eachFeedLine({ after: lines.at(-3).cursor })), lines.slice(-2))
  assert.equal((await all(agency.eachParty('Number'))).length, 250)
  assert.equal((await all(office.eachParty({ text: 'Number' }))).length, 250)
  const family = await office.addParty({ name: 'Lee Young', roles: ['family'], email: 'lee@example.com' })
  for (const number of ['A-1', 'A-2']) await office.addApplication({ number, family: family.party })
  assert.deepEqual((await all(office.eachApplication({ search: 'A-' }))).map(({ number }) => number).sort(), ['A-1', 'A-2'])
  const numbers = (await all(office.eachApplicationBy({ search: 'A-', invitedBefore: new Date('2999-01-01') })))
    .map(({ number }) => number)
  assert.deepEqual(numbers.sort(), (await office.applicationsBy({ standing: 'invited' })).rows.map(({ number }) => number).sort())
  assert.equal((await office.user(account)).isManager, false)

  const { code, link } = carekey.invitation.generate()
  assert.equal(carekey.invitation.parseCode(code.grouped).value.canonical.reveal(), code.canonical.reveal())
  assert.equal(carekey.invitation.parseLink(link).value.reveal(), link.reveal())
  assert.deepEqual([String(link), JSON.stringify({ link }), link.toJSON()], ['•••', '{"link":"•••"}', '•••'])
  assert.ok(carekey.message.fields('invitation').secrets.includes('code'))
  const shipped = carekey.message.shipped({ kind: 'invitation', method: 'sms', locale: 'en' })
  assert.match(carekey.message.masked({ kind: 'invitation', text: shipped }).body, /•••/)
  assert.equal(carekey.message.span(14 * 86_400_000, 'es'), '14 días')
  assert.equal(typeof carekey.message.moment(new Date(0), 'en'), 'string')
  assert.equal(carekey.password.isBlockListed('Password1!'), true)
  carekey.password.limitHashingMemory(128 * 1024)
  assert.equal(carekey.password.hashingMemory().limitKib, 128 * 1024)
  assert.equal(carekey.roster.outcomeLabel('created', 'en'), 'Account Created')
  const names = new carekey.username.Usernames({ prefix: '104', country: 'US', taken: ['104jsmith'] })
  const name = { first: 'John', last: 'Smith' }
  assert.equal(names.check({ line: 1, scheme: 'staff', name }).pass, false)
  assert.equal(names.suggest({ line: 1, name, most: 3 }).length, 3)
  assert.equal(carekey.username.checkStaffName('104jsmith', { maxLength: 20 }).value, '104jsmith')
  assert.equal(carekey.username.skeleton('paypal'), carekey.username.skeleton('pаypal'))
  assert.equal(carekey.visibility.cell('payer', 'service_plan'), 'never')
  const tie = { kind: 'payer', who: account, of: family.party, beginsAt: NOON, endsAt: null }
  assert.deepEqual(carekey.relationship.conveyed(account, [tie], NOON), ['payer'])
  assert.deepEqual(carekey.relationship.conveyed(account, [tie], new Date(0)), [])
  await directory[Symbol.asyncDispose]()
  assert.throws(() => directory.hashOperations(), { code: 'directory.closed' })
})

test('a device, a lock, and a contact that is corrected', async () => {
  const policy = new carekey.Policy({ questions: { count: 0 }, throttle: { failures: 1 } })
  const { agency, office } = await desk({ policy })
  const { account, party, username } = await active({ agency, office })
  const right = { username, password: GOOD }
  const { session } = await agency.signIn(right)
  assert.equal(session.deviceExpiresAt.toISOString(), '2026-08-29T09:00:00.000Z')
  assert.equal((await agency.signIn({ ...right, device: session.device })).session.device, null, 'it is known')

  // A stranger's guess keeps unknown devices waiting, and nobody else.
  assert.equal((await agency.signIn({ ...right, password: 'wrong' })).status, 'refused')
  assert.equal((await agency.signIn(right)).status, 'refused')
  assert.equal((await agency.signIn({ ...right, device: session.device.reveal() })).status, 'granted')
  assert.equal((await agency.session(session)).parties[0], party)
  await office.unlock(account)
  assert.equal((await agency.signIn(right)).status, 'granted')

  // The roster's correction waits for its user; the owner of the earlier contact may object.
  const correct = async (contact) => {
    const row = { line: 1, role: 'caregiver', name: { first: 'Sue', last: 'Wright' }, ...contact }
    const preview = await office.preview(await carekey.Roster.fromRows([row]))
    preview.decideAll([{ line: 1, who: { same: party } }])
    assert.deepEqual(preview.rows.at(0).decision, preview.decisions[0])
    const { rows } = await office.create(preview)
    assert.equal(rows.at(0).outcome, 'updated')
    const letters = await agency.outbox.claim(100)
    await agency.outbox.sentAll(letters)
    const linkOf = (kind) => letters.find((letter) => letter.kind === kind)?.body.reveal().match(/\S+#\S+/)[0]
    return { confirm: linkOf('confirm_contact'), object: linkOf('contact_changing') }
  }
  const first = await correct({ email: 'wrong@example.com' })
  await agency.objectToContact({ link: first.object })
  await assert.rejects(agency.confirmContact({ link: first.confirm }), { code: 'contact.objected' })
  assert.ok((await office.review({ unusedDays: 90 })).some(({ kind }) => kind === 'objection'))
  const second = await correct({ email: 'sue.wright@example.org' })
  assert.equal(await agency.confirmContact({ link: second.confirm, source: 'portal' }), 'sue.wright@example.org')
  // The objection stands until the office decides: the wrong one goes.
  await office.releaseContact(account, 'wrong@example.com')
  await assert.rejects(office.releaseContact(account, 'sue.wright@example.org'), { code: 'contact.last' })
  const phone = '+15196721843'
  await assert.rejects(office.releaseContact(account, phone), { code: 'contact.not_found' })
  // Where there was no phone, none has to be confirmed.
  await correct({ phone })
  await office.releaseContact(account, phone)
})

test('an invitation that is cancelled is dead, and one that leads to an account asks to sign in', async () => {
  const { agency, office } = await desk()
  const sue = await active({ agency, office })
  const family = await office.addParty({ name: 'Sue Wright', roles: ['family'], email: 'sue@example.com' })
  const linkOf = async () => (await sent(agency, 'sue@example.com')).find((word) => word.includes('#'))
  await office.invite({ party: family.party })
  const dead = await linkOf()
  await office.cancelInvitation({ party: family.party })
  await assert.rejects(agency.lookAtInvitation(dead), { code: 'invitation.refused' })
  await office.reinvite({ party: family.party })
  const link = await linkOf()
  assert.deepEqual(await agency.redeemLink({ link }), { status: 'sign_in_first' })
  const { session } = await agency.signIn({ username: sue.username, password: GOOD })
  assert.equal((await agency.redeemLink({ link, session })).status, 'linked')
  assert.deepEqual((await agency.party(family.party)).accounts, [sue.account])
})

test('ties come from a table or from rows, and who an end is can be said', async () => {
  const { office } = await desk()
  const add = (fullName, role, email) => office.addParty({ name: fullName, roles: [role], email })
  const [{ party: sue }, { party: tom }] = [await add('Sue Taming', 'client', 'sue@example.com'), await add('Tom Reed', 'contact')]
  const table = await carekey.TieRoster.fromTable(['Who', 'Kind', 'Of', 'From'], [['Tom Reed', 'guardian', sue, '01/02/2026']], { dates: 'day_first' })
  const preview = await office.previewTies(table)
  assert.deepEqual([preview.rows[0].outcome, preview.rows[0].whoMaybe, preview.counts], ['waiting', [tom], { waiting: 1 }])
  assert.throws(() => preview.accept(1, 'of', tom), { code: 'roster.nothing_to_decide' })
  assert.throws(() => preview.accept(1, 'neither', tom), { code: 'input.unknown_word' })
  preview.acceptAll([{ line: 1, end: 'who', party: tom }])
  assert.deepEqual(preview.accept(1, 'who', tom).beginsAt, new Date('2026-02-01'))
  const told = []
  const report = await office.createTies(preview, { onProgress: ({ done }) => told.push(done) })
  assert.deepEqual([report.rows[0].outcome, report.stopped, told], ['made', null, [0, 1]])
  const rows = await carekey.TieRoster.fromRows([{ who: tom, kind: 'guardian', of: sue, beginsAt: new Date('2026-02-01') }])
  assert.deepEqual([rows.rows[0].who, rows.findings], [tom, []])
  assert.equal((await office.previewTies(rows)).rows[0].tie, report.rows[0].tie)
  const failing = await office.previewTies(await carekey.TieRoster.fromCsv('Who,Kind,Of\nnobody@example.com,payer,C-17\n'))
  assert.match(failing.failedCsv(), /^\uFEFFProblem,Suggestion,Who,Kind,Of\r\n.*,nobody@example\.com,payer,C-17\r\n$/)
  assert.match(failing.failedCsv({ locale: 'es' }), /^\uFEFFProblema,/)
})

test('an export is verified by itself, and an agency is found by its code', async (t) => {
  const { directory } = await desk()
  assert.equal((await directory.agency('104')).code, '104')
  const file = path.join(folder(t), 'all.jsonl')
  const made = await directory.exportAgency('104', file, { actor: SUPPORT })
  assert.deepEqual(await carekey.verifyExport(file, { key: KEY }), made)
  const lines = path.join(folder(t), 'lines.jsonl')
  const told = await (await directory.agency('104')).actingAs(SUPPORT).exportHistory(lines, {})
  assert.deepEqual(await carekey.verifyHistoryExport(lines, { key: KEY }), told)
  await assert.rejects(carekey.verifyHistoryExport(file, { key: KEY }), { code: 'export.malformed' })
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('Harbor', 'Harbour'))
  await assert.rejects(carekey.verifyExport(file, { key: KEY }), { code: 'export.broken' })
})

test('hashing limits hold whatever an agency sets', async () => {
  const open = (hashingLimits) => carekey.Directory.open('memory:', { key: KEY, hashingLimits })
  const settings = { code: '104', name: 'Harbor Home Care', linkBase: 'https://portal.example.com' }
  const dear = (memoryKib) => ({ ...settings, policy: { password: { cost: { memory_kib: memoryKib, passes: 2, lanes: 1 } } } })
  const directory = await open({ memoryKib: 32 * 1024 })
  await assert.rejects(directory.createAgency(dear(48 * 1024), { actor: SUPPORT }), { code: 'policy.cost_over_limit' })
  await directory.close()
  const roomy = await open()
  await roomy.createAgency(dear(48 * 1024), { actor: SUPPORT })
  await roomy.close()
  await assert.rejects(open({ memory_kib: 1 }), { code: 'input.unknown_word' })
  await assert.rejects(open({ memory: 1 }), { code: 'input.unknown_word' })
})

after(() => {
  assert.deepEqual([...declared.differences], [])
  const missed = declared.BESIDE_THE_CASES.filter((name) => !declared.checkedCalls.has(name))
  assert.deepEqual(missed, [])
})

test('a snapshot decides as the server does, without a store', async () => {
  const directory = await carekey.Directory.open('memory:', { key: new Uint8Array(32), clock: new carekey.ManualClock(NOON) })
  const agency = await directory.createAgency(
    { code: '104', name: 'Harbor Home Care', linkBase: 'https://portal.example.com' }, { actor: { support: 'Pat Long' } })
  const office = agency.actingAs({ system: 'import' })
  const { party: client } = await office.addParty({ name: 'Ana Silva', roles: ['client'], email: 'ana@example.com' })
  const { party, enrolled } = await office.addParty({ name: 'Tom Silva', roles: ['emergency_contact'], email: 'tom@example.com' })
  await office.relate({ kind: 'emergency_contact', who: party, of: client })
  const account = enrolled?.account ?? (await agency.party(party)).account
  const given = { key: await agency.snapshotKey(), agency: '104', account, now: NOON }
  const text = await agency.snapshot(account)
  const snapshot = carekey.Snapshot.open(text, given)
  assert.equal(snapshot.account, account)
  assert.equal(snapshot.lapsesAt - snapshot.issuedAt, 24 * 3_600_000)
  for (const resource of ['dashboard', 'invoices', 'calendar', 'service_plan', 'profile']) {
    for (const of of ['own', { party: client }]) {
      assert.deepEqual(snapshot.canSee(resource, of, NOON), await agency.canSee(account, resource, of))
    }
  }
  assert.deepEqual(snapshot.what(NOON), await agency.sees(account))
  assert.throws(() => snapshot.canSee('profile', 'own', snapshot.lapsesAt), { code: 'snapshot.lapsed' })
  assert.throws(() => carekey.Snapshot.open(text.slice(0, -4), given), { code: 'snapshot.malformed' })
  assert.throws(() => carekey.Snapshot.open(text, { ...given, agency: '105' }), { code: 'snapshot.other_agency' })
  await directory.close()
})

const NOON = new Date('2026-03-02T12:00:00Z')
