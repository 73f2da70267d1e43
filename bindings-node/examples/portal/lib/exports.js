// The file of an export between the engine, which writes and reads files, and a
// browser: in a folder that is gone afterwards.

import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What `make` writes into a new file, as a stream; nothing of it stays. */
export async function streamOf (make) {
  const { file, remove } = await place()
  try {
    await make(file)
  } catch (error) {
    await remove()
    throw error
  }
  return createReadStream(file).on('close', remove)
}

/** What `look` says of a file of these bytes. */
export async function lookedAt (bytes, look) {
  const { file, remove } = await place()
  try {
    await writeFile(file, bytes, { mode: 0o600 })
    return await look(file)
  } finally {
    await remove()
  }
}

async function place () {
  const folder = await mkdtemp(join(tmpdir(), 'history-'))
  return { file: join(folder, 'export.jsonl'), remove: () => rm(folder, { recursive: true, force: true }) }
}
