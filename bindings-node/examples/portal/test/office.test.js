// S2 and S0's bulk window: a roster with verdicts and suggestions, accounts in
// bulk, Manage Users, and what the history keeps of it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { look, path, signIn, speak, stage, submit, tabs, typePassword } from './stage.js'

const ROSTER = `Role,Name,Email
Office Staff,"Conner, Flora",flora.conner@example.com
Office Staff,"Ruiz, Inés",ines.ruiz@example.com
Caregiver,"Bell, Irene",irene.bell@gmial.com
Caregiver,"Pearson, Jane",
Client,"Okafor, Grace",grace.okafor@example.com
`

test('a roster: preview, suggestion, create, and nothing twice', async (t) => {
  const { office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  assert.deepEqual(await tabs(page, 'Office'), ['Users', 'People', 'Bulk accounts', 'Roster', 'Invitations', 'To be sent', 'Messages', 'Delegated', 'Review', 'History'])
  await look(page, 'manager-home')
  await page.goto('/office/roster')
  await look(page, 'roster')
  await page.fill('[name=csv]', 'nothing of the kind')
  await submit(page, 'Preview')
  await page.getByRole('alert').waitFor()
  await page.fill('[name=csv]', ROSTER)
  const { found } = await office.users()
  await submit(page, 'Preview')
  assert.equal((await office.users()).found, found, 'a preview writes nothing')
  const flora = page.getByLabel('Username for Flora Conner')
  const [, first, second] = await flora.locator('option').allInnerTexts()
  assert.match(first, /^104f/)
  await look(page, 'roster-preview')
  await flora.selectOption(second)
  await submit(page, 'Check again')
  assert.equal(await flora.inputValue(), second)
  await submit(page, 'Create accounts (4)')
  const flora2 = await page.getByRole('row', { name: /Flora Conner/ }).innerText()
  assert.match(flora2, new RegExp(second))
  assert.match(flora2, /Account Created/)
  // Which sends the form again, as who reloads the page does.
  await look(page, 'roster-result')
  assert.equal((await office.users()).found, found + 4)

  await page.goto('/office/roster')
  await page.fill('[name=csv]', ROSTER)
  await submit(page, 'Preview')
  await submit(page, 'Create accounts (0)')
  assert.equal((await office.users()).found, found + 4)
})

test('the bulk window groups by role and makes the accounts that are ticked', async (t) => {
  const { office, someone } = await stage(t, { active: true })
  await office.addParty({ name: 'Ada Stone', roles: ['caregiver'], email: 'ada.stone@example.com' })
  await office.addParty({ name: 'Jo Reed', roles: ['caregiver'] })
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto('/office/accounts')
  assert.ok((await page.locator('summary h2').allInnerTexts()).includes('Caregiver'))
  await look(page, 'bulk-accounts')
  await page.getByLabel('Select Ada Stone').check()
  await page.getByLabel('Select Jo Reed').check()
  await submit(page, 'Create accounts')
  const results = page.getByRole('region', { name: 'What came of it' })
  assert.match(await results.getByRole('listitem').filter({ hasText: 'Ada Stone' }).innerText(), /Done/)
  assert.match(await results.getByRole('listitem').filter({ hasText: 'Jo Reed' }).innerText(), /Not done[^]*e-mail/)
  await look(page, 'bulk-accounts-done')
})

test('manage users: sort, filter, disable, enable, reset, and the history of it', async (t) => {
  const { someone } = await stage(t, { active: true })
  const page = await someone()
  const sue = await someone()
  await signIn(sue, 'sue.taming@example.com')
  await signIn(page, '104fconner')
  await page.goto('/office/users')
  const names = () => page.locator('tbody td:first-child a').allInnerTexts()
  const up = await names()
  await page.getByRole('columnheader', { name: 'Display name' }).getByRole('link').click()
  await page.waitForURL(/down=yes/)
  assert.notDeepEqual(await names(), up)
  assert.equal(await page.getByRole('columnheader', { name: 'Display name' }).getAttribute('aria-sort'), 'descending')
  await page.goto('/office/users')
  const count = Number(await page.locator('.count strong').innerText())
  await look(page, 'users')

  await page.fill('[name=filter]', 'Taming')
  await submit(page, 'Search')
  await page.getByRole('link', { name: 'Sue Taming' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sue Taming' }).waitFor()
  await look(page, 'user')
  await submit(page, 'Disable')
  await sue.goto('/home')
  assert.equal(path(sue), '/sign-in', 'her session has ended')
  assert.match(await page.locator('.facts').innerText(), /disabled by Felicia Conner/)
  await speak(page, 'es')
  assert.match(await page.locator('.facts').innerText(), /desactivada por Felicia Conner/)
  await speak(page, 'en')
  await page.goto('/office/users?filter=Taming')
  assert.equal(await page.getByRole('link', { name: 'Sue Taming' }).count(), 0)
  assert.equal(Number(await page.locator('.count strong').innerText()), count - 1)
  await page.check('[name=disabled]')
  await submit(page, 'Search')
  await page.getByRole('link', { name: 'Sue Taming' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sue Taming' }).waitFor()
  await submit(page, 'Enable')
  await typePassword(page, 'Copper&91 kettle')
  await submit(page, 'Reset password')
  assert.match(await page.getByRole('status').first().innerText(), /must be changed/)
  await page.fill('[name=note]', 'speaks Spanish')
  await submit(page, 'Save')
  assert.equal(await page.inputValue('[name=note]'), 'speaks Spanish')
  const lines = await page.locator('tbody').innerText()
  for (const kind of ['Account disabled', 'Account enabled', 'Password reset', 'Note changed']) assert.ok(lines.includes(kind), kind)
  assert.ok(!(await page.content()).includes('Copper&amp;91'))
  await signIn(sue, 'sue.taming@example.com', { password: 'Copper&91 kettle' })
  assert.equal(path(sue), '/password')
})

test('a form that comes from elsewhere is refused', async (t) => {
  const { base, office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  const [{ account }] = (await office.users({ filter: 'Taming' })).users
  const refused = await page.request.post(`${base}/office/users/${account}/disable`, { form: {} })
  assert.equal(refused.status(), 403)
  assert.equal((await office.user(account)).state, 'active')
})
