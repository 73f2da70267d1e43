// The portal's own texts. What carekey finds, it says itself.

import { history } from './en-history.js'
import { flash, office } from './en-office.js'
import { labelled } from './labelled.js'

export const en = {
  skip: 'Skip to the content',
  otherLanguage: 'Español',
  signOut: 'Sign out',
  footer: (agency) => `${agency} uses carekey to keep your account safe`,
  username: 'Username',
  email: 'E-mail',
  phone: 'Phone',
  role: 'Role',
  next: 'Continue',
  save: 'Save',
  search: 'Search',
  select: 'Select',
  selectOne: (name) => `Select ${name}`,
  action: 'Action',
  actOn: (action, name) => `${action}: ${name}`,
  result: 'Result',
  results: 'What came of it',
  done: 'Done',
  notDone: 'Not done',
  suggested: 'Free instead:',
  empty: 'There is nothing here yet.',
  never: 'Never',
  yours: 'Yours',
  pages: 'Pages',
  previous: 'Previous',
  following: 'Next',
  range: (from, to, all) => `${from} to ${to} of ${all}`,
  problems: 'Please look at this again:',
  tabs: { mine: 'My account', office: 'Office' },
  resources: {
    client_contact: 'Client contact', care_tasks: 'Care tasks',
    dashboard: 'Home', invoices: 'Invoices', calendar: 'Calendar', service_plan: 'Service plan',
    message_owner: 'Message', application: 'Application', profile: 'Profile'
  },
  roles: labelled('role', 'en'),
  states: labelled('state', 'en'),
  columns: {
    display_name: 'Display name', first_name: 'First name', last_name: 'Last name', username: 'Username',
    status: 'Status', last_logon: 'Last logon', created: 'Created', description: 'Description'
  },
  actors: labelled('actor_kind', 'en'),
  actions: { invite: 'Invite', reinvite: 'Reinvite', unlink: 'Unlink', cancel: 'Cancel invitation' },
  flash: {
    ...flash,
    signedOut: 'You are signed out.',
    activated: 'Your password is set. Please sign in, then choose your security questions.',
    recovered: 'Your new password is set. Please sign in with it.',
    linked: 'Your invitation is accepted. It is linked to your account now.',
    signInFirst: 'You have an account already. Sign in, and your invitation is added to it.',
    messageSent: 'Your message is on its way.',
    passwordChanged: 'Your password is changed. You are signed out everywhere else.',
    disable: 'The account is disabled and signed out everywhere.',
    enable: 'The account is enabled.',
    unlock: 'Failed sign-ins are forgotten. Passwords are looked at again.',
    sessionsEnded: 'The user is signed out everywhere.',
    reset: 'The password is reset. It must be changed at the next sign-in.',
    note: 'The note is saved.',
    sentAgain: 'It was sent once more.'
  },
  signIn: {
    title: 'Sign in',
    lead: 'See your care, in one place.',
    hint: 'Your e-mail address, phone number or staff name',
    remember: 'Remember me on this device',
    forgot: 'I forgot my password',
    invited: 'I have an invitation code',
    refused: 'That did not work. Please check your username and password.'
  },
  activate: {
    title: 'Activate your account',
    lead: 'Open the link from your message: it is checked by itself.',
    link: 'The link from your message',
    hint: 'If nothing happens, copy the whole link from your message and paste it here.',
    choose: 'Create your password',
    chooseLead: 'You will sign in with it here and in the app.'
  },
  password: {
    one: 'Password',
    new: 'New password',
    current: 'Current password',
    confirm: 'The same password again',
    rules: 'Your password needs:',
    met: 'Met',
    unmet: 'Not yet',
    save: 'Save password',
    change: 'Change password',
    choose: 'Choose your own password',
    chooseLead: 'The password that you were sent opens only this page.'
  },
  rules: {
    'password.too_short': ({ minimum }) => `At least ${minimum} characters`,
    'password.too_long': () => 'Not longer than can be kept',
    'password.no_digit': () => 'A numeral',
    'password.no_upper': () => 'A capital letter',
    'password.no_lower': () => 'A small letter',
    'password.no_special': () => 'A special character, such as # or %',
    'password.block_listed': () => 'Not one that attackers try first',
    'password.contains_person.name': () => 'Not made of your name',
    'password.contains_person.username': () => 'Not made of your username',
    'password.contains_person.email': () => 'Not made of your e-mail address',
    'password.contains_person.agency': () => 'Not made of our name'
  },
  questions: {
    title: 'Security questions',
    lead: (count) => `Choose ${count === 1 ? 'a question' : `${count} different questions`}. If you forget your password, your answers show that it is you.`,
    nth: (n) => `Question ${n}`,
    question: 'Question',
    answer: 'Your answer',
    choose: 'Please choose a question',
    save: 'Save my answers'
  },
  own: {
    contacts: 'How you are reached', contactsLead: 'Codes and notices go to what is confirmed. What the office wrote down about you stays as it is.', noContacts: 'Nothing yet.',
    way: 'Way', address: 'Address or number', standing: 'Standing', proven: 'Confirmed', unproven: 'Not confirmed', waits: 'Waits to be confirmed', objected: 'Objected to: the office looks at it',
    until: (when) => `until ${when}`, change: 'Change it', changeLead: 'The new one is sent a link to confirm it, and only then takes the place of the old one. The old one is told, and can object.',
    newAddress: 'The new e-mail address or phone number', ask: 'Send me the link', noQuestions: 'No questions are asked here.',
    language: 'Language', writtenIn: 'You are written to in'
  },
  forgot: {
    title: 'Forgot your password?',
    lead: 'Tell us your username. We send a code to the address or phone that we know.',
    send: 'Send me a code',
    back: 'Back to signing in',
    again: 'Start again',
    code: { title: 'Enter your code', lead: 'If we know that username, a code is on its way to you.', field: 'Code' },
    questions: { title: 'Answer your questions', lead: 'Please answer as you did when you chose them. Capitals and blanks do not matter.' },
    new_password: { title: 'Choose a new password', lead: 'Afterwards, sign in with it. Everywhere else you are signed out.' }
  },
  invitation: {
    title: 'Accept your invitation',
    lead: 'Type the code from your e-mail or text message.',
    code: 'Invitation code',
    codeHint: '10 letters and digits; capitals and hyphens do not matter',
    contact: 'E-mail, phone, or application number',
    contactHint: 'The one that your invitation was sent to, or the number of your application',
    accept: 'Accept the invitation',
    haveLink: 'I have a link instead',
    confirm: 'You are invited',
    from: (agency, number) => number ? `${agency} invites you to see your application ${number} online.` : `${agency} invites you to see your information online.`,
    makes: 'Accepting makes your account, or adds this to the one that you have.',
    linksTo: (username) => `It will be linked to the account that you are signed in with, ${username}.`,
    until: (when) => `The invitation is good until ${when}. Looking at this page does not use it up.`
  },
  confirm: {
    title: 'Confirm your new contact',
    lead: 'A new e-mail address or phone number was given for you, by the office or by you. Confirm that it is yours.',
    act: 'Yes, it is mine',
    doneTitle: 'Confirmed',
    done: (username) => `Messages go there from now on. Your username is ${username}.`
  },
  object: {
    title: 'Object to a new contact',
    lead: 'Another e-mail address or phone number was given for you. If you do not know of it, object: it is not used then, and the office looks into it.',
    act: 'Object',
    doneTitle: 'We have your objection',
    done: () => 'Nothing changes in your account, and the office will look at it.'
  },
  dashboard: {
    hello: (name) => `Hello, ${name}`,
    for: (names) => `You see the care of ${names}.`,
    next: 'Next visits',
    about: {
      '/invoices': 'What was billed, and what is due',
      '/calendar': 'Who comes, and when',
      '/service-plan': 'The care that was agreed',
      '/application': 'Where your application stands',
      '/message': 'Write to the owner of the agency',
      '/profile': 'Your details and your password'
    }
  },
  calendar: { none: 'No visits are planned.', schedule: 'Your schedule', with: (client, caregiver) => `${client} with ${caregiver}` },
  visits: { personal_care: 'Personal care', companionship: 'Companionship', meals: 'Meals' },
  invoices: {
    none: 'No invoices yet.', number: 'Number', issued: 'Issued', due: 'Due', amount: 'Amount', status: 'Status',
    paid: 'Paid', open: 'Open', one: (number) => `Invoice ${number}`, for: 'For', to: 'Issued to', service: 'Service',
    hours: 'Hours', rate: 'Rate', total: 'Total'
  },
  plan: { none: 'No service plan yet.', often: (times) => times === 1 ? 'Once a week' : `${times} times a week` },
  application: { one: (number) => `Application ${number}`, family: 'Family', submitted: 'Submitted', status: 'Status', waiting: 'On the waiting list' },
  message: {
    lead: (agency) => `Your message goes to the owner of ${agency} by e-mail.`,
    text: 'Your message',
    template: (name) => `Hello,\n\nI would like to talk with you about \n\nThe best time to reach me is \n\nThank you,\n${name}`,
    send: 'Send'
  },
  office: {
    ...office,
    users: {
      tab: 'Users', title: 'Manage users', count: 'active accounts', filter: 'Name contains', disabled: 'Show disabled users',
      unlinked: 'Only without a staff record', none: 'Nobody fits.', manager: 'Manager'
    },
    user: {
      disable: 'Disable', disabledBy: 'Disabled by', enable: 'Enable', unlock: 'Unlock', endSessions: 'Sign out everywhere', sendAgain: 'Send again', note: 'Note', noteLabel: 'What the office should know',
      reset: 'Reset password', resetHint: 'Type a temporary password twice. Its user must change it, and is signed out everywhere.',
      release: 'A contact that changed hands', releaseLead: 'An e-mail or phone that is somebody else’s now is taken away: they are told at their other contacts, and sign in by one of those. It is free for its new owner then.',
      releaseWhich: 'E-mail or phone', releaseSure: 'I know that this cannot be undone', releaseNow: 'Take it away', releaseAsk: 'Tick that you know that it is for good.'
    },
    accounts: {
      tab: 'Bulk accounts', title: 'Bulk add accounts', lead: 'Tick everyone who should get an account. Each is written to at once.',
      create: 'Create accounts', created: 'Account created', already: 'Account', total: (count) => `Total: ${count}`
    },
    roster: {
      tab: 'Roster', short: 'People', kinds: 'What the roster is of', title: 'Add people from a roster', lead: 'See first what would happen. A preview writes nothing.',
      file: 'A file', fileHint: (mebibytes) => `A CSV or another text, or a workbook (xlsx, xls, ods), up to ${mebibytes} MiB`,
      csv: 'Or pasted rows', hint: 'Paste rows from a spreadsheet, with a title for each column.', pasted: 'Pasted rows',
      tooLarge: (mebibytes) => `The file is larger than ${mebibytes} MiB: split it.`, nothingGiven: 'Choose a file, or paste rows.',
      preview: 'Preview', busy: 'One moment: the roster is being worked on.', otherFile: 'Take another file',
      refused: 'The file cannot be read like this:', about: 'What there is to know about the file', more: (count) => `${count} more`,
      reading: 'How the file is read', readAgain: 'Read again', asFile: 'As the file says',
      sheet: 'Sheet', onlySheet: 'The one that has a roster', chooseSheet: 'Choose a sheet', everyone: 'Role of everyone', encoding: 'Encoding', encodingHint: 'Try one: the names in the preview show whether it is right.',
      dates: 'Dates such as 01/02/2026', datesHint: 'Said only where a date may be two.', dateOrders: { day_first: 'The day first: 1 February', month_first: 'The month first: January 2' },
      statuses: 'What each status means', isHere: 'Is here', hasLeft: 'Has left',
      columns: 'What each column is', byTitle: (meant) => meant ? `By its title: ${meant}` : 'By its title', passedOver: 'Passed over',
      columnNames: {
        role: 'Role', name: 'Whole name', first_name: 'First name', middle_name: 'Middle name', last_name: 'Last name',
        second_last_name: 'Second last name', suffix: 'Suffix', nickname: 'Nickname', organization: 'Organization', username: 'Username',
        email: 'E-mail', phone: 'Phone', preferred: 'Preferred contact', language: 'Language', external_id: 'Identifier', status: 'Status',
        note: 'Note', already_created: 'Account exists', password_hash: 'Password hash', problem: 'Problem', suggestion: 'Suggestion',
        who: 'Who', who_name: 'Who: name', who_email: 'Who: e-mail', who_phone: 'Who: phone', kind: 'Kind of tie', of: 'Of',
        of_name: 'Of: name', of_email: 'Of: e-mail', of_phone: 'Of: phone', from: 'From', until: 'Until', reference: 'Document'
      },
      encodings: {
        'utf-8': 'UTF-8', 'utf-16le': 'UTF-16, little-endian', 'utf-16be': 'UTF-16, big-endian', 'windows-1252': 'Western (Windows)',
        macintosh: 'Western (older Mac)', 'windows-1250': 'Central European (Windows)', 'iso-8859-2': 'Central European (ISO)',
        'windows-1251': 'Cyrillic', 'windows-1253': 'Greek', 'windows-1254': 'Turkish', 'windows-1255': 'Hebrew', 'windows-1256': 'Arabic',
        'windows-1257': 'Baltic', 'windows-1258': 'Vietnamese', shift_jis: 'Japanese', gb18030: 'Chinese, simplified', big5: 'Chinese, traditional',
        'euc-kr': 'Korean'
      },
      previewTitle: 'Preview of the roster', nothing: 'Nothing has been written yet.', again: 'Check again',
      waits: (count) => count === 1 ? 'One row waits for you.' : `${count} rows wait for you.`,
      changed: 'This is not yet what was shown before: look at it once more. Nothing has been written.',
      needing: 'Rows that need you', fine: 'Rows that pass', noRows: 'There is nobody on this roster.',
      further: (count) => count === 1 ? 'One more row is not shown.' : `${count} more rows are not shown.`,
      acceptAll: (count) => `Accept ${count === 1 ? 'the suggestion' : `all ${count} suggestions`}`, leftOut: 'What is left out, as a CSV',
      create: (count) => `Create accounts (${count})`, line: 'Line', person: 'Person', verdict: 'Validation', decide: 'Username, and who it is',
      wouldCome: 'What would come of it', says: 'What to know', changes: 'What was changed',
      actions: { create: 'A new account', update: 'An update', unchanged: 'Nothing changes' }, leftOutUntil: 'Left out, as it stands',
      sameAs: (line) => `The same person as on line ${line}`, handOver: 'Tell them in person, it is shown once:',
      verdicts: { pass: 'Pass', waiting: 'Fail: choose a name', who: 'Decide who it is', fail: 'Fail' }, decline: 'No, leave it failed',
      nameFor: (name) => `Username for ${name}`, otherName: 'Another username', chooseAgain: 'Choose again',
      known: 'Known already:', whoIs: (name) => `Who is ${name}`, undecided: 'Not decided yet', same: (known) => `The same: ${known}`, another: 'Someone else',
      share: (name) => `Let ${name} share the login that has this address`, sharedBy: 'Invited to that login: whoever signs in there sees what is theirs too.',
      gone: (count) => count === 1 ? 'One person that we know is not on this roster.' : `${count} people that we know are not on this roster.`,
      goneHint: 'Nothing is done with them. Whoever has left is disabled under Users.',
      sums: {
        rows: 'rows', create: 'to create', update: 'to update', unchanged: 'unchanged', waiting: 'to decide', failed: 'failed',
        merged: 'taken for the same person', renamed: 'with another name', moved: 'with another contact', gone: 'not on this roster', shared: 'to share a login'
      }
    },
    invitations: {
      tab: 'Invitations', title: 'Applications and invitations', search: 'Number or family name', none: 'No application fits.',
      account: 'Online account', until: 'Invited until', notLinked: 'Not linked', batch: 'With those selected', method: 'Send by',
      preferred: 'Preferred contact', batches: { invite: 'Batch invite', reinvite: 'Batch reinvite', unlink: 'Batch unlink' }
    },
    history
  },
  events: labelled('event_kind', 'en'),
  mail: {
    title: 'Development mailbox', lead: 'What would have gone out by e-mail or text message. Only for trying the portal.',
    to: 'Sent to', none: 'Nothing was sent yet.', email: 'E-mail', sms: 'Text message'
  },
  errors: {
    back: 'Back to the start',
    401: ['That is over', 'The link, code or step was used, replaced or is too old. Begin again with the newest message, or ask the office for a new one.'],
    403: ['Not for this account', 'If you need this, please ask the office.'],
    404: ['Nothing here', 'This page does not exist, or is not yours to see.'],
    409: ['That has changed', 'Someone was faster. Please look again.'],
    413: ['Too large', 'Split the file, and send its parts one after the other.'],
    422: ['That did not work', 'Please go back and check what was typed.'],
    other: ['Something went wrong', 'It is not your fault. Please try again in a moment.']
  }
}
