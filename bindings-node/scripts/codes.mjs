// Writes `types/codes.d.ts` from the table of codes, so that an editor completes them.
import { writeFileSync } from 'node:fs'
import { codes } from '../index.mjs'

export const text = () => [
  '// Written by `npm run codes` from the table of codes; a test holds the two against each other.\n',
  '/** A stable code: a lower-case dotted word that keeps its meaning. */',
  'export type Code =',
  ...codes().map(({ code }) => `  | '${code}'`),
  ''
].join('\n')

if (process.argv[1] === import.meta.filename) writeFileSync(new URL('../types/codes.d.ts', import.meta.url), text())
