// What changes hands and who is who: a contact that the office corrects (C2), a
// roster's namesakes (C4), an invitation to someone who has an account (C6), and
// a device that is known through a lock (E4).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { letter, linkIn, look, path, signIn, stage, submit, typePassword } from './stage.js'

const SUE = 'sue.taming@example.com'

/** The office corrects an e-mail address in the next roster, and decides that it is the same person. */
async function correct (page, email) {
  await page.goto('/office/roster')
  await page.fill('[name=csv]', `Role,Name,Email\nCaregiver,"Taming, Sue",${email}\nCaregiver,"Bell, Irene",irene.bell@example.com\n`)
  await submit(page, 'Preview')
  await page.getByText('Decide who it is').waitFor()
  await page.getByLabel('Who is Sue Taming').selectOption({ label: `The same: Sue Taming · ${SUE} · Caregiver` })
}

test('a namesake in a roster waits, and the office decides who it is', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await correct(page, 'sue@example.org')
  await look(page, 'roster-who')
  const { found } = await office.users()
  await page.getByLabel('Who is Sue Taming').selectOption({ label: 'Someone else' })
  await submit(page, 'Check again')
  assert.match(await page.getByRole('row', { name: /Sue Taming/ }).innerText(), /sue@example\.org/)
  await look(page, 'roster-who-decided')
  // A decision may be taken back, and taken anew.
  await page.getByLabel('Who is Sue Taming').selectOption({ label: 'Not decided yet' })
  await submit(page, 'Check again')
  await page.getByLabel('Who is Sue Taming').selectOption({ label: 'Someone else' })
  await submit(page, 'Check again')
  await submit(page, 'Create accounts (2)')
  assert.match(await page.getByRole('row', { name: /Sue Taming/ }).innerText(), /Account Created/)
  assert.equal((await office.users()).found, found + 2)
  assert.equal((await agency.findParties('Sue Taming')).found, 2)
})

