// A roster of an office's own: which sheet, which columns, which encoding, who is
// who; and what is created is what was shown (B, C4, U5).

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { letter, look, path, signIn, speak, stage, submit } from './stage.js'

const file = (name) => fileURLToPath(new URL(`../../../../tests/rosters/${name}`, import.meta.url))

/** A file on the disk: a browser that loads its answer again sends it once more. */
const folder = mkdtempSync(join(tmpdir(), 'rosters-'))
after(() => rmSync(folder, { recursive: true }))
function made (name, content) {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** An account manager before the page of the rosters. */
async function manager (t, options) {
  const scene = await stage(t, { active: true, ...options })
  const page = await scene.someone(options)
  await signIn(page, '104fconner')
  await page.goto('/office/roster')
  return { ...scene, page }
}

async function upload (page, given, button = 'Preview') {
  await page.setInputFiles('[name=file]', given)
  await submit(page, button)
}

const row = (page, name) => page.getByRole('row', { name })
const about = (page) => page.getByRole('region', { name: 'What there is to know about the file' })
const open = (page) => page.locator('summary', { hasText: 'How the file is read' }).click()
const alertOf = (page) => page.getByRole('alert').innerText()

test('a workbook of two sheets: the office is asked, and what it said stays', async (t) => {
  const { office, page } = await manager(t)
  const { found } = await office.users()
  await upload(page, file('two-sheets.xlsx'))
  assert.match(await alertOf(page), /Several sheets look like rosters; choose one of North, South/)
  assert.equal(await page.evaluate('document.activeElement.getAttribute("role")'), 'alert', 'the reader goes on there')
  await look(page, 'roster-sheets')
  await page.getByLabel('Sheet', { exact: true }).selectOption('South')
  await submit(page, 'Read again')
  assert.equal(await row(page, /Hale/).count(), 1)
  await open(page)
  assert.equal(await page.getByLabel('Sheet', { exact: true }).inputValue(), 'South')
  // Another sheet has other lines: nothing is created of what was not shown.
  await page.getByLabel('Sheet', { exact: true }).selectOption('North')
  await page.getByRole('button', { name: /Create accounts/ }).click()
  assert.match(await alertOf(page), /Nothing has been written/)
  assert.equal(await row(page, /Hale/).count(), 0)
  assert.equal((await office.users()).found, found)
})

test('a file as offices have it: what was passed over is said, and a column is told', async (t) => {
  const { page } = await manager(t)
  await upload(page, file('staff.xlsx'))
  const said = await about(page).innerText()
  for (const part of ['sheet Notes was passed over', 'Line 1 is about nobody', 'Total 3', 'column Hired is not known']) assert.ok(said.includes(part), part)
  assert.equal(await page.getByRole('alert').count(), 0, 'nothing of it is an error')
  await open(page)
  assert.match(await page.getByLabel('Hired').locator('option').first().innerText(), /By its title: Passed over/)
  await look(page, 'roster-workbook')
  if (!await page.getByLabel('Hired').isVisible()) await open(page)
  await page.getByLabel('Hired').selectOption('note')
  await submit(page, 'Read again')
  assert.doesNotMatch(await about(page).innerText(), /Hired/)
  await open(page)
  assert.equal(await page.getByLabel('Hired').inputValue(), 'note')
})

test('titles that nobody knows: the office says what is the name, and who all of them are', async (t) => {
  const { page } = await manager(t)
  await upload(page, made('aides.csv', 'Aide,Branch,E-mail\n"Young, Ada",North,ada.young@example.com\n'))
  const said = await alertOf(page)
  assert.match(said, /column Role is missing/)
  assert.match(said, /column Name is missing/)
  assert.doesNotMatch(said, /Branch/, 'a warning is none of the errors')
  assert.match(await about(page).innerText(), /column Branch is not known/)
  await look(page, 'roster-columns')
  await page.getByLabel('Aide').selectOption('name')
  await page.getByLabel('Branch').selectOption('none')
  await page.getByLabel('Role of everyone').selectOption('caregiver')
  await submit(page, 'Read again')
  assert.match(await row(page, /Ada Young/).innerText(), /Caregiver[^]*A new account/)
  assert.equal(await about(page).count(), 0)
})

test('what a status means, and which number of a day of leaving is the day, the office says', async (t) => {
  const { page } = await manager(t)
  const lines = ['"Young, Ada",ada.young@example.com,Per visit,', '"Hale, Ann",ann.hale@example.com,Pool,', '"Roe, Kim",kim.roe@example.com,Active,03/04/2050']
  await upload(page, made('statuses.csv', `Role,Name,E-mail,Status,Last day worked\n${lines.map((line) => `Caregiver,${line}\n`).join('')}`))
  await look(page, 'roster-statuses')
  if (!await page.getByLabel('Per visit').isVisible()) await open(page)
  assert.match(await row(page, /Ada Young/).innerText(), /status/)
  await page.getByLabel('Per visit').selectOption('here')
  await page.getByLabel('Pool').selectOption('left')
  await submit(page, 'Read again')
  assert.match(await row(page, /Ada Young/).innerText(), /A new account/)
  assert.match(await row(page, /Ann Hale/).innerText(), /Left out/)
  assert.match(await row(page, /Kim Roe/).innerText(), /A new account/)
  await open(page)
  assert.equal(await page.getByLabel('Pool').inputValue(), 'left')
  await submit(page, 'Create accounts (2)')
  assert.match(await row(page, /Ada Young/).innerText(), /Account Created/)
})

test('an encoding that is not certain is asked for, and the names are right then', async (t) => {
  const { page } = await manager(t)
  const mac = Buffer.concat([Buffer.from('Role,Name,Email\nCaregiver,"Mu'), Buffer.from([0x96]), Buffer.from('oz, Ines",ines.munoz@example.com\n')])
  await upload(page, made('mac.csv', mac))
  assert.match(await alertOf(page), /encoding of the file is not certain at line 2/)
  await look(page, 'roster-encoding')
  await page.getByLabel('Encoding').selectOption('macintosh')
  await submit(page, 'Read again')
  assert.equal(await row(page, /Ines Muñoz/).count(), 1)
  await submit(page, 'Create accounts (1)')
  assert.match(await row(page, /Ines Muñoz/).innerText(), /Account Created/)
})

test('who may be someone known is decided by the office, with the keyboard, and never asked again', async (t) => {
  const { agency, office, page } = await manager(t)
  const csv = 'Role,Name,Email\nCaregiver,Sue Taming,s.taming@example.org\nClient,Sue Wright,another.sue@example.org\n'
  const { found } = await office.users()
  await upload(page, made('november.csv', csv))
  assert.match(await row(page, /Sue Taming/).innerText(), /Decide who it is[^]*Left out, as it stands/)
  assert.match(await page.getByRole('status').first().innerText(), /2 rows wait for you/)
  const taming = page.getByLabel('Who is Sue Taming')
  assert.match(await taming.locator('option').nth(1).innerText(), /The same: Sue Taming · sue\.taming@example\.com · Caregiver/)
  await look(page, 'roster-namesakes')

  await taming.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate('document.activeElement.getAttribute("name")'), 'who-3', 'one decision after the other')
  await page.getByLabel('Who is Sue Wright').selectOption('another')
  // What a decision changes is shown before it is done.
  await page.getByRole('button', { name: /Create accounts/ }).click()
  await page.getByRole('alert').waitFor()
  assert.equal((await office.users()).found, found)
  assert.match(await row(page, /Sue Taming/).innerText(), /An update[^]*sue\.taming@example\.com → s\.taming@example\.org/)
  assert.match(await page.locator('.sums').innerText(), /1 taken for the same person/)
  assert.match(await page.locator('.sums').innerText(), /1 with another contact/)
  await look(page, 'roster-namesakes-decided')
  await submit(page, 'Create accounts (2)')
  assert.match(await row(page, /Sue Taming/).innerText(), /→ s\.taming@example\.org/)
  assert.equal((await office.users()).found, found + 1, 'one is another person')
  assert.equal((await agency.findParties('s.taming@example.org')).rows.length, 1)
  const gone = page.locator('summary', { hasText: 'are not on this roster' })
  await gone.click()
  assert.match(await page.locator('.names').innerText(), /Caregiver/)

  await page.goto('/office/roster')
  await upload(page, made('december.csv', csv))
  assert.equal(await page.getByLabel(/Who is/).count(), 0)
  assert.equal(await page.getByRole('button', { name: 'Create accounts (0)' }).count(), 1)
})

