'use strict'

// All that the package exports.

const { Agency } = require('./agency')
const { ManualClock } = require('./clock')
const { Directory, verifyExport, verifyHistoryExport } = require('./directory')
const { CarekeyError } = require('./error')
const { codes, findingMessage } = require('./finding')
const { Office } = require('./office')
const { Outbox } = require('./outbox')
const { Policy } = require('./policy')
const { Preview, Roster } = require('./roster')
const { Rows } = require('./rows')
const rules = require('./rules')
const { Secret } = require('./secret')
const { Snapshot } = require('./snapshot')
const { TiePreview, TieRoster } = require('./tie_roster')

module.exports = {
  Agency,
  CarekeyError,
  Directory,
  ManualClock,
  Office,
  Outbox,
  Policy,
  Preview,
  Roster,
  Rows,
  Secret,
  Snapshot,
  TiePreview,
  TieRoster,
  codes,
  findingMessage,
  verifyExport,
  verifyHistoryExport,
  account: rules.account,
  history: rules.history,
  invitation: rules.invitation,
  message: rules.message,
  name: rules.name,
  password: rules.password,
  questions: rules.questions,
  relationship: rules.relationship,
  roster: rules.roster,
  username: rules.username,
  visibility: rules.visibility
}
