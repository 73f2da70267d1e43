'use strict'

// The native module at once, so that one which lacks is said at the import; the
// rest where it is first asked for, since a program waits for each file.
require('./lib/native')

module.exports = {
  get Agency () { return require('./lib/agency').Agency },
  get CarekeyError () { return require('./lib/error').CarekeyError },
  get Directory () { return require('./lib/directory').Directory },
  get ManualClock () { return require('./lib/clock').ManualClock },
  get Office () { return require('./lib/office').Office },
  get Outbox () { return require('./lib/outbox').Outbox },
  get Policy () { return require('./lib/policy').Policy },
  get Preview () { return require('./lib/roster').Preview },
  get Roster () { return require('./lib/roster').Roster },
  get Rows () { return require('./lib/rows').Rows },
  get Secret () { return require('./lib/secret').Secret },
  get Snapshot () { return require('./lib/snapshot').Snapshot },
  get TiePreview () { return require('./lib/tie_roster').TiePreview },
  get TieRoster () { return require('./lib/tie_roster').TieRoster },
  get codes () { return require('./lib/finding').codes },
  get findingMessage () { return require('./lib/finding').findingMessage },
  get account () { return require('./lib/rules').account },
  get history () { return require('./lib/rules').history },
  get invitation () { return require('./lib/rules').invitation },
  get message () { return require('./lib/rules').message },
  get name () { return require('./lib/rules').name },
  get password () { return require('./lib/rules').password },
  get questions () { return require('./lib/rules').questions },
  get relationship () { return require('./lib/rules').relationship },
  get roster () { return require('./lib/rules').roster },
  get username () { return require('./lib/rules').username },
  get visibility () { return require('./lib/rules').visibility }
}
