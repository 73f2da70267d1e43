'use strict'

// The native module at once, so that one which lacks is said here; the rest
// where it is first asked for.
require('./lib/native')

const NAMES = [
  'Agency', 'CarekeyError', 'Directory', 'ManualClock', 'Office', 'Outbox', 'Policy', 'Preview', 'Roster', 'Rows', 'Secret',
  'Snapshot', 'TiePreview', 'TieRoster', 'codes', 'findingMessage', 'verifyExport', 'verifyHistoryExport',
  'account', 'history', 'invitation', 'message', 'name', 'password', 'questions', 'relationship', 'roster', 'username', 'visibility'
]
for (const name of NAMES) {
  Object.defineProperty(exports, name, { configurable: true, enumerable: true, get: () => require('./lib')[name] })
}