test('a name is accepted, typed or refused; what is left out is there to correct', async (t) => {
  const { page } = await manager(t)
  const csv = 'Role,Name\nOffice staff,"Conner, Flora"\nOffice staff,"Conner, Frank"\nOffice staff,"Conner, Fay"\nGardener,Tom Hill\n'
  await upload(page, made('staff.csv', csv))
  await page.getByLabel('Another username: Flora Conner').fill('104 flora')
  await submit(page, 'Check again')
  assert.match(await alertOf(page), /Line 2: /)
  assert.equal(await page.getByLabel('Another username: Flora Conner').getAttribute('aria-invalid'), 'true')
  await page.getByLabel('Another username: Flora Conner').fill('104flora')
  await submit(page, 'Check again')
  assert.equal(await page.getByLabel('Username for Flora Conner').inputValue(), '104flora')
  await submit(page, 'Accept all 2 suggestions')
  const [leftOut] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'What is left out, as a CSV' }).click()])
  const kept = join(folder, 'left-out.csv')
  await leftOut.saveAs(kept)
  const text = await readFile(kept, 'utf8')
  assert.match(text, /Gardener/)
  assert.doesNotMatch(text, /Flora/)
  await submit(page, 'Create accounts (3)')
  for (const name of [/Flora Conner/, /Frank Conner/, /Fay Conner/]) assert.match(await row(page, name).innerText(), /Account Created/)
  assert.match(await row(page, /Flora Conner/).innerText(), /104flora/)
  // Nobody can be written to: what a message would have carried is told, this once.
  assert.match(await row(page, /Flora Conner/).innerText(), /Tell them in person, it is shown once:\s+\S{12}/)
  assert.match(await row(page, /Tom Hill/).innerText(), /Gardener is not a role/)
})

