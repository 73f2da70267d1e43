// The same classes for `import` as for `require`, so that `instanceof` holds.
import carekey from './index.js'

export const {
  Agency, CarekeyError, Directory, ManualClock, Office, Outbox, Policy, Preview, Roster, Rows, Secret, Snapshot,
  TiePreview, TieRoster,
  codes, findingMessage, verifyExport, verifyHistoryExport,
  account, history, invitation, message, name, password, questions, relationship, roster, username, visibility
} = carekey
export default carekey
