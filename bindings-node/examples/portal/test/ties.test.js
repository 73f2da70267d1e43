// The roster of ties in the portal (R, B, C4): who is what of whom, decided where
// it is not certain, made and ended at once, and never twice.

import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { look, path, signIn, stage, submit } from './stage.js'

const PATH = '/office/roster/ties'
const row = (page, name) => page.getByRole('row', { name })

test('ties of a roster: what is not certain is asked, and only what was shown is made', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto('/office/roster')
  await page.getByRole('link', { name: 'Ties', exact: true }).click()
  await page.waitForURL(`**${PATH}`)
  await look(page, 'ties')
  await submit(page, 'Preview')
  assert.match(await page.getByRole('alert').innerText(), /Choose a file, or paste rows/)

  const sue = (await agency.findParties('sue.wright@example.com')).rows[0].id
  const tie = async (kind) => (await office.partyFile(sue)).ties.filter((one) => one.kind === kind)
  const rows = [
    'Who,Kind,Of,From,Until,Branch',
    'claims@lakeside-mutual.example.com,payer,sue.wright@example.com,,2099-01-01,North',
    'Sue Taming,caregiver,sue.wright@example.com,2026-03-01,,',
    'daniel.wright@example.com,landlord,sue.wright@example.com,,,',
    'sue.taming@example.com,individual,sue.wright@example.com,01/02/2026,,'
  ]
  await page.fill('[name=csv]', rows.join('\n'))
  await submit(page, 'Preview')
  assert.match(await page.getByRole('status').first().innerText(), /Nothing has been written yet\. One row waits/)
  assert.match(await page.locator('.sums').innerText(), /1 to end[^]*1 to decide[^]*2 failed/)
  assert.match(await row(page, /landlord/i).innerText(), /Fail/)
  assert.match(await row(page, /Sue Taming/).first().innerText(), /Mar 1, 2026[^]*Decide who it is/, 'a date is shown as it was typed')
  assert.match(await row(page, /Lakeside/).innerText(), /Jan 1, 2099[^]*Would be ended/)
  await look(page, 'ties-preview')

  // The rows to be corrected, as a file.
  const [leftOut] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'What is left out, as a CSV' }).click()])
  assert.match(await text(await leftOut.createReadStream()), /landlord/)

  // What a decision changes is shown before it is done.
  const who = page.getByLabel('Who has the part, on line 3')
  assert.match(await who.locator('option').nth(1).innerText(), /Sue Taming · sue\.taming@example\.com · Caregiver/)
  await who.selectOption({ index: 1 })
  await page.getByRole('button', { name: /Make and end ties/ }).click()
  await page.getByRole('alert').waitFor()
  assert.deepEqual(await tie('caregiver'), [])
  assert.notEqual(await who.inputValue(), '', 'and stays')
  // A date that may be two is not guessed: the office is asked which it is.
  await page.getByLabel('Dates such as 01/02/2026').selectOption('day_first')
  await submit(page, 'Read again')
  assert.match(await row(page, /individual/).innerText(), /Feb 1, 2026[^]*Would be made/)
  await submit(page, 'Make and end ties (3)')
  assert.match(await page.locator('.sums').innerText(), /1 Ended[^]*2 Made[^]*1 Failed/)
  await look(page, 'ties-done', { again: false })
  assert.equal((await tie('caregiver')).length, 1)
  assert.equal((await tie('payer'))[0].endsAt.toISOString(), '2099-01-01T00:00:00.000Z')

  // Once more: nothing twice, and who it is was kept.
  await page.goto(PATH)
  await page.fill('[name=csv]', rows.slice(0, 3).join('\n'))
  await submit(page, 'Preview')
  assert.match(await page.locator('.sums').innerText(), /2 unchanged/)
  assert.equal(await page.getByLabel(/on line/).count(), 0)
  await submit(page, 'Make and end ties (0)')
  assert.equal((await tie('caregiver')).length, 1)
})

test('in Spanish, without scripts: columns are told, and who becomes a payer is enrolled', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  await office.addParty({ name: 'Harbor Fund', kind: 'organization', roles: ['organization'], email: 'fund@example.com' })
  const page = await someone({ javaScriptEnabled: false, locale: 'es-MX' })
  await signIn(page, '104fconner', { button: 'Iniciar sesión' })
  await page.goto(PATH)
  await page.fill('[name=csv]', 'Entidad;Tipo de relación;De quién\nfund@example.com;pagador;sue.wright@example.com\n')
  await submit(page, 'Vista previa')
  assert.match(await page.getByRole('alert').innerText(), /falta/i)
  await page.getByLabel('Entidad').selectOption('who')
  await submit(page, 'Leer otra vez')
  assert.match(await row(page, /Harbor Fund/).innerText(), /Se crearía/)
  await submit(page, 'Crear y terminar vínculos (1)')
  assert.match(await row(page, /Harbor Fund/).innerText(), /Creado[^]*fund@example\.com/)
  const { rows: [{ account }] } = await agency.findParties('fund@example.com')
  assert.ok(account)
})

test('a stranger and a caregiver are shown nothing of it', async (t) => {
  const { base, someone } = await stage(t, { active: true })
  const stranger = await someone()
  const answer = await stranger.request.post(`${base}${PATH}`, { multipart: { csv: 'Who,Kind,Of\n' }, maxRedirects: 0 })
  assert.equal(answer.headers().location, '/sign-in')
  await signIn(stranger, 'sue.taming@example.com')
  await stranger.goto(PATH)
  assert.equal(path(stranger), PATH)
  assert.match(await stranger.locator('main').innerText(), /Not for this account/)
})
