// Both languages say the same things.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { html } from '../lib/html.js'
import { en } from '../texts/en.js'
import { es } from '../texts/es.js'

const shape = (value) => typeof value === 'function'
  ? `function of ${value.length}`
  : typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort().map(([name, one]) => [name, shape(one)])) : typeof value

test('every text is there in English and in Spanish', () => {
  assert.deepEqual(shape(es), shape(en))
})

test('what is given to a page is escaped', () => {
  assert.equal(String(html`<p title="${'"><script>'}">${['<', html`<b>${'&'}</b>`]}${null}${0}</p>`),
    '<p title="&quot;&gt;&lt;script&gt;">&lt;<b>&amp;</b>0</p>')
})

/** The words of a type, as the binding declares them from the core. */
const words = readFileSync(fileURLToPath(import.meta.resolve('carekey').replace(/index\.[a-z]+$/, 'types/words.d.ts')), 'utf8')
const wordsOf = (type) => [...words.match(new RegExp(`export type ${type} =([^]*?)\n\n`))[1].matchAll(/'([^']+)'/g)].map(([, word]) => word)

/** What people call the words of the core: a new one stands nowhere without a name. */
const NAMED = {
  Resource: (t) => t.resources,
  UserColumn: (t) => t.columns,
  TieKind: (t) => t.office.ties,
  Method: (t) => t.mail
}

test('every word of the core has a name in both languages, and no name is of a word that there is not', () => {
  for (const [type, names] of Object.entries(NAMED)) {
    const known = wordsOf(type)
    assert.ok(known.length > 1, type)
    for (const t of [en, es]) {
      assert.deepEqual(known.filter((word) => !names(t)[word]), [], `${type} without a name`)
      if (type !== 'Method') assert.deepEqual(Object.keys(names(t)).filter((word) => !known.includes(word)), [], `${type} that there is not`)
    }
  }
})
