// S3: an invitation by link and by code; looking uses nothing up; and the office
// side of it: invite, reinvite, unlink, one by one and in batches.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD, answerQuestions, letter, linkIn, look, path, signIn, stage, submit, tabs, typePassword } from './stage.js'

const CARLA = 'carla.bennett@example.com'

test('a family accepts by link, and looking at it uses nothing up', async (t) => {
  const { office, someone } = await stage(t)
  const page = await someone()
  const link = linkIn(await letter(page, CARLA))
  // Whoever opens it only looks: without scripts, ahead of time, and with a scanner that runs them.
  await fetch(link)
  await fetch(link, { headers: { 'sec-purpose': 'prefetch' } })
  for (let times = 0; times < 2; times++) {
    const scanner = await someone()
    await scanner.goto(link)
    await scanner.waitForURL('**/invitation/accept')
    assert.match(await scanner.locator('main').innerText(), /CW-3119/)
  }
  assert.equal((await office.applications({ search: 'Bennett' })).rows[0].onlineAccount.action, 'reinvite')

  await page.goto(link)
  await page.waitForURL('**/invitation/accept')
  assert.equal(new URL(page.url()).hash, '')
  await look(page, 'invitation-confirm')
  await submit(page, 'Accept the invitation')
  assert.equal(path(page), '/password')
  await typePassword(page)
  await submit(page, 'Save password')
  if (path(page) === '/questions') await answerQuestions(page)
  assert.deepEqual(await tabs(page), ['Home', 'Application', 'Profile'])
  await page.goto('/application')
  assert.match(await page.locator('main').innerText(), /CW-3119/)
  await look(page, 'family-application')
  assert.equal((await office.applications({ search: 'Bennett' })).rows[0].onlineAccount.linked, CARLA)

  // A second time it is over.
  const late = await someone()
  await late.goto(link)
  await late.getByRole('heading', { level: 1 }).waitFor()
  await late.waitForFunction(() => !document.querySelector('[data-fragment]'))
  assert.notEqual(path(late), '/invitation/accept')
  await look(late, 'invitation-over')
})

test('a family types the code, without scripts too', async (t) => {
  const { someone } = await stage(t)
  for (const [address, javaScriptEnabled] of [['wei.chen@example.com', true], ['mariama@example.com', false]]) {
    const page = await someone({ javaScriptEnabled })
    const to = javaScriptEnabled ? address : '+14044040186'
    const code = (await letter(page, to)).match(/[0-9A-Z]{5}-[0-9A-Z]{5}/)[0]
    await page.goto('/invitation')
    if (javaScriptEnabled) await look(page, 'invitation')
    const wrong = code.replace(/.$/, (last) => last === '7' ? '8' : '7')
    await page.fill('[name=code]', wrong)
    await page.fill('[name=contact]', to)
    await submit(page, 'Accept the invitation')
    await page.getByRole('alert').waitFor()
    if (javaScriptEnabled) await look(page, 'invitation-mistyped')
    await page.fill('[name=code]', code.toLowerCase().replace('-', ' '))
    await submit(page, 'Accept the invitation')
    assert.equal(path(page), '/password')
    await page.fill('[name=password]', PASSWORD)
    await page.fill('[name=confirm]', PASSWORD)
    await submit(page, 'Save password')
    if (path(page) === '/questions') await answerQuestions(page)
    assert.equal(path(page), '/home')
  }
})

test('the office invites again, unlinks, and does both in batches', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await page.getByRole('link', { name: 'Invitations' }).click()
  await look(page, 'invitations')
  const links = []
  for (let times = 0; times < 2; times++) {
    await page.goto('/office/invitations')
    await submit(page, 'Reinvite: CW-3119')
    assert.match(await page.locator('.results').innerText(), /CW-3119 Done/)
    links.push(linkIn(await letter(page, CARLA)))
  }
  await assert.rejects(agency.lookAtInvitation(links[0]), { code: 'invitation.refused' })
  assert.equal((await agency.lookAtInvitation(links[1])).application, 'CW-3119')
  await page.goto('/office/invitations')
  await submit(page, 'Reinvite: CW-3119')
  await look(page, 'invitations-done')

  // One that is out is cancelled, and can be sent again.
  await page.goto('/office/invitations')
  await submit(page, 'Cancel invitation: CW-3119')
  assert.match(await page.locator('.results').innerText(), /CW-3119 Done/)
  await assert.rejects(agency.lookAtInvitation(linkIn(await letter(page, CARLA))), { code: 'invitation.refused' })
  await page.goto('/office/invitations')
  await submit(page, 'Reinvite: CW-3119')
  assert.match(await page.locator('.results').innerText(), /CW-3119 Done/)

  await page.getByLabel('Select CW-3131').check()
  await page.getByLabel('Select CW-3143').check()
  await page.getByLabel('Select CW-3107').check()
  await submit(page, 'Batch reinvite')
  const results = await page.locator('.results li').allInnerTexts()
  assert.equal(results.length, 3)
  assert.match(results.find((line) => line.startsWith('CW-3107')), /Not done/)

  // Marisol's account is linked: unlinking takes the application away, not the account.
  const family = await someone()
  await signIn(family, 'marisol.alvarez@example.com')
  await page.goto('/office/invitations?search=Alvarez')
  await submit(page, 'Batch unlink')
  assert.match(await page.getByRole('alert').innerText(), /Tick at least one/)
  // It is asked for first, in one language or the other.
  await submit(page, 'Unlink: CW-3107')
  await page.getByRole('heading', { name: 'Really unlink?' }).waitFor()
  assert.match(await page.locator('main').innerText(), /CW-3107/)
  await look(page, 'unlink-ask')
  assert.equal((await office.applications({ search: 'Alvarez' })).rows[0].onlineAccount.action, undefined)
  await submit(page, 'Yes, unlink')
  assert.match(await page.locator('.results').innerText(), /CW-3107 Done/)
  assert.equal((await office.applications({ search: 'Alvarez' })).rows[0].onlineAccount.action, 'reinvite')
  await family.goto('/application')
  assert.ok(!(await family.locator('main').innerText()).includes('CW-3107'))
})
