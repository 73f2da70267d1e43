// Both languages say the same things.

import assert from 'node:assert/strict'
import { test } from 'node:test'
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
