// A7, N and S3: what is not allowed is not shown, and refused all the same; texts
// are read, tried and set; applications are filtered.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerQuestions, look, path, signIn, stage, submit, tabs } from './stage.js'

const NELL = { password: 'Lantern#47 tide', confirm: 'Lantern#47 tide' }

/** Someone of the office who may see and send again to caregivers, and no more. */
async function clerk (agency, office) {
  const { policy } = await agency.settings()
  const delegated = { office_staff: { users: ['caregiver'], user: ['caregiver'], send_again: ['caregiver'], end_sessions: ['caregiver'] } }
  await office.changeSettings({ policy: { ...policy, office: { delegated } } })
  const { account, username } = await office.createStaffAccount({ firstName: 'Nell', lastName: 'Ortega', email: 'nell@example.com', ...NELL })
  const { party } = await office.addParty({ name: 'Nell Ortega', roles: ['office_staff'] })
  await office.linkAccount({ account, party })
  const { step } = await agency.signIn({ username, password: NELL.password })
  const typed = { password: 'Copper&91 kettle', confirm: 'Copper&91 kettle' }
  await agency.choosePassword({ step, ...typed })
  return username
}

test('a page hides what is not delegated, and the engine refuses it when it is posted', async (t) => {
  const { agency, base, office, someone } = await stage(t, { active: true })
  const username = await clerk(agency, office)
  const page = await someone()
  await signIn(page, username, { password: 'Copper&91 kettle' })
  if (path(page) === '/questions') await answerQuestions(page)
  assert.deepEqual(await tabs(page, 'Office'), ['Users'])
  await page.goto('/office/users')
  const names = await page.locator('tbody td:first-child a').allInnerTexts()
  assert.ok(names.includes('Sue Taming'))
  assert.ok(!names.includes('Sue Wright'), 'clients are not within reach')
  await look(page, 'staff-users')
  await page.getByRole('link', { name: 'Sue Taming' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sue Taming' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Disable' }).count(), 0)
  assert.equal(await page.getByRole('button', { name: 'Sign out everywhere' }).count(), 1)
  await look(page, 'staff-user')

  // The hidden forms, posted by hand.
  const formToken = await page.locator('[name=formToken]').first().inputValue()
  const account = path(page).split('/').at(-1)
  const post = (where, form) => page.request.post(base + where, { form: { formToken, ...form } })
  const refused = await post(`/office/users/${account}/disable`, {})
  assert.equal(refused.status(), 403)
  assert.match(await refused.text(), /<h1>Not for this account<\/h1>/)
  assert.equal((await office.user(account)).state, 'active')
  const many = await (await post('/office/users', { act: 'disable', pick: account })).text()
  assert.match(many, /Not for this account|Not done/)
  assert.equal((await office.user(account)).state, 'active')
  const { users: [client] } = await office.users({ filter: 'Wright' })
  assert.ok([403, 404].includes((await page.goto(`/office/users/${client.account}`)).status()))
  for (const where of ['/office/people', '/office/messages', '/office/delegated', '/office/history', '/office/roster', '/office/accounts']) {
    assert.equal((await page.goto(where)).status(), 403, where)
  }
  const manager = await someone()
  await signIn(manager, '104fconner')
  await manager.goto('/office/delegated')
  assert.match(await manager.getByRole('row', { name: /Send a message again/ }).innerText(), /Caregiver/)
  await look(manager, 'delegated')
})

test('many are disabled and signed out at once, with a result for each', async (t) => {
  const { office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto('/office/users')
  await submit(page, 'Disable')
  assert.match(await page.getByRole('region', { name: 'What came of it' }).innerText(), /Tick at least one/)
  await page.goto('/office/users?filter=Taming')
  await page.getByLabel('Select Sue Taming').check()
  await submit(page, 'Disable')
  assert.match(await page.getByRole('region', { name: 'What came of it' }).innerText(), /Sue Taming[^]*Done/)
  assert.equal((await office.users({ filter: 'Taming', showDisabled: true })).users[0].state, 'disabled')
  await page.getByLabel('Select Sue Taming').check()
  await submit(page, 'Disable')
  assert.match(await page.getByRole('region', { name: 'What came of it' }).innerText(), /Sue Taming[^]*Not done/)
  await look(page, 'users-many', { again: false })
})

test('applications are narrowed and counted, and an invitation is cancelled', async (t) => {
  const { office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto('/office/invitations')
  await page.selectOption('[name=standing]', 'invited')
  await submit(page, 'Search')
  assert.match(await page.locator('.count').innerText(), /^3 applications/)
  const [{ number, invitedContact }] = (await office.applicationsBy({ standing: 'invited' })).rows
  assert.ok((await page.locator('tbody').innerText()).includes(invitedContact))
  await page.getByRole('button', { name: `Cancel invitation: ${number}` }).click()
  await page.getByRole('region', { name: 'What came of it' }).waitFor()
  assert.match(await page.locator('.count').innerText(), /^2 applications/)
  await page.goto('/office/invitations?due=2020-01-01')
  assert.match(await page.locator('.empty').innerText(), /No application fits/)
})

test('a text is read, tried with sample values, set, and brought back; owners and time zone', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto('/office/messages')
  await look(page, 'messages')
  await page.fill('[name=owners]', 'second@harborhome.example.com')
  await page.fill('[name=zone]', 'Nowhere/Atlantis')
  await submit(page, 'Save')
  await page.getByRole('alert').waitFor()
  assert.equal(await page.inputValue('[name=zone]'), 'Nowhere/Atlantis')
  await page.fill('[name=zone]', 'America/Toronto')
  await submit(page, 'Save')
  const { timeZone, ownerEmails } = await agency.settings()
  assert.deepEqual([timeZone, ownerEmails], ['America/Toronto', ['second@harborhome.example.com']])

  const where = { kind: 'password_changed', method: 'email', locale: 'en' }
  const shipped = await office.text(where)
  await page.goto('/office/messages/password_changed/email/en')
  assert.equal(await page.inputValue('[name=body]'), shipped.body)
  await look(page, 'message')
  await page.fill('[name=body]', 'Hello {nobody}')
  await submit(page, 'Try with sample values')
  await page.getByRole('alert').waitFor()
  await page.fill('[name=body]', 'Hello from {agency}.')
  await submit(page, 'Try with sample values')
  const sample = page.getByRole('region', { name: 'As its reader would see it' })
  assert.match(await sample.innerText(), /Hello from (?!\{)/)
  assert.equal((await office.text(where)).own, false, 'trying writes nothing')
  await look(page, 'message-tried', { again: false })
  await submit(page, 'Save as our own text')
  assert.equal((await office.text(where)).body, 'Hello from {agency}.')
  await submit(page, 'Back to the shipped text')
  assert.equal((await office.text(where)).own, true, 'what is lost is asked for first')
  await page.getByRole('alert').waitFor()
  await page.check('[name=sure]')
  await submit(page, 'Back to the shipped text')
  assert.equal((await office.text(where)).body, shipped.body)
})
