// A day is that of the agency's time zone, also where it has 23 or 25 hours.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginOf, endOf } from '../lib/days.js'

test('a day begins and ends where the agency is', () => {
  const shown = (day, zone) => [beginOf(day, zone), endOf(day, zone)].map((at) => at?.toISOString())
  assert.deepEqual(shown('2026-01-15', 'UTC'), ['2026-01-15T00:00:00.000Z', '2026-01-15T23:59:59.999Z'])
  assert.deepEqual(shown('2026-01-15', 'America/New_York'), ['2026-01-15T05:00:00.000Z', '2026-01-16T04:59:59.999Z'])
  assert.deepEqual(shown('2026-03-08', 'America/New_York'), ['2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.999Z'])
  assert.deepEqual(shown('2026-11-01', 'America/New_York'), ['2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'])
  assert.deepEqual(shown('2026-06-01', 'Asia/Kolkata'), ['2026-05-31T18:30:00.000Z', '2026-06-01T18:29:59.999Z'])
  for (const none of [undefined, '', 'soon', '2026-13-40']) assert.deepEqual(shown(none, 'UTC'), [undefined, undefined])
})
