// The texts of the office's pages about people, sessions, delegated work and messages.

import { labelled } from './labelled.js'

export const office = {
  people: {
    tab: 'People', title: 'People and organizations', search: 'Name, nickname, e-mail, phone or identifier', anyRole: 'Any role', withoutAccount: 'Only without an account',
    none: 'Nobody fits. Try another name, or add people under Roster.', person: 'Person', organization: 'Organization', back: 'Was deleted and is back?',
    at: 'As of', atHint: 'Links, ties and grants in force at the end of that day. Leave it empty for all there ever were.', show: 'Show',
    conveyed: 'by a tie', loginOf: 'Account', kind: 'Kind', since: 'Known since',
    edit: 'Edit', name: 'Name', nickname: 'Nickname', preferred: 'Preferred way', noneSaid: 'Not said', language: 'Language', agencyLanguage: 'That of the agency', externalId: 'Identifier',
    saved: 'Saved', unchanged: 'All of it was so already. Nothing was written.', sentAgain: 'What had been sent was sent again, to the new contact.',
    ties: 'Ties', noTies: 'No ties. Make one here.', is: (who, kind, of) => `${who} is ${kind} of ${of}`,
    from: 'From', until: 'Until', open: 'Open', reference: 'Document', end: 'End', endTie: (tie) => `End: ${tie}`, endLead: 'What it allows is over at once, and an end is never taken back: make a new one instead.',
    sureEnd: 'Really end this?', yesEnd: 'Yes, end it', no: 'No, go back',
    relate: 'Make a tie', other: 'Who', otherHint: 'A name, e-mail, phone or identifier that no other has', isWhat: (name) => `What they are to ${name}`, untilDay: 'Until (the day itself is outside)', referenceHint: 'Needed for a personal representative', fits: (count) => count === 0 ? 'Nobody fits what was typed.' : `${count} fit what was typed: be more exact.`,
    grants: 'Grants', noGrants: 'No grants: nothing is seen beyond the matrix.', sees: (who, what, of) => `${who}: ${what}, ${of}`, everyone: 'of every client', reason: 'Reason',
    links: 'Linked accounts', noLinks: 'No account is linked. Make one under Bulk accounts.', by: 'By', applications: 'Applications',
    merge: 'The same person, twice', mergeLead: 'Where somebody is here twice, look for the other one. What would move is shown first.', mergeFind: 'The other one', mergeLook: 'Look for the other',
    mergeNone: 'Nobody else fits. Try another name.', mergePreview: 'See what would move', mergeTitle: (gone, keep) => `${gone} becomes one with ${keep}`,
    mergeNothing: 'Nothing has been written yet. It can be split again.', mergeNow: 'Merge the two',
    merges: { roles: 'Roles', given: 'Details', ties: 'Ties', joined: 'Ties that both had', ended: 'Ties between the two, which end', grants: 'Grants', links: 'Linked accounts', applications: 'Applications', invitations: 'Invitations', cancelled: 'Invitations that are dead' },
    mergeEmpty: 'Nothing moves: only the entry goes.', merged: 'Merged', mergedInto: (name) => `This entry was merged into ${name}.`, split: 'Split again', splitLead: 'What was moved goes back. Users of both are signed out.',
    splitDone: (moved, changed) => `Split again: ${moved} moved back, ${changed} ended or changed since.`,
    deleteTitle: 'Delete', deleteLead: 'Names, contacts, password and answers go for good, ties and grants end, and the history stays. Disabling the account loses nothing.', deleteSure: 'I know that this cannot be undone', deleteNow: 'Delete this entry', deleteAsk: 'Tick that you know what is lost.',
    formerTitle: 'Somebody is back', formerLead: 'Of who was deleted nothing is left but a digest of their addresses. Type the e-mail, phone or username that was theirs.', formerFind: 'E-mail, phone or username', formerLook: 'Look', formerNone: 'Nobody who was deleted had it. Add them under Roster.',
    formerFound: (when) => `Deleted on ${when}. Their history goes on when they are brought back; no account, tie or password comes back.`, restore: 'Bring back', role: 'Role'
  },
  add: {
    title: 'Add someone', lead: 'A client is enrolled and written to at once. Others get an account under Bulk accounts, or by the tie that calls for it.', add: 'Add', added: 'Added:', account: 'With an account:',
    roles: 'Roles', rolesLead: 'What the office made them. What a tie conveys ends with the tie. Who becomes a client is enrolled.', setRoles: 'Save the roles'
  },
  grant: {
    title: 'Give a grant', what: 'What they may see', reach: 'Of whom', one: 'Of one client or application', every: 'Of every client', whose: 'Which', whoseHint: 'A name, e-mail, phone or identifier that no other has, or the number of the application. Leave it empty for every client.',
    reasonHint: 'Kept in the history: emergency access, for instance', give: 'Give it', noEnd: 'A grant always ends: say when.'
  },
  staged: {
    tab: 'To be sent', title: 'Waiting to be sent', lead: 'Their accounts are made, and nothing was sent yet: no link, password or code of theirs exists until you send.', none: 'Nobody waits. Tick "Send later" when you make accounts.',
    since: 'Since', send: 'Send to those selected', later: 'Send later', found: (count) => count === 1 ? 'One waits' : `${count} wait`
  },
  print: {
    heading: 'A printed code', short: 'Print a code', start: 'Print a code to hand over', title: (name) => `Print a code: ${name}`, lead: 'Nothing is sent. Whoever types the code becomes the user.',
    dead: 'What was sent or printed before is dead at once.', with: 'Together with', print: 'Make the code', paper: (agency) => `Your invitation from ${agency}`,
    how: (address) => `Go to ${address}, and type this code:`, together: 'Type it together with', either: (contact, number) => `${contact}, or ${number}`, once: 'The code is shown once. Print this page now; a lost one is made anew.'
  },
  review: {
    tab: 'Review', title: 'Access review', lead: (days) => `What someone should look at, and who has not signed in for ${days} days.`, none: 'Nothing to look at. Come back next month.', why: 'Why', who: 'Who', contacts: 'Contacts', decide: 'Decide',
    kinds: labelled('review_kind', 'en')
  },
  objection: {
    title: 'An objection', of: (name) => `An objection: ${name}`, none: 'There is nothing left to decide: it was decided, or withdrawn.', meanwhile: 'That contact is not there any more: somebody else decided meanwhile.',
    lead: (when) => `The owner of the earlier contact said on ${when} that the new one is not theirs. Ask the person in another way, on the phone or face to face, then take away the contact that is wrong. It is for good.`,
    several: 'There are several new ones: take the wrong ones first.', new: 'New:', earlier: 'Earlier:', account: 'Their account',
    newGoes: (earlier) => `If it is not theirs: it is taken away, and ${earlier || 'the earlier one'} stays. They recover by it.`,
    earlierGoes: (news) => `If they left it: it is taken away, and ${news} stands as it did, or is sent a link to confirm it. What was set by way of the earlier one since is over.`,
    take: (contact) => `Take away ${contact}`
  },
  tieRoster: {
    short: 'Ties', title: 'Ties from a roster', lead: 'Who is what of whom, from when and until when. See first what would happen: a preview writes nothing.',
    hint: 'Who, kind and of; and where there are any from, until and reference. A date alone is the beginning of that day in UTC.',
    previewTitle: 'Preview of the ties', tie: 'Tie', decide: 'Who it is', noRows: 'There is no tie on this roster.', create: (count) => `Make and end ties (${count})`,
    ends: { who: (line) => `Who has the part, on line ${line}`, of: (line) => `Of whom, on line ${line}` },
    verdicts: { made: 'Would be made', ended: 'Would be ended', unchanged: 'Nothing changes', waiting: 'Decide who it is', failed: 'Fail', not_reached: 'Not reached' },
    outcomes: { made: 'Made', ended: 'Ended', unchanged: 'Unchanged', waiting: 'Not decided', failed: 'Failed', not_reached: 'Not reached' },
    sums: { made: 'to make', ended: 'to end', unchanged: 'unchanged', waiting: 'to decide', failed: 'failed' }
  },
  ties: {
    emergency_contact: 'emergency contact', individual: 'individual', organization_associated: 'organization associated', possible_payer: 'possible payer', payer: 'payer',
    community: 'community', manager: 'manager', guardian: 'guardian', caregiver: 'caregiver', personal_representative: 'personal representative'
  },
  standings: labelled('standing', 'en'),
  locales: labelled('locale', 'en'),
  sessions: {
    title: 'Where you are signed in', link: 'Where you are signed in', of: (name) => `Where ${name} is signed in`, none: 'Signed in nowhere.', what: 'What', since: 'Since', used: 'Last used', until: 'Until', source: 'From',
    kinds: labelled('session_kind', 'en'), remembered: 'remembered', current: 'this one', end: 'End', endOne: (what, when) => `End: ${what} since ${when}`, others: 'End all others', all: 'Sign out everywhere', lead: 'End what you do not know, and change your password then.', office: 'Sessions and devices'
  },
  delegated: {
    tab: 'Delegated', title: 'Delegated work', lead: 'What each office role may do, and on people of which roles. Every act is checked when it is done.', act: 'Act', nobody: '–',
    none: 'Nothing is delegated: account managers do all of it.', editOf: (role) => `Edit: ${role}`, of: (role) => `What ${role} may do`, editLead: 'Tick on whom. Nobody of the office is acted on by delegated work.', leave: 'Leave it as it was'
  },
  acts: labelled('office_act', 'en'),
  many: { with: 'With those selected', disable: 'Disable', 'send-again': 'Send again', 'end-sessions': 'Sign out everywhere', nobody: 'Tick at least one.', busy: 'One moment: each is being done.', handOver: 'Tell them in person, it is shown once:' },
  filter: { standing: 'Which', all: 'All', never_invited: 'Never invited', invited: 'Invited', lapsed: 'Lapsed', ended: 'Ended', linked: 'Linked', due: 'Lapses by', found: (count) => count === 1 ? 'One application' : `${count} applications`, contact: 'Invited at' },
  unlinking: { title: 'Really unlink?', lead: 'Access to it ends at once, and sessions that had it end. Nothing but a new invitation links it again. The account stays.', yes: 'Yes, unlink', notLinked: 'Not linked: nothing is done with it.' },
  messages: {
    tab: 'Messages', title: 'Messages of the agency', kind: 'Message', method: 'Way', language: 'Language', own: 'Own text', shipped: 'As shipped', subject: 'Subject', body: 'Text', try: 'Try with sample values', set: 'Save as our own text', reset: 'Back to the shipped text', sure: 'I know that our own text is lost', sample: 'As its reader would see it',
    words: (words) => `It may speak of: ${words}`, settings: 'Owners and time zone', owner: 'E-mail of the owner', owners: 'Further owners, one on each line', timeZone: 'Time zone of the moments in messages', timeZoneHint: 'An IANA name, such as America/Toronto; empty for UTC', none: 'No texts.',
    kinds: labelled('message_kind', 'en')
  }
}

export const flash = { contactTaken: 'The contact is taken away. Where it stands in the file of the person, correct it there.', granted: 'The grant is given.', delegationSaved: 'What is delegated is saved.', contactAsked: 'A link is on its way to the new one. Open it to confirm.', questionsChanged: 'Your questions are changed.', languageSet: 'Your language is saved.', tied: 'The tie is made.', tieEnded: 'It is ended.', merged: 'The two are one now.', deleted: 'The entry is deleted.', sessionEnded: 'It is ended.', othersEnded: 'All others are ended.', textSaved: 'The text is saved.', settingsSaved: 'Saved.' }
