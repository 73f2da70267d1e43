// The history of the agency: from a day on, by kind, from page to page; exports of
// it, made and verified; and what stands there of lines that support removed (H).

import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Directory } from 'carekey'
import { en } from '../texts/en.js'
import { es } from '../texts/es.js'
import { look, signIn, speak, stage, submit } from './stage.js'
import { KEY, verifyExport } from './template.js'

const following = (page) => page.getByRole('link', { name: /^Next/ })
const kinds = (page) => page.locator('tbody td:nth-child(2)').allInnerTexts()

/** The file that a button brings. */
async function brought (page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
  const pieces = []
  for await (const piece of await download.createReadStream()) pieces.push(piece)
  return { name: download.suggestedFilename(), bytes: Buffer.concat(pieces) }
}

async function verify (page, bytes, words = en.office.history.exports) {
  await page.setInputFiles('[name=file]', { name: 'given.jsonl', mimeType: 'application/jsonl', buffer: bytes })
  await submit(page, words.check)
}

test('the history: a page at a time, from a day on, of one kind', async (t) => {
  const { office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto('/office/history')
  assert.match(await page.locator('.head').innerText(), /Verified/)
  assert.equal((await kinds(page))[0], 'Agency added')
  await look(page, 'history')
  let seen = (await kinds(page)).length
  while (await following(page).count() > 0) {
    await page.goto(await following(page).getAttribute('href'))
    assert.equal(await page.getByRole('link', { name: /From the beginning/ }).count(), 1)
    seen += (await kinds(page)).length
  }
  const { lines } = await office.feed({ limit: 10_000 })
  assert.ok(lines.length > 60, 'more than a page')
  assert.equal(seen, lines.length, 'every line once')

  await page.selectOption('[name=kind]', { label: 'Tie added' })
  await submit(page, 'Search')
  assert.deepEqual([...new Set(await kinds(page))], ['Tie added'])
  assert.match(await page.locator('tbody').innerText(), /Kind: payer, Of: Sue Wright, Who: Lakeside Mutual Insurance/)
  assert.doesNotMatch(await page.locator('tbody').innerText(), /[0-9a-f]{8}-/, 'no identifier')
  await page.fill('[name=since]', '2099-01-01')
  await submit(page, 'Search')
  assert.match(await page.locator('main').innerText(), /Nothing of the kind since that day/)
  await look(page, 'history-empty')
  assert.equal(await page.inputValue('[name=since]'), '2099-01-01')

  await page.goto('/office/history?after=nothing-of-the-kind')
  await page.getByRole('alert').waitFor()
  await look(page, 'history-no-cursor')
})

test('an export of a span is made and verified, and a changed one is found', async (t) => {
  const { agency, office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto('/office/history')
  await page.getByRole('link', { name: 'Export, or verify an export' }).click()
  await page.getByRole('heading', { name: 'Exports of the history' }).waitFor()
  await look(page, 'exports')
  const { name, bytes } = await brought(page, 'Export the history')
  assert.equal(name, 'history-104.jsonl')
  const changed = Buffer.from(bytes.toString().replace('Felicia', 'Fabiola'))
  // A page that a file came to is not loaded again: the file is not sent twice.
  for (const T of [en, es]) {
    const words = T.office.history.exports
    await verify(page, bytes, words)
    assert.ok((await page.locator('main').innerText()).includes(words.good))
    await look(page, 'exports-verified', { again: false })
    await verify(page, changed, words)
    await page.getByRole('alert').waitFor()
    await look(page, 'exports-refused', { again: false })
    await page.goto('/office/history/exports')
    await speak(page, 'es')
  }
  await speak(page, 'en')
  await verify(page, Buffer.from('nothing of the kind'))
  await page.getByRole('alert').waitFor()
  await verify(page, await ofAnother(t))
  assert.match(await page.getByRole('alert').innerText(), /another agency/)

  // One account's, up to a day.
  const [{ account }] = (await office.users({ filter: 'Taming' })).users
  await page.goto(`/office/users/${account}`)
  await page.getByRole('link', { name: 'Export, or verify an export' }).click()
  await page.getByText('Only what is in the history of Sue Taming.').waitFor()
  await page.fill('[name=until]', '2099-01-01')
  const one = await brought(page, 'Export the history')
  assert.equal(one.name, 'history-104-until-2099-01-01.jsonl')
  await verify(page, one.bytes)
  assert.match(await page.locator('.facts').innerText(), /Sue Taming/)
  assert.equal((await office.feed({ kinds: ['history.exported'] })).lines.length, 2, 'each is noted')
  // What is no day exports nothing.
  await page.locator('[name=since]').evaluate((field) => { field.type = 'text'; field.value = '31/03/2026' })
  await submit(page, 'Export the history')
  assert.match(await page.getByRole('alert').innerText(), /2026-03-31/)
  await agency.verifyAgencyHistory()
})

test('lines that support removed: the history says so, an account begins with a checkpoint, and a page is gone', async (t) => {
  const { office, someone } = await stage(t, { active: true })
  const page = await someone()
  await signIn(page, '104fconner')
  await page.goto('/office/history')
  const behind = await following(page).getAttribute('href')
  const folder = await mkdtemp(join(tmpdir(), 'trimmed-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'all.jsonl')
  const { sha256 } = await office.exportHistory(file)
  await office.trimHistory(file)

  await page.goto(behind)
  assert.match(await page.getByRole('alert').innerText(), /stands in the export/)
  await page.getByRole('link', { name: /From the beginning/ }).click()
  await page.getByRole('alert').waitFor({ state: 'detached' })
  assert.match(await page.locator('.head').innerText(), /Verified/)
  const row = (name) => page.getByRole('row', { name }).innerText()
  assert.ok((await row('Old history removed')).replaceAll(/\s/g, '').includes(sha256))
  await look(page, 'history-trimmed')

  const [{ account }] = (await office.users({ filter: 'Taming' })).users
  await page.goto(`/office/users/${account}`)
  assert.match(await row(/Earlier history removed/), /Lines removed: \d+, Until: /)
  assert.doesNotMatch(await row(/Earlier history removed/), /head/)
  await look(page, 'user-trimmed')
})

/** An export of another agency that has the same key. */
async function ofAnother (t) {
  const folder = await mkdtemp(join(tmpdir(), 'another-'))
  const directory = await Directory.open('memory:', { key: KEY })
  t.after(async () => {
    await directory.close()
    await rm(folder, { recursive: true, force: true })
  })
  const agency = await directory.createAgency({ code: '105', name: 'Elsewhere', prefix: '105', linkBase: 'https://elsewhere.example.com' }, { actor: { support: 'Pat' } })
  const file = join(folder, 'export.jsonl')
  await agency.actingAs({ support: 'Pat' }).exportHistory(file)
  return readFile(file)
}