test('a corrected contact is confirmed by its link, once, and by a button', async (t) => {
  const { agency, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await correct(page, 'sue@example.org')
  await submit(page, 'Check again')
  await submit(page, 'Create accounts (2)')
  await page.getByRole('row', { name: /Sue Taming/ }).getByText('Updated').waitFor()
  const link = linkIn(await letter(page, 'sue@example.org'))

  const sue = await someone()
  await sue.goto(link)
  await sue.waitForURL('**/confirm/now')
  await look(sue, 'confirm-contact')
  // Looking used nothing up, and changed nothing.
  await signIn(sue, SUE)
  assert.equal(path(sue), '/home')
  await sue.goto(link)
  await sue.waitForURL('**/confirm/now')
  await submit(sue, 'Yes, it is mine')
  assert.match(await sue.locator('main').innerText(), /Your username is sue@example\.org/)
  await look(sue, 'confirm-contact-done', { again: false })
  assert.equal((await agency.findParties('Sue Taming')).rows[0].email, 'sue@example.org')
  const again = await someone()
  await again.goto(link)
  await again.waitForURL('**/confirm/now')
  await submit(again, 'Yes, it is mine')
  await again.getByRole('heading', { name: 'That is over' }).waitFor()
  await signIn(again, 'sue@example.org')
  assert.equal(path(again), '/home')
})

test('who does not know of a new contact objects, and it cannot be confirmed', async (t) => {
  const { office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await correct(page, 'thief@example.org')
  await submit(page, 'Check again')
  await submit(page, 'Create accounts (2)')
  const confirm = linkIn(await letter(page, 'thief@example.org'))
  const object = linkIn(await letter(page, SUE))
  const sue = await someone({ javaScriptEnabled: false })
  await sue.goto('/object')
  await sue.fill('[name=link]', 'nothing of the kind')
  await submit(sue, 'Continue')
  await sue.getByRole('alert').waitFor()
  await sue.fill('[name=link]', object)
  await submit(sue, 'Continue')
  assert.equal(path(sue), '/object/now')
  await submit(sue, 'Object')
  await sue.getByRole('heading', { name: 'We have your objection' }).waitFor()
  const thief = await someone()
  await thief.goto(confirm)
  await thief.waitForURL('**/confirm/now')
  await submit(thief, 'Yes, it is mine')
  await thief.getByRole('heading', { name: 'That is over' }).waitFor()
  assert.ok((await office.review({ unusedDays: 90 })).some(({ kind, names }) => kind === 'objection' && names[0] === 'Sue Taming'))
})

test('an invitation to someone who has an account leads to signing in, and back', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  // Sue, a caregiver, is of a family too.
  const { party } = await office.addParty({ name: 'Sue Taming', roles: ['family'], email: SUE })
  const invited = async (number) => {
    const { application } = await office.addApplication({ number, family: party })
    return async () => (await office.applications({ search: number })).rows.find(({ id }) => id === application).onlineAccount
  }
  const page = await someone()
  const first = await invited('CW-4000')
  await page.goto(linkIn(await letter(page, SUE)))
  await page.waitForURL('**/invitation/accept')
  await submit(page, 'Accept the invitation')
  assert.equal(path(page), '/sign-in')
  assert.match(await page.getByRole('status').innerText(), /have an account already/)
  await look(page, 'sign-in-first', { again: false })
  await page.fill('[name=username]', SUE)
  await page.fill('[name=password]', 'Lantern#47 tide')
  await submit(page, 'Sign in')
  assert.equal(path(page), '/invitation/accept')
  await submit(page, 'Accept the invitation')
  assert.deepEqual(await first(), { linked: SUE })
  await submit(page, 'Sign out')
  await signIn(page, SUE)
  assert.equal(path(page), '/home', 'and never again')

  // The same by code.
  await submit(page, 'Sign out')
  const second = await invited('CW-4001')
  const code = (await letter(page, SUE)).match(/[0-9A-Z]{5}-[0-9A-Z]{5}/)[0]
  await page.goto('/invitation')
  await page.fill('[name=code]', code)
  await page.fill('[name=contact]', SUE)
  await submit(page, 'Accept the invitation')
  assert.equal(path(page), '/sign-in')
  await page.fill('[name=username]', SUE)
  await page.fill('[name=password]', 'Lantern#47 tide')
  await submit(page, 'Sign in')
  assert.equal(path(page), '/invitation')
  await submit(page, 'Accept the invitation')
  assert.deepEqual(await second(), { linked: SUE })
  assert.equal((await agency.party(party)).accounts.length, 1)
})

test('a device is known through a lock, which the office ends', async (t) => {
  const { agency, someone } = await stage(t, { active: true })
  const sue = await someone()
  await signIn(sue, SUE)
  const device = async () => (await sue.context().cookies()).find(({ name }) => name === '__Host-carekey-device')
  const known = await device()
  assert.ok(known.httpOnly && known.secure && known.sameSite === 'Lax')
  assert.ok(known.expires * 1000 > Date.now() + 179 * 86_400_000)

  const { failures } = (await agency.settings()).policy.throttle
  for (let times = 0; times < failures; times++) await agency.signIn({ username: SUE, password: 'wrong' })
  const stranger = await someone()
  await signIn(stranger, SUE)
  await stranger.getByRole('alert').waitFor()
  await sue.goto('/home')
  assert.equal(path(sue), '/home', 'her session goes on')
  await submit(sue, 'Sign out')
  await signIn(sue, SUE, { password: 'wrong' })
  await sue.getByRole('alert').waitFor()
  await signIn(sue, SUE)
  assert.equal(path(sue), '/home')
  assert.equal((await device()).value, known.value)

  const manager = await someone()
  await signIn(manager, '104fconner')
  await manager.goto('/office/users?filter=Taming')
  await manager.getByRole('link', { name: 'Sue Taming' }).click()
  await submit(manager, 'Unlock')
  assert.match(await manager.getByRole('status').first().innerText(), /forgotten/)
  assert.match(await manager.locator('tbody').innerText(), /Account unlocked/)
  await signIn(stranger, SUE)
  assert.equal(path(stranger), '/home')

  // A changed password ends all devices but the one that it was changed at.
  await sue.goto('/profile')
  await sue.fill('[name=current]', 'Lantern#47 tide')
  await typePassword(sue, 'Copper&91 kettle')
  await submit(sue, 'Change password')
  assert.notEqual((await device()).value, known.value)
})
