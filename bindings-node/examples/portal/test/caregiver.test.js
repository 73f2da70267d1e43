// S0: from the activation link to the caregiver's schedule, and back after a
// forgotten password.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ANSWERS, PASSWORD, answerQuestions, letter, linkIn, look, path, signIn, stage, submit, tabs, typePassword } from './stage.js'

const SUE = 'sue.taming@example.com'

test('a caregiver activates by link, chooses three questions, and sees the schedule', async (t) => {
  const { base, someone } = await stage(t)
  const page = await someone()
  const link = linkIn(await letter(page, SUE))
  await look(page, 'mailbox')
  await page.goto('/activate')
  await look(page, 'activate')

  // A mail scanner opens the link, a browser fetches it ahead: neither sends what is behind the #.
  for (const headers of [{}, { 'sec-purpose': 'prefetch' }]) {
    const seen = await fetch(link, { headers })
    assert.equal(seen.status, 200)
    assert.equal(seen.headers.get('cache-control'), 'no-store')
  }
  assert.ok(link.startsWith(`${base}/activate#`))

  await page.goto(link)
  await page.waitForURL('**/activate/password')
  await look(page, 'create-password-empty')
  assert.equal(await page.inputValue('[name=username]'), SUE)
  await page.fill('[name=password]', 'Lantern')
  await page.locator('#rules .met', { hasText: 'A capital letter' }).waitFor()
  await page.locator('#rules .unmet', { hasText: 'A numeral' }).waitFor()
  await look(page, 'create-password', { again: false })
  await page.fill('[name=password]', 'short')
  await page.fill('[name=confirm]', 'other')
  await submit(page, 'Save password')
  const said = await page.getByRole('alert').innerText()
  assert.match(said, /numeral/)
  assert.match(said, /capital/)
  assert.ok(await page.evaluate(() => document.activeElement.matches('[role=alert]')))
  await look(page, 'create-password-refused')

  await typePassword(page)
  await submit(page, 'Save password')
  assert.match(await page.getByRole('status').first().innerText(), /security questions/)

  await signIn(page, SUE)
  assert.equal(path(page), '/questions')
  await look(page, 'questions')
  await answerQuestions(page)
  assert.equal(path(page), '/home')
  assert.deepEqual(await tabs(page), ['Home', 'Calendar', 'Profile'])
  await look(page, 'caregiver-home')
  await page.goto('/calendar')
  assert.match(await page.locator('main').innerText(), /Your schedule/)
  assert.match(await page.locator('main').innerText(), /Elena Muñoz/)
  await look(page, 'caregiver-calendar')
  await submit(page, 'Sign out')
  await signIn(page, SUE, { remember: true })
  const kept = (await page.context().cookies()).find(({ name }) => name === '__Host-carekey-session')
  assert.deepEqual([kept.httpOnly, kept.secure, kept.sameSite], [true, true, 'Lax'])
  assert.ok(kept.expires * 1000 > Date.now() + 29 * 86_400_000, 'remembered for 30 days')

  // The link worked once.
  await page.goto(link)
  await page.waitForURL('**/activate')
  await page.getByRole('heading', { name: 'That is over' }).waitFor()
  await look(page, 'link-over')
  for (const hidden of ['/invoices', '/service-plan', '/message', '/application']) {
    assert.equal((await page.goto(hidden)).status(), 404, hidden)
  }
  assert.equal((await page.goto('/office/users')).status(), 403)
})

test('without scripts, the link is pasted', async (t) => {
  const { someone } = await stage(t)
  const page = await someone({ javaScriptEnabled: false })
  const link = linkIn(await letter(page, 'christal.moris@example.com'))
  await page.goto(link)
  assert.equal(path(page), '/activate')
  await page.fill('[name=link]', link)
  await submit(page, 'Continue')
  assert.equal(path(page), '/activate/password')
  await page.fill('[name=password]', PASSWORD)
  await page.fill('[name=confirm]', PASSWORD)
  await submit(page, 'Save password')
  await signIn(page, 'christal.moris@example.com')
  assert.equal(path(page), '/questions')
})

test('a forgotten password: code, questions, new password', async (t) => {
  const { someone } = await stage(t, { active: true })
  const page = await someone()
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'I forgot my password' }).click()
  await look(page, 'forgot')
  await page.fill('[name=username]', 'nobody@example.com')
  await submit(page, 'Send me a code')
  const unknown = await page.locator('main').innerText()
  await page.goto('/forgot')
  await page.fill('[name=username]', SUE)
  await submit(page, 'Send me a code')
  assert.equal(await page.locator('main').innerText(), unknown, 'the same page for a name that is not known')
  await look(page, 'forgot-code')
  await page.fill('[name=code]', '00000000')
  await submit(page, 'Continue')
  assert.match(await page.getByRole('alert').innerText(), /Not accepted/)
  const [code] = (await letter(page, SUE)).match(/^\d{6,}$/m)
  await page.goto('/forgot/next')
  await page.fill('[name=code]', code)
  await submit(page, 'Continue')
  await look(page, 'forgot-questions')
  for (const [n, [, answer]] of ANSWERS.entries()) await page.fill(`[name=answer${n}]`, answer.toUpperCase())
  await submit(page, 'Continue')
  await look(page, 'forgot-new')
  await typePassword(page, 'Copper&91 kettle')
  await submit(page, 'Save password')
  assert.equal(path(page), '/sign-in')
  await signIn(page, SUE)
  assert.match(await page.getByRole('alert').innerText(), /did not work/)
  await look(page, 'sign-in-refused')
  await signIn(page, SUE, { password: 'Copper&91 kettle' })
  assert.equal(path(page), '/home')
})
