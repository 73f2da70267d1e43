// The pages of the FastAPI example, in the browser of the portal's tests: a story
// through all of them, each with its reading, axe-core's, and its picture.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { path, served, submit } from './served.mjs'

const FASTAPI = {
  '/sign-in': 'fastapi-sign-in-phone',
  '/choose-password': 'fastapi-choose-password-phone',
  '/set-questions': 'fastapi-set-questions-phone-es',
  '/': 'fastapi-schedule-desktop'
}

const { base, password, temporary, pages, someone, signIn, see, seen } = await served('pages.py', FASTAPI, { prefix: 'fastapi', cookie: 'locale', enter: 'Sign in' })

test('a client signs in with a temporary password, and goes through all steps', async (t) => {
  const page = await someone(t)
  await page.goto('/')
  assert.equal(path(page), '/sign-in')
  await see(page, 'sign-in')
  await signIn(page, 'nobody@example.com')
  assert.match(await page.getByRole('alert').innerText(), /Username or password is wrong/)
  assert.equal(await page.inputValue('[name=username]'), 'nobody@example.com')
  await see(page, 'refused', { again: false })
  await page.goto('/choose-password')
  assert.equal(path(page), '/sign-in', 'no step is skipped')
  await signIn(page, 'nils@example.com', temporary)
  assert.equal(path(page), '/choose-password')
  await see(page, 'choose-password')
  await page.fill('[name=password]', 'short')
  await page.fill('[name=confirm]', 'shorter')
  await submit(page, 'Save')
  assert.ok(await page.getByRole('alert').locator('li').count() > 2, 'all that is wrong at once')
  await page.fill('[name=password]', password)
  await page.fill('[name=confirm]', password)
  await submit(page, 'Save')
  assert.equal(path(page), '/set-questions')
  await see(page, 'set-questions')
  for (const n of [0, 1, 2]) await page.fill(`[name=answer${n}]`, 'ab')
  await submit(page, 'Save')
  await page.getByRole('alert').waitFor()
  assert.equal(await page.inputValue('[name=answer0]'), '', 'no page repeats an answer')
  for (const [n, answer] of ['Biscuit', 'Lincoln Elementary', 'Juniper Lane'].entries()) await page.fill(`[name=answer${n}]`, answer)
  await submit(page, 'Save')
  assert.equal(path(page), '/')
  assert.match(await page.locator('.empty').innerText(), /No visits are planned/)
  await submit(page, 'Sign out')
  await page.goto('/')
  assert.equal(path(page), '/sign-in')
})

test('a caregiver sees their own schedule, in Spanish by a button; another site posts nothing', async (t) => {
  const page = await someone(t)
  await signIn(page, 'sue@example.com')
  assert.equal(path(page), '/set-questions')
  for (const [n, answer] of ['Biscuit', 'Lincoln Elementary', 'Juniper Lane'].entries()) await page.fill(`[name=answer${n}]`, answer)
  await submit(page, 'Save')
  assert.match(await page.locator('table').innerText(), /2026-03-14 09:00\s+Morning visit, Sue Wright/)
  await see(page, 'schedule')
  await submit(page, 'Español')
  await page.getByRole('heading', { level: 1, name: 'Su horario' }).waitFor()
  const answer = await fetch(`${base}/sign-in`, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, body: new URLSearchParams({ username: 'sue@example.com', password }) })
  assert.equal(answer.status, 403)
})

test('every page of the example was looked at', () => seen(pages))
