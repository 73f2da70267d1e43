// The texts of the history (H): its pages, and what its details are called.

export const history = {
  tab: 'History', title: 'History of the agency', of: 'History', lead: 'Every act, when and by whom, the oldest first. It can be added to, never changed.',
  when: 'When', what: 'What', whose: 'Account', who: 'Who', details: 'Details', whole: 'Verified: whole', broken: 'Broken: tell support',
  since: 'From this day on', kind: 'Only', every: 'Everything', first: 'From the beginning', none: 'Nothing of the kind since that day. Choose an earlier one, or everything.',
  gone: 'That page is not there any more: go on from the beginning. What was removed stands in the export.',
  deleted: 'Deleted', files: 'Export, or verify an export',
  names: {
    account: 'Account', accounts: 'Accounts', after: 'After', application: 'Application', applications: 'Applications', before: 'Before', count: 'How often', ended: 'Ended', email: 'E-mail',
    export: 'Export (SHA-256)', external_id: 'Identifier', first: 'First time', given: 'Taken over', grants: 'Grants', invitations: 'Invitations', joined: 'Ties that both had', kind: 'Kind', language: 'Language', last: 'Last time',
    links: 'Links', merged_name: 'The other entry', message: 'Message', method: 'Way', name: 'Name', name_in_parts: 'Name in parts', nickname: 'Nickname', of: 'Of', phone: 'Phone', preferred: 'Preferred way',
    reason: 'Reason', reference: 'Document', resource: 'What', roles: 'Roles', scheme: 'First login', since: 'From', source: 'From where', step: 'Step', through: 'Lines removed', ties: 'Ties', until: 'Until', username: 'Username', who: 'Who',
    split_name: 'The other entry', changed: 'Ended or changed since',
    created: 'Created', invited: 'Invited', staged: 'To be sent', updated: 'Updated', unchanged: 'Unchanged', waiting: 'Waiting', failed: 'Failed', not_reached: 'Not reached', made: 'Made'
  },
  words: {
    activation_link: 'activation link', temporary_password: 'temporary password', invitation_code: 'invitation code',
    change_password: 'change of the password', set_questions: 'choice of questions', recovery_code: 'code', recovery_questions: 'questions', new_password: 'new password',
    wrong_password: 'wrong password', wrong_code: 'wrong code', wrong_answers: 'wrong answers', wrong_invitation: 'wrong invitation code', locked: 'passwords wait', closed: 'closed to unknown devices', source_locked: 'the network waits',
    disabled: 'account disabled', no_password: 'no password yet', unusable_hash: 'stored password unusable', changed_meanwhile: 'changed meanwhile', expired: 'temporary password expired'
  },
  field: (name, isAfter) => `${name}, ${isAfter ? 'after' : 'before'}`,
  exports: {
    title: 'Exports of the history', lead: 'A file of a span of time, for an auditor or to be kept. It is sealed: a change of it is found.',
    export: 'Export', of: (name) => `Only what is in the history of ${name}.`, all: 'All of the agency, with every account.',
    since: 'From', sinceHint: 'Leave it empty for the first line.', until: 'Until', untilHint: 'The day itself is outside. Leave it empty for up to now.', make: 'Export the history', noted: 'The history says that it was exported, and by whom.',
    noDay: 'A day is typed as 2026-03-31.', verify: 'Verify an export', file: 'The file of an export', fileHint: (mebibytes) => `A file of JSON lines that was exported here, up to ${mebibytes} MiB, as it was saved.`, check: 'Verify it',
    tooLarge: (mebibytes) => `The file is larger than ${mebibytes} MiB: export a shorter span, or have support verify it.`, nothingGiven: 'Choose a file.', busy: 'One moment: the file is being verified.', another: 'This is an export of another agency.',
    good: 'It is as it was written.', whose: 'Whose', span: 'Span', from: (since, until) => `${since || 'The first line'} to ${until}`, lines: 'Lines', removed: 'Lines removed before it was made', digest: 'SHA-256 of the file'
  }
}
