'use strict'

const { CarekeyError } = require('./lib/error')
const { Directory, ManualClock } = require('./lib/directory')
const { Agency } = require('./lib/agency')
const { Office } = require('./lib/office')
const { Outbox } = require('./lib/outbox')
const { Policy } = require('./lib/policy')
const { Preview, Roster } = require('./lib/roster')
const { TiePreview, TieRoster } = require('./lib/tie_roster')
const { Rows } = require('./lib/rows')
const { Secret } = require('./lib/secret')
const { Snapshot } = require('./lib/snapshot')
const { codes, findingMessage } = require('./lib/finding')
const rules = require('./lib/rules')

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
