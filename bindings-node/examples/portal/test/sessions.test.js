// E5: where someone is signed in, seen and ended by themselves and by the office.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { look, path, signIn, stage, submit } from './stage.js'

const SUE = 'sue.taming@example.com'

test('one ends a session that is not known, and all others; the office sees them and ends all', async (t) => {
  const { office, someone } = await stage(t, { active: true })
  const [sue, thief, phone, manager] = [await someone(), await someone(), await someone(), await someone()]
  await signIn(sue, SUE)
  await signIn(thief, SUE)
  await sue.goto('/profile')
  await sue.getByRole('link', { name: 'Where you are signed in' }).click()
  await sue.waitForURL('**/profile/sessions')
  await look(sue, 'sessions')
  const ends = sue.getByRole('button', { name: /^End: Session/ })
  assert.equal(await ends.count(), 1, 'this one is ended by signing out')
  await Promise.all([sue.waitForEvent('load'), ends.click()])
  await thief.goto('/home')
  assert.equal(path(thief), '/sign-in')
  await sue.goto('/home')
  assert.equal(path(sue), '/home')

  // Another's session is not theirs to end, whatever is posted.
  await signIn(manager, '104fconner')
  const { users: [{ account }] } = await office.users({ filter: '104fconner' })
  const [{ id }] = (await office.sessions(account)).filter(({ kind }) => kind === 'session')
  await sue.goto('/profile/sessions')
  const formToken = await sue.locator('[name=formToken]').first().inputValue()
  const refused = await sue.request.post('/profile/sessions/end', { form: { formToken, id } })
  assert.equal(refused.status(), 404)
  await manager.goto('/home')
  assert.equal(path(manager), '/home')

  await signIn(phone, SUE)
  await sue.goto('/profile/sessions')
  await submit(sue, 'End all others')
  assert.equal(await sue.getByRole('button', { name: /^End: Session/ }).count(), 0)
  await phone.goto('/home')
  assert.equal(path(phone), '/sign-in')

  await manager.goto('/office/users?filter=Taming')
  await manager.getByRole('link', { name: 'Sue Taming' }).click()
  await manager.getByRole('link', { name: 'Sessions and devices' }).click()
  await manager.getByRole('heading', { name: 'Where Sue Taming is signed in' }).waitFor()
  await look(manager, 'user-sessions')
  await submit(manager, 'Sign out everywhere')
  await sue.goto('/home')
  assert.equal(path(sue), '/sign-in')
})
