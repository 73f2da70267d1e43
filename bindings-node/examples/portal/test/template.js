// The agencies that stories begin with: each made once for a run, and copied for
// every story. Links lead to where the portal listens, so that is one place too.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Directory, verifyHistoryExport } from 'carekey'
import { activate, seed } from '../demo/seed.js'

/** Where the portal of each story listens: one after the other. */
export const PORT = Number(process.env.PORTAL_PORT ?? await freePort())
export const BASE = `http://localhost:${PORT}`

export const KEY = new Uint8Array(32).fill(7)
export const opened = (folder, clock) => Directory.open(`sqlite:${join(folder, 'portal.db')}`, { key: KEY, clock })
export const verifyExport = (file) => verifyHistoryExport(file, { key: KEY })

/** The agency with everybody still to be let in, or with those of the demonstration let in. */
export async function made (directory, active) {
  const agency = await seed(directory, { linkBase: BASE })
  if (active) await activate(agency)
  return agency
}

/** Makes both: a folder with one for each. */
export async function makeTemplates () {
  const folder = mkdtempSync(join(tmpdir(), 'portals-'))
  for (const name of ['waiting', 'active']) {
    mkdirSync(join(folder, name))
    const directory = await opened(join(folder, name))
    await made(directory, name === 'active')
    await directory.close()
  }
  return folder
}

/** Those of the run (`test/run.js`), or of a file that is run by itself. */
const own = process.env.PORTAL_TEMPLATES ? undefined : await makeTemplates()
if (own) process.on('exit', () => rmSync(own, { recursive: true, force: true }))
export const templates = () => process.env.PORTAL_TEMPLATES ?? own

function freePort () {
  return new Promise((resolve) => {
    const server = createServer().listen(0, 'localhost', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
