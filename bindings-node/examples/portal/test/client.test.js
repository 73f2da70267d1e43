// S1: the registration message, the temporary password, and who sees what of a
// client: the client, the emergency contact, the payer.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerQuestions, letter, look, path, signIn, stage, submit, tabs, typePassword } from './stage.js'

const SUE = 'sue.wright@example.com'

test('a client signs in once with the password of the registration, and changes it', async (t) => {
  const { someone } = await stage(t)
  const page = await someone()
  const temporary = (await letter(page, 'Sue.Wright@Example.com')).match(/Temporary password: (\S+)/)[1]
  await page.goto('/sign-in')
  await look(page, 'sign-in')
  await signIn(page, SUE, { password: temporary })
  assert.equal(path(page), '/password')
  await page.goto('/home')
  assert.equal(path(page), '/sign-in', 'it opens nothing else')
  await page.goto('/password')
  await look(page, 'choose-password')
  await typePassword(page)
  await submit(page, 'Save password')
  await answerQuestions(page)
  assert.equal(path(page), '/home')
  assert.deepEqual(await tabs(page), ['Home', 'Invoices', 'Calendar', 'Service plan', 'Message', 'Profile'])
  await look(page, 'client-home')
})

test('a client sees invoices, calendar and service plan, and writes to the owner', async (t) => {
  const { someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, SUE)
  for (const name of ['invoices', 'calendar', 'service-plan', 'message', 'profile']) {
    assert.equal((await page.goto(`/${name}`)).status(), 200)
    await look(page, `client-${name}`)
  }
  await page.goto('/invoices')
  await page.getByRole('link', { name: 'HH-2078' }).click()
  await page.getByRole('heading', { name: 'Invoice HH-2078' }).waitFor()
  assert.match(await page.locator('.total').innerText(), /\$860\.00/)
  await look(page, 'invoice')
  assert.equal((await page.goto('/invoices/HH-2080')).status(), 404, 'that of another client')

  await page.goto('/message')
  const template = await page.inputValue('[name=text]')
  assert.match(template, /Sue Wright/)
  await page.fill('[name=text]', template.replace('about ', 'about <b>Monday</b>'))
  await submit(page, 'Send')
  assert.match(await page.getByRole('status').innerText(), /on its way/)
  assert.match(await letter(page, 'owner@harborhome.example.com'), /about <b>Monday<\/b>/)

  await page.goto('/profile')
  await page.fill('[name=current]', 'not this one')
  await typePassword(page, 'Copper&91 kettle')
  await submit(page, 'Change password')
  await page.getByRole('alert').waitFor()
  await page.fill('[name=current]', 'Lantern#47 tide')
  await typePassword(page, 'Copper&91 kettle')
  await submit(page, 'Change password')
  assert.match(await page.getByRole('status').first().innerText(), /changed/)
  await page.goto('/home')
  assert.equal(path(page), '/home', 'this session goes on')
  await submit(page, 'Sign out')
  assert.equal(path(page), '/sign-in')
})

test('the emergency contact sees all of it but the service plan', async (t) => {
  const { someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, 'daniel.wright@example.com')
  assert.deepEqual(await tabs(page), ['Home', 'Invoices', 'Calendar', 'Message', 'Profile'])
  await look(page, 'contact-home')
  await page.goto('/invoices')
  assert.equal(await page.getByRole('link', { name: /^HH-/ }).count(), 3)
  assert.equal((await page.goto('/service-plan')).status(), 404)
  await look(page, 'not-found')
})

test('the payer sees the calendars of all its clients, and the invoices issued to it', async (t) => {
  const { someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, 'claims@lakeside-mutual.example.com')
  assert.deepEqual(await tabs(page), ['Home', 'Invoices', 'Calendar', 'Profile'])
  await page.goto('/invoices')
  assert.deepEqual(await page.getByRole('link', { name: /^HH-/ }).allInnerTexts().then((all) => all.sort()), ['HH-2078', 'HH-2080'])
  await look(page, 'payer-invoices')
  assert.equal((await page.goto('/invoices/HH-2077')).status(), 404, 'issued to the client, not to the payer')
  await page.goto('/calendar')
  assert.deepEqual((await page.locator('main h2').allInnerTexts()).sort(), ['Elena Muñoz', 'Sue Wright'])
  await look(page, 'payer-calendar')
})

test('a community sees the calendar of its client, and no service plan', async (t) => {
  const { someone } = await stage(t)
  const page = await someone()
  const username = 'desk@willowcreek.example.com'
  const temporary = (await letter(page, username)).match(/Temporary password: (\S+)/)[1]
  await signIn(page, username, { password: temporary })
  await typePassword(page)
  await submit(page, 'Save password')
  await answerQuestions(page)
  assert.deepEqual(await tabs(page), ['Home', 'Invoices', 'Calendar', 'Profile'])
  await page.goto('/calendar')
  assert.deepEqual(await page.locator('main h2').allInnerTexts(), ['Elena Muñoz'])
  await page.goto('/invoices')
  await page.getByText('No invoices yet.').waitFor()
  await look(page, 'community-invoices')
  assert.equal((await page.goto('/service-plan')).status(), 404)
})
