// A6 and U4: a party's file is found, read, edited and ended in; two that are one
// are merged and split; who was deleted comes back.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { look, path, signIn, stage, submit } from './stage.js'

test('a party is found, edited with what follows, and a tie of it ended', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  const [daniel, elena] = await Promise.all(['daniel.wright@', 'elena.munoz@'].map(async (one) => (await agency.findParties(one)).rows[0].id))
  await office.relate({ kind: 'payer', who: daniel, of: elena })
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto('/office/people?text=nobody-at-all')
  assert.match(await page.locator('.empty').innerText(), /add people under Roster/)
  await page.goto('/office/people')
  await look(page, 'people')
  await page.fill('[name=text]', 'daniel.wright@')
  await submit(page, 'Search')
  await page.getByRole('link', { name: 'Daniel Wright' }).click()
  await page.getByRole('heading', { level: 1, name: 'Daniel Wright' }).waitFor()
  assert.match(await page.locator('.facts').first().innerText(), /Payer\s+by a tie/)
  await look(page, 'party')

  // A form that says nothing new writes nothing; another's change is not undone by it.
  const id = path(page).split('/').at(-1)
  await office.editParty(id, { externalId: 'EC-9' })
  await page.fill('[name=nickname]', 'Dan')
  await page.fill('[name=email]', 'dan.wright@example.org')
  await submit(page, 'Save')
  const said = await page.getByRole('status').first().innerText()
  assert.match(said, /Dan/)
  assert.match(said, /confirm/i)
  assert.equal((await agency.party(id)).externalId, 'EC-9')
  const { account } = await agency.party(id)
  assert.equal((await office.user(account)).username, 'daniel.wright@example.com', 'the username waits for its user')
  assert.ok(await page.evaluate(() => document.activeElement.matches('[data-focus]')))
  await page.fill('[name=email]', 'no address')
  await submit(page, 'Save')
  assert.equal(await page.inputValue('[name=email]'), 'no address')
  assert.ok(await page.evaluate(() => document.activeElement.matches('[role=alert]')))
  await look(page, 'party-refused')

  // Yesterday nothing tied him; today it is ended, after being asked for.
  await page.goto(`/office/people/${id}?at=2020-01-01`)
  assert.match(await page.locator('main').innerText(), /No ties/)
  await page.goto(`/office/people/${id}`)
  await page.getByRole('link', { name: 'End: Daniel Wright is payer of Elena Muñoz' }).click()
  await page.getByRole('heading', { name: 'Really end this?' }).waitFor()
  assert.equal((await office.ties(id, { at: new Date() })).length, 2, 'asking ends nothing')
  await look(page, 'party-end')
  await submit(page, 'Yes, end it')
  assert.equal((await office.ties(id, { at: new Date() })).length, 1)
  assert.equal(await page.getByRole('link', { name: /^End: / }).count(), 1)
})

test('two that are one are merged after a preview, and split again', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  const { party: twin } = await office.addParty({ name: 'Danny Wright', roles: ['contact'], phone: '404-555-0190' })
  const { rows: [keep] } = await agency.findParties('daniel.wright@example.com')
  const { rows: [sue] } = await agency.findParties('sue.wright@example.com')
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto(`/office/people/${keep.id}`)
  await submit(page, 'Look for the other')
  await page.getByRole('link', { name: 'See what would move: Danny Wright' }).click()
  await page.getByRole('heading', { name: /Danny Wright becomes one/ }).waitFor()
  await look(page, 'merge')
  assert.equal((await agency.party(twin)).displayName, 'Danny Wright', 'a preview writes nothing')
  // Two accounts are never one: the engine says so, and there is no button.
  const refused = await page.goto(`/office/people/${keep.id}/merge?gone=${sue.id}`)
  assert.equal(refused.status(), 422)
  assert.equal(await page.getByRole('button', { name: 'Merge the two' }).count(), 0)
  await page.goto(`/office/people/${keep.id}/merge?gone=${twin}`)
  await submit(page, 'Merge the two')
  await assert.rejects(agency.party(twin), { code: 'party.merged' })
  assert.match(await page.locator('main').innerText(), /merged into Daniel Wright/)
  await look(page, 'merged', { again: false })
  await submit(page, 'Split again')
  assert.match(await page.getByRole('status').innerText(), /Split again/)
  assert.equal((await agency.party(twin)).displayName, 'Danny Wright')
})

test('who was deleted and is back goes on as the same one', async (t) => {
  const { agency, someone } = await stage(t, { active: true })
  const { rows: [{ id }] } = await agency.findParties('sue.taming@example.com')
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto(`/office/people/${id}`)
  await submit(page, 'Delete this entry')
  assert.match(await page.getByRole('alert').innerText(), /Tick/)
  await page.check('[name=sure]')
  await submit(page, 'Delete this entry')
  await assert.rejects(agency.party(id), { code: 'party.not_found' })
  await page.goto('/office/former?name=nobody@example.com')
  assert.match(await page.locator('.empty').innerText(), /Nobody/)
  await page.goto('/office/former?name=sue.taming@example.com')
  await look(page, 'former')
  await page.fill('[name=called]', 'Sue Taming')
  await page.selectOption('[name=role]', 'caregiver')
  await submit(page, 'Bring back')
  assert.equal(path(page), `/office/people/${id}`)
  assert.equal((await agency.party(id)).email, 'sue.taming@example.com')
})

test('nothing of a long list or history is out of reach', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  // By letters: a number in a name is no part of it.
  const letters = [...'abcdefghijk']
  for (const one of letters) for (const other of letters) await office.addParty({ name: `Ida Longlist${one}${other}`, roles: ['contact'] })
  const page = await someone()
  await signIn(page, '104fconner')
  /** What stands on all pages of a list, from one to the next. */
  const all = async (path, cell) => {
    const seen = []
    for (await page.goto(path); ; await page.getByRole('link', { name: /^Next/ }).click()) {
      const from = seen.length + 1
      await page.getByText(new RegExp(`^${from} to `)).waitFor()
      seen.push(...await page.locator(cell).allInnerTexts())
      if (await page.getByRole('link', { name: /^Next/ }).count() === 0) return seen
    }
  }
  const people = await all('/office/people?text=longlist&role=contact', 'tbody tr td:first-child')
  assert.equal(new Set(people).size, letters.length ** 2)
  const sue = (await office.users({ filter: 'Taming' })).users[0].account
  for (let n = 0; n < 60; n++) await office.setNote(sue, `note ${n}`)
  const lines = await all(`/office/users/${sue}`, 'tbody tr td:first-child')
  assert.equal(lines.length, (await agency.history(sue)).length)
})