test('two of one household: the second shares the login of the first, once', async (t) => {
  const { agency, office, page } = await manager(t)
  const csv = 'Role,Name,Email\nCaregiver,Tim Taming,sue.taming@example.com\n'
  await upload(page, made('household.csv', csv))
  assert.match(await row(page, /Tim Taming/).innerText(), /let them share the login/i)
  const { found } = await office.users()
  const share = page.getByLabel('Let Tim Taming share the login that has this address')
  assert.equal(await share.isChecked(), false, 'nothing is guessed')
  await share.check()
  await page.getByRole('button', { name: /Create accounts/ }).click()
  await page.getByRole('alert').waitFor()
  assert.equal((await agency.findParties('Tim Taming')).found, 0, 'what a decision changes is shown first')
  assert.match(await page.locator('.sums').innerText(), /1 to share a login/)
  assert.match(await row(page, /Tim Taming/).innerText(), /Invited to that login/)
  await look(page, 'roster-share')
  // It may be taken back.
  await share.uncheck()
  await submit(page, 'Check again')
  assert.match(await row(page, /Tim Taming/).innerText(), /Left out, as it stands/)
  await share.check()
  await submit(page, 'Check again')
  await submit(page, 'Create accounts (1)')
  assert.match(await row(page, /Tim Taming/).innerText(), /Invit/)
  assert.equal((await office.users()).found, found, 'no login is made')
  assert.match(await letter(page, 'sue.taming@example.com'), /#/)
})

test('in Spanish, without scripts, from the file to the accounts', async (t) => {
  const { agency, someone } = await stage(t, { active: true })
  const page = await someone({ javaScriptEnabled: false })
  await signIn(page, '104fconner')
  await page.goto('/office/roster')
  await page.getByRole('button', { name: 'Español' }).click()
  await page.getByRole('heading', { level: 1, name: 'Añadir personas de una lista' }).waitFor()
  await upload(page, file('two-sheets.xlsx'), 'Vista previa')
  assert.match(await alertOf(page), /North, South/)
  await page.getByLabel('Hoja', { exact: true }).selectOption('North')
  await submit(page, 'Leer otra vez')
  await page.getByRole('heading', { level: 1, name: 'Vista previa de la lista' }).waitFor()
  await page.goto('/office/roster')
  await upload(page, made('lista.csv', 'Rol;Nombre;Correo\nCuidador;Sue Taming;otra@example.org\n'), 'Vista previa')
  assert.match(await row(page, /Sue Taming/).innerText(), /Decida quién es/)
  await page.getByLabel('Quién es Sue Taming').selectOption('another')
  await submit(page, 'Comprobar otra vez')
  await submit(page, 'Crear cuentas (1)')
  assert.equal((await agency.findParties('otra@example.org')).rows.length, 1)
})

test('nothing given, too much, and whoever is not of the office', async (t) => {
  const { base, page, someone } = await manager(t)
  await submit(page, 'Preview')
  assert.match(await alertOf(page), /Choose a file, or paste rows/)
  await page.setInputFiles('[name=file]', made('large.csv', 'x'.repeat(5 * 2 ** 20)))
  assert.match(await page.locator('[name=file]').evaluate((input) => input.validationMessage), /larger than 4 MiB/)
  await upload(page, made('empty.csv', ''))
  await page.getByRole('alert').waitFor()
  // What takes a while says so, and is sent once.
  await page.setInputFiles('[name=file]', made('nobody.csv', 'Role,Name\n'))
  const [busy] = await Promise.all([page.evaluate(() => {
    const form = document.querySelector('[data-busy]')
    const stopped = []
    form.addEventListener('submit', ({ defaultPrevented }) => stopped.push(defaultPrevented))
    for (let n = 0; n < 2; n++) form.requestSubmit(form.querySelector('button'))
    return { stopped, busy: form.getAttribute('aria-busy'), said: form.querySelector('[role=status]').textContent }
  }), page.waitForEvent('load')])
  assert.deepEqual(busy, { stopped: [false, true], busy: 'true', said: 'One moment: the roster is being worked on.' })
  assert.match(await page.locator('main').innerText(), /nobody on this roster/)
  await look(page, 'roster-nobody')
  const stranger = await someone()
  const answer = await stranger.request.post(`${base}/office/roster`, { multipart: { csv: 'Role,Name\n' }, maxRedirects: 0 })
  assert.equal(answer.headers().location, '/sign-in')
  await signIn(stranger, 'sue.taming@example.com')
  await stranger.goto('/office/roster')
  assert.equal(path(stranger), '/office/roster')
  assert.match(await stranger.locator('main').innerText(), /Not for this account/)
  const large = await page.request.post(`${base}/office/roster`, { multipart: { csv: 'x'.repeat(9 * 2 ** 20) } })
  assert.equal(large.status(), 413)
  await speak(page, 'en')
})
