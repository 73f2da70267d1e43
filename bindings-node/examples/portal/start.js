// Starts the portal with a demonstration agency in a file, and says where to go.

import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Directory, verifyHistoryExport } from 'carekey'
import { demoContent } from './demo/content.js'
import { PASSWORD, PEOPLE, activate, seed } from './demo/seed.js'
import { portal } from './lib/app.js'

const port = Number(process.env.PORT ?? 8080)
const base = `http://localhost:${port}`
const folder = fileURLToPath(new URL('target/', import.meta.url))
const file = `${folder}portal.db`

// A demonstration begins anew; its key is worth nothing. A real one comes from
// the environment or a key service, and is kept apart from the file.
mkdirSync(folder, { recursive: true })
for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
const key = new Uint8Array(32)
const directory = await Directory.open(`sqlite:${file}`, { key })
const agency = await seed(directory, { linkBase: base })
await activate(agency)

const app = await portal({ agency, content: await demoContent(agency), verifyExport: (file) => verifyHistoryExport(file, { key }), mailbox: true })
await app.listen({ port, host: 'localhost' })
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await app.close()
    await directory.close()
  })
}

const usernames = new Map()
for await (const { party, username } of agency.actingAs({ system: 'demo' }).eachUser()) usernames.set(party, username)
console.log(`The portal is at ${base} and what it sends at ${base}/mail\n\nThe password of all of these is  ${PASSWORD}\n`)
for (const [email, what] of PEOPLE) {
  const { rows: [{ id }] } = await agency.findParties(email)
  console.log(`  ${usernames.get(id).padEnd(36)} ${what}`)
}
