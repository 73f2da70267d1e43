// C3 and Q5: somebody changes by themselves where they are reached, their
// questions and their language; and a thief with the session alone changes nothing.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD, answerQuestions, letter, linkIn, look, path, signIn, stage, submit } from './stage.js'

const SUE = 'sue.taming@example.com'

test('one changes the own contact with the password, confirms it, and the owner of the old one objects', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  const [sue, old] = [await someone(), await someone()]
  // Who is not signed in comes back to where they wanted to go.
  await sue.goto('/profile/contact')
  assert.equal(path(sue), '/sign-in')
  await sue.fill('[name=username]', SUE)
  await sue.fill('[name=password]', PASSWORD)
  await submit(sue, 'Sign in')
  assert.equal(path(sue), '/profile/contact')
  const page = sue.locator('main')
  assert.match(await page.innerText(), /sue\.taming@example\.com[^]*Confirmed/)

  const ask = async (address, password = PASSWORD) => {
    await sue.goto('/profile/contact')
    await sue.fill('[name=address]', address)
    await sue.fill('[name=current]', password)
    await submit(sue, 'Send me the link')
  }
  await ask('sue@example.org', 'Not#her password 1')
  assert.ok(await sue.evaluate(() => document.activeElement.matches('[role=alert]')))
  assert.equal(await sue.inputValue('[name=address]'), 'sue@example.org', 'what was typed stays, but for the password')
  assert.equal(await sue.inputValue('[name=current]'), '')
  await ask('no address')
  assert.equal(await sue.getByRole('alert').count(), 1)
  await ask('sue@example.org')
  assert.match(await sue.getByRole('status').first().innerText(), /on its way/)
  assert.match(await page.innerText(), /sue@example\.org[^]*Waits to be confirmed/)
  await look(sue, 'own-contact')
  const objection = linkIn(await letter(old, SUE))
  await sue.goto(linkIn(await letter(old, 'sue@example.org')))
  await sue.waitForURL('**/confirm/now')
  await submit(sue, 'Yes, it is mine')
  const { users: [{ account }] } = await office.users({ filter: 'Taming' })
  assert.equal((await office.user(account)).username, 'sue@example.org')
  await old.goto(objection)
  await old.waitForURL('**/object/now')
  await submit(old, 'Object')
  assert.equal((await office.user(account)).username, SUE)
  await sue.goto('/profile')
  assert.equal(path(sue), '/sign-in', 'all sessions are over')
  const { rows: [party] } = await agency.findParties(SUE)
  assert.equal(party.account, account)
})

test('one changes the questions and the language', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  const sue = await someone()
  await signIn(sue, SUE)
  await sue.goto('/profile')
  await look(sue, 'profile')
  await sue.getByRole('link', { name: 'Security questions' }).click()
  await sue.waitForURL('**/profile/questions')
  await look(sue, 'own-questions')
  // Without the password nothing is changed.
  await sue.fill('[name=current]', 'Not#her password 1')
  await answerQuestions(sue)
  assert.equal(await sue.getByRole('alert').count(), 1)
  assert.equal(await sue.inputValue('[name=answer1]'), '', 'no page repeats an answer')
  await sue.fill('[name=current]', PASSWORD)
  await answerQuestions(sue)
  assert.equal(path(sue), '/profile')
  assert.match(await sue.getByRole('status').first().innerText(), /questions are changed/)
  const { users: [{ account }] } = await office.users({ filter: 'Taming' })
  assert.equal((await agency.history(account)).filter(({ kind }) => kind === 'questions.changed').length, 1)

  await sue.selectOption('[name=language]', 'es')
  await submit(sue, 'Save')
  assert.equal(await sue.getAttribute('html', 'lang'), 'es', 'the pages follow')
  assert.match(await sue.getByRole('status').first().innerText(), /idioma/)
  await office.resetPassword(account, { password: 'Lantern#47 tide', confirm: 'Lantern#47 tide' })
  assert.match(await letter(sue, SUE), /contraseña/i, 'and so does what is sent')
})
