'use strict'

// What each step of a scenario does, and its outcome: nothing for `done`, or
// what the method answers, reduced to what matters.

const assert = require('node:assert/strict')
const fs = require('node:fs')
const path = require('node:path')
const { Policy, Roster, TieRoster, questions, verifyExport, verifyHistoryExport } = require('../..')
const { codes, iso, withoutBlanks, withoutFalse } = require('./plain')
const { given: present } = require('./world')

// --- outcomes ---

function enrolled (made) {
  const out = withoutFalse({
    username: made.username,
    invited: made.invitation !== null,
    handed_over: made.handOver !== null,
    findings: codes(made.findings)
  })
  return Object.keys(out).length > 0 ? out : undefined
}

const decision = ({ scope, because }) => ({ sees: scope ?? false, because: codes(because) })

const user = (shown, locale = 'en') => withoutFalse({
  display_name: shown.displayName,
  first_name: shown.firstName,
  last_name: shown.lastName,
  username: shown.username,
  state: shown.state,
  manager: shown.isManager,
  linked: shown.party !== null,
  last_logon: iso(shown.lastLogon),
  created: iso(shown.created),
  disabled: iso(shown.disabled),
  disabled_by: shown.disabledBy,
  description: shown.description?.text[locale],
  note: shown.note,
  staged: iso(shown.staged)
})

const tieRow = (tie) => withoutFalse({
  who: tie.whoName, kind: tie.kind, of: tie.ofName, from: iso(tie.beginsAt), until: iso(tie.endsAt), reference: tie.reference
})

const merged = ({ party, roles, given, ...lists }) => withoutFalse({
  roles, given, ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length || null]))
})

const partyFile = ({ party, links, ties, grants, invitation, applications }) => withoutFalse({
  name: party.displayName,
  first_name: party.firstName,
  middle_name: party.middleName,
  last_name: party.lastName,
  nickname: party.nickname,
  roles: party.roles,
  conveyed: party.conveyed,
  external_id: party.externalId,
  email: party.email,
  phone: party.phone,
  preferred: party.preferred,
  locale: party.locale,
  created: iso(party.createdAt),
  links: links.map((link) => withoutFalse({
    username: link.username,
    application: link.number,
    since: iso(link.since),
    until: iso(link.endsAt),
    act: link.act,
    by: link.by
  })),
  ties: ties.map(tieRow),
  grants: grants.map((grant) => withoutFalse({
    resource: grant.resource, of_one: grant.of !== null, from: iso(grant.beginsAt), until: iso(grant.endsAt)
  })),
  invitation: invitation && {
    method: invitation.method,
    contact: invitation.contact,
    until: iso(invitation.expiresAt),
    standing: invitation.standing
  },
  applications: applications.map((application) => application.number)
})

const windowRow = (row) => withoutFalse({
  name: row.displayName,
  username: row.username,
  email: row.email,
  phone: row.phone,
  account: row.account !== null,
  state: row.state,
  note: row.note,
  staged: iso(row.staged)
})

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function line (shown, details) {
  if (!details) return [shown.kind, shown.actorName]
  return withoutFalse({
    what: shown.kind,
    who: shown.actorName,
    actor: shown.actor,
    at: iso(shown.at),
    details: Object.fromEntries(Object.entries(shown.details).filter(([, value]) => !UUID.test(value))),
    from: shown.source
  })
}

// --- what is kept under a name ---

function keepEnrolled (world, name, made) {
  if (!made) return undefined
  const thing = world.named(name)
  thing.account = made.account ?? thing.account
  thing.password = made.handOver?.reveal()
  return enrolled(made)
}

function keepDone (world, names, rows) {
  return rows.map((row, at) => {
    const thing = world.named(names[at])
    thing.account = row.account ?? thing.account
    thing.password = row.handOver?.reveal()
    if (!row.done) return codes(row.findings)
    return row.handOver === null ? 'done' : 'handed_over'
  })
}

function keepAnswer (world, name, answer) {
  switch (answer.status) {
    case 'granted':
      keepSession(world, name, answer.session)
      break
    case 'change_password':
    case 'set_questions':
      world.named(name).step = answer.step.token.reveal()
  }
  return answer.status
}

function keepSession (world, name, { account, token, device }) {
  const thing = world.named(name)
  thing.account = account
  thing.session = token.reveal()
  thing.device = device?.reveal() ?? thing.device
}

function keepRedeemed (world, name, redeemed) {
  const thing = world.named(name)
  if (redeemed.status === 'sign_in_first') return redeemed.status
  thing.account = redeemed.account
  if (redeemed.status === 'linked') return { linked: redeemed.username }
  thing.step = redeemed.step.token.reveal()
  return { new: redeemed.username }
}

function keepRecovery (world, name, recovery) {
  world.named(name).step = recovery.token.reveal()
  return recovery.asks === 'questions' ? recovery.questions.map(({ id }) => id) : recovery.asks
}

// --- what steps take ---

const moment = (text) => (text == null ? undefined : new Date(text))

async function typed ({ world, agency }, password, confirm) {
  const value = await world.text(agency, password)
  return { password: value, confirm: confirm ?? value }
}

const answers = (list) => list.map(([question, answer]) => ({ question, answer }))

const staff = (given) => present({
  firstName: given.first_name,
  lastName: given.last_name,
  email: given.email,
  phone: given.phone,
  username: given.username
})

async function decided ({ world, office }, csv, then = []) {
  const preview = await office.preview(await Roster.fromCsv(csv.join('\n')))
  for (const step of then) {
    if (step === 'accept_suggestions') preview.acceptSuggestions()
    else if (step.username !== undefined) preview.accept(step.line, step.username)
    else if (step.decide !== undefined) preview.decide(step.decide, whoIs(world, step.who))
    else if (step.share !== undefined) preview.share(step.share)
    else preview.decline(step.decline)
  }
  return preview
}

/** A preview of a roster of ties with what was said on who its ends are. A cell `$name` is that party's identifier. */
async function said ({ world, office }, { csv = [], file, reading, then = [] }) {
  const cell = (text) => (text.startsWith('$') ? world.party(text) : text)
  const lines = csv.map((line) => line.split(',').map(cell).join(','))
  const roster = file === undefined
    ? await TieRoster.fromCsv(lines.join('\n'), reading)
    : await TieRoster.fromFile(path.join(__dirname, '../../../tests/rosters', file), reading)
  const preview = await office.previewTies(roster)
  for (const { line, end, party } of then) preview.accept(line, end, world.party(party))
  return preview
}

const ownContact = ({ method, address, provenAt, confirmUntil, objectedAt }) => withoutFalse({
  method,
  address,
  proven: provenAt !== null,
  until: iso(confirmUntil),
  objected: objectedAt !== null
})

const whoIs = (world, who) => (who === 'another' ? who : { same: world.party(who) })

// --- the step that stands for all those that bring someone to a session ---

const SAID = ['Bramble', 'Hillside', 'Juniper Lane', 'Ottoline', 'Marchbanks']

async function byTemporaryPassword ({ world, agency, source }, username, email, password) {
  const temporary = await world.text(agency, `$password:${email}`)
  const answer = await agency.signIn({ username, password: temporary, source })
  return answer.status === 'change_password'
    ? agency.choosePassword({ step: answer.step, password, confirm: password, source })
    : answer
}

async function firstAnswer (here, { as: name, role, full_name: fullName, email, phone, password }) {
  const { world, agency, office, source } = here
  if (role === undefined) {
    const [first, ...last] = fullName.split(' ')
    const made = await office.addManager({
      firstName: first, lastName: last.join(' '), email, phone: phone ?? '+12125550100'
    })
    keepEnrolled(world, name, made)
    return byTemporaryPassword(here, made.username ?? '', email, password)
  }
  const scheme = (await agency.settings()).policy.enrolment.schemes[role] ?? new Policy().scheme(role).enrolment
  const kind = ['organization', 'community'].includes(role) ? 'organization' : 'person'
  const added = await office.addParty({ kind, name: fullName, roles: [role], email, phone })
  world.named(name).party = added.party
  let made = added.enrolled
  if (made === null && scheme === 'invitation_code') {
    await office.invite({ party: added.party })
  } else {
    made ??= await office.createAccount({ party: added.party, role })
    keepEnrolled(world, name, made)
  }
  const username = made?.username ?? ''
  if (scheme === 'temporary_password') return byTemporaryPassword(here, username, email, password)
  const link = await world.text(agency, `$link:${email}`)
  if (scheme === 'activation_link') {
    await agency.activate({ link, password, confirm: password, source })
    return agency.signIn({ username, password, source })
  }
  const redeemed = await agency.redeemLink({ link, source })
  keepRedeemed(world, name, redeemed)
  return agency.choosePassword({ step: redeemed.step, password, confirm: password, source })
}

async function makeActive (here, given) {
  const { world, agency, source } = here
  const email = given.email ?? `${given.as}@example.com`
  let answer = await firstAnswer(here, { ...given, email, password: given.password ?? 'Lantern#47 tide' })
  if (answer.status === 'set_questions') {
    const count = await agency.questionCount(answer.step)
    const said = questions.list({ locale: 'en' }).questions.slice(0, count)
      .map(({ id }, index) => ({ question: id, answer: SAID[index] }))
    answer = await agency.setQuestions({ step: answer.step, answers: said, source })
  }
  return keepAnswer(world, given.as, answer)
}

const acts = {
  // --- the world around the engine ---
  wait: ({ world }, { days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 }) =>
    world.wait((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms),
  keep: async ({ world, agency }, { as: name, value }) => {
    world.named(name).text = await world.text(agency, value)
  },
  make_active: makeActive,
  suspend_agency: ({ world, agency, actor }, { reason }) =>
    world.directory.suspendAgency(agency.code, { reason, actor }),
  resume_agency: ({ world, agency, actor }) => world.directory.resumeAgency(agency.code, { actor }),
  export_agency: async ({ world, agency, actor }, { as: name }) => {
    const file = path.join(world.folder, `${fs.readdirSync(world.folder).length}.jsonl`)
    const made = await world.directory.exportAgency(agency.code, file, { actor })
    assert.deepEqual(await verifyExport(file, { key: new Uint8Array(32).fill(7) }), made)
    world.named(name).export = file
    return { agency: made.agency, rows: made.rows }
  },
  export_history: async ({ world, office }, { as: name, account, since, until }) => {
    const file = path.join(world.folder, `${fs.readdirSync(world.folder).length}.jsonl`)
    const made = await office.exportHistory(file, {
      account: account == null ? undefined : world.account(account), since: moment(since), until: moment(until)
    })
    assert.deepEqual(await verifyHistoryExport(file, { key: new Uint8Array(32).fill(7) }), made)
    world.named(name).export = file
    const said = withoutBlanks({
      agency: made.agency,
      account: made.account !== null || null,
      since: iso(made.since),
      until: iso(made.until)
    })
    return { ...said, lines: made.lines, removed: made.removed }
  },
  trim_history: async ({ world, office }, { export: name }) => {
    const done = await office.trimHistory(world.thing(name).export)
    return { until: iso(done.until), lines: done.lines }
  },
  delete_agency: ({ world, agency, actor }, { export: name }) =>
    world.directory.deleteAgency(agency.code, world.thing(name).export, { actor }),
  create_agency: async ({ world, actor }, { code }) => {
    await world.directory.createAgency(world.newAgency(code), { actor })
  },
  agency_rows: async ({ world }) => (await world.directory.agencyRows()).map((row) => withoutFalse({
    code: row.code,
    name: row.name,
    state: row.state,
    since: iso(row.since),
    by: row.by,
    reason: row.reason,
    exported: row.export?.length
  })),

  // --- the agency ---
  change_settings: ({ world, office }, { settings = {}, policy }) =>
    office.changeSettings({ ...world.settings(settings), policy: policy && new Policy(policy) }),
  set_text: ({ office }, given) => office.setText(given),
  texts: async ({ office }, wanted) => (await office.texts())
    .filter((row) => Object.entries(wanted).every(([name, value]) => row[name] === value))
    .map(({ kind, method, locale, own }) => ({ kind, method, locale, own })),
  text: async ({ office }, given) => {
    const { subject, body, own } = await office.text(given)
    return { subject, body, own }
  },
  preview_text: async ({ office }, { text = null, ...given }) => {
    const { subject, body } = await office.previewText({ ...given, text })
    return { subject, body: body.reveal() }
  },

  // --- people ---
  add_party: async ({ world, office }, { as: name, full_name: fullName, external_id: externalId, ...given }) => {
    const added = await office.addParty({ ...given, name: fullName, externalId })
    world.named(name).party = added.party
    return keepEnrolled(world, name, added.enrolled)
  },
  create_account: async ({ world, office }, { party, role, username }) =>
    keepEnrolled(world, party, await office.createAccount({ party: world.party(party), role, username })),
  set_roles: async ({ world, office }, { party, roles }) =>
    keepEnrolled(world, party, await office.setRoles(world.party(party), new Set(roles))),
  relate: async ({ world, office }, { as: name, who, kind, of, begins_at: begins, ends_at: ends, reference }) => {
    const tied = await office.relate({
      kind, who: world.party(who), of: world.party(of), beginsAt: moment(begins), endsAt: moment(ends), reference
    })
    world.named(name).tie = tied.tie
    return keepEnrolled(world, who, tied.enrolled)
  },
  relate_all: async ({ world, office }, { ties, stop }) => {
    const rows = await office.relateAll({
      ties: ties.map(({ who, of, kind, begins_at: begins, ends_at: ends, reference }) => ({
        kind, who: world.party(who), of: world.party(of), beginsAt: moment(begins), endsAt: moment(ends), reference
      })),
      signal: stop ? AbortSignal.abort() : undefined
    })
    assert(rows.every((row) => row.done === (row.tie !== null) && row.grant === null))
    return keepDone(world, ties.map((tie) => tie.who), rows)
  },
  grant_all: async ({ world, office }, { grants, stop }) => {
    const rows = await office.grantAll({
      grants: grants.map(({ party, resource, of, ends_at: ends, reason }) => ({
        party: world.party(party), resource, of: of == null ? undefined : world.item(of), endsAt: moment(ends), reason
      })),
      signal: stop ? AbortSignal.abort() : undefined
    })
    assert(rows.every((row) => row.done === (row.grant !== null) && row.tie === null))
    return keepDone(world, grants.map((grant) => grant.party), rows)
  },
  ties: async ({ world, office }, { party, at }) => (await office.ties(world.party(party), { at: moment(at) })).map(tieRow),
  end_tie: ({ world, office }, { tie, at }) => office.endTie(world.thing(tie).tie, { at: moment(at) }),
  grant: async ({ world, office }, { as: name, party, resource, of, ends_at: ends, reason }) => {
    world.named(name).grant = await office.grant({
      party: world.party(party), resource, of: of == null ? undefined : world.item(of), endsAt: moment(ends), reason
    })
  },
  grants: async ({ world, office }, { party, at }) => (await office.grants(world.party(party), { at: moment(at) }))
    .map((grant) => withoutFalse({
      to: grant.toName,
      resource: grant.resource,
      of: grant.ofName,
      from: iso(grant.beginsAt),
      until: iso(grant.endsAt),
      reason: grant.reason
    })),
  end_grant: ({ world, office }, { grant, at }) => office.endGrant(world.thing(grant).grant, { at: moment(at) }),
  add_application: async ({ world, office }, { as: name, number, family }) => {
    const submitted = await office.addApplication({ number, family: world.party(family) })
    world.named(name).application = submitted.application
    return submitted.findings.length > 0 ? { findings: codes(submitted.findings) } : undefined
  },
  party: async ({ world, agency }, { party }) => {
    const found = await agency.party(world.party(party))
    return withoutFalse({
      display_name: found.displayName,
      roles: found.roles,
      external_id: found.externalId,
      email: found.email,
      phone: found.phone,
      account: found.account !== null
    })
  },
  restore_party: async ({ world, office }, { party, full_name: name, kind = 'person', external_id: externalId, ...given }) => {
    const restored = await office.restoreParty({ ...given, party: world.party(party), name, kind, externalId })
    return keepEnrolled(world, party, restored.enrolled)
  },
  former: async ({ world, office }, { username, party }) =>
    (await office.former(username))?.party === world.party(party),
  delete_party: ({ world, office }, { party }) => office.deleteParty(world.party(party)),
  window: async ({ office }) => (await office.window()).map(({ role, total, rows }) => (
    { role, total, rows: rows.map(windowRow) })),
  review: async ({ office }, { unused_days: unusedDays }) =>
    (await office.review({ unusedDays })).map(({ kind, names }) => [kind, names]),
  find_parties: async ({ world, agency }, { text }) => {
    const found = await agency.findParties(text.startsWith('$') ? world.party(text) : text)
    return found.rows.map((party) => party.displayName)
  },

  parties: async ({ office }, { without_account: withoutAccount, ...given }) => {
    const page = await office.parties({ limit: 100, ...given, withoutAccount })
    return { parties: page.rows.map((party) => party.displayName), found: page.found }
  },
  party_file: async ({ world, office }, { party, at }) => partyFile(await office.partyFile(world.party(party), { at: moment(at) })),
  merge_parties: async ({ world, office }, { keep, gone }) =>
    merged(await office.mergeParties(world.party(keep), world.party(gone))),
  preview_merge: async ({ world, office }, { keep, gone }) =>
    merged(await office.previewMerge(world.party(keep), world.party(gone))),
  split_party: async ({ world, office }, { party }) => {
    const split = await office.splitParty(world.party(party))
    return withoutFalse({ moved: split.moved.length || null, changed: split.changed.length || null })
  },
  edit_party: async ({ world, office }, { party, edit: { external_id: externalId, ...edit } }) => {
    const edited = await office.editParty(world.party(party), { ...edit, externalId })
    const out = withoutFalse({
      changes: edited.changes.map(({ field, before, after }) => [field, before, after]),
      sent_again: edited.sentAgain,
      findings: codes(edited.findings)
    })
    return Object.keys(out).length > 0 ? out : undefined
  },

  // --- rosters ---
  preview: async (here, { as: name, csv, then }) => {
    const preview = await decided(here, csv, then)
    here.world.named(name).preview = preview
    return preview.rows.toArray().map((row) => withoutFalse({
      line: row.line,
      state: row.state,
      action: row.action,
      username: row.username,
      findings: codes(row.findings),
      suggestions: row.suggestions
    }))
  },
  create: async (here, given) => {
    const { world, agency, office } = here
    const { preview: kept, csv, then, names = {}, initial_password: password, confirm, stop } = given
    const preview = kept ? world.thing(kept).preview : await decided(here, csv, then)
    const report = await office.create(preview, {
      initialPassword: password && { password, confirm: confirm ?? password },
      signal: stop ? AbortSignal.abort() : undefined
    })
    const rows = report.rows.toArray()
    for (const row of rows) {
      const name = names[row.line]
      if (name === undefined) continue
      const thing = world.named(name)
      thing.party = row.party ?? thing.party
      thing.account = row.account ?? thing.account
      thing.password = row.handOver?.reveal()
    }
    const gone = await Promise.all(report.gone.map(async (party) => (await agency.party(party)).displayName))
    return withoutBlanks({
      rows: rows.map((row) => withoutFalse({
        line: row.line,
        outcome: row.outcome,
        username: row.username,
        handed_over: row.handOver !== null,
        findings: codes(row.findings)
      })),
      gone,
      stopped: report.stopped?.code
    })
  },
  preview_ties: async (here, file) => {
    const preview = await said(here, file)
    const name = async (party) => (await here.agency.party(party)).displayName
    const rows = await Promise.all(preview.rows.map(async (row) => withoutFalse({
      line: row.row.line,
      outcome: row.outcome,
      who: row.whoName,
      of: row.ofName,
      maybe: await Promise.all([...row.whoMaybe, ...row.ofMaybe].map(name)),
      from: iso(row.beginsAt),
      until: iso(row.endsAt),
      findings: codes(row.findings)
    })))
    return withoutBlanks({ rows, findings: codes(preview.findings) })
  },
  create_ties: async (here, { names = {}, stop, csv, file, reading, then }) => {
    const report = await here.office.createTies(await said(here, { csv, file, reading, then }), {
      signal: stop ? AbortSignal.abort() : undefined
    })
    for (const row of report.rows) {
      if (names[row.line] !== undefined) here.world.named(names[row.line]).tie = row.tie
    }
    const rows = report.rows.map((row) => withoutFalse({
      line: row.line,
      outcome: row.outcome,
      username: row.username,
      handed_over: row.handOver !== null,
      findings: codes(row.findings)
    }))
    return withoutBlanks({ rows, stopped: report.stopped?.code })
  },

  // --- invitations ---
  invite: ({ world, office }, { item, method }) => office.invite(world.item(item), { method }),
  reinvite: ({ world, office }, { item, method }) => office.reinvite(world.item(item), { method }),
  unlink: ({ world, office }, { item }) => office.unlink(world.item(item)),
  cancel_invitation: ({ world, office }, { item }) => office.cancelInvitation(world.item(item)),
  batch: async ({ world, office }, { action, items, method, as_of: asOf }) => {
    const rows = await office.batch({
      action, items: items.map((item) => world.item(item)), method, asOf: moment(asOf) ?? world.justAfter
    })
    return rows.map((row) => (row.done ? 'done' : codes(row.findings)))
  },
  applications: async ({ office }, given) => (await office.applications(given)).rows.map((row) => ({
    number: row.number,
    family: row.familyName,
    online_account: row.onlineAccount,
    until: iso(row.invitedUntil)
  })),
  create_accounts: async ({ world, office }, { parties, role, stop }) => keepDone(world, parties, await office.createAccounts({
    parties: parties.map((party) => world.party(party)), role, signal: stop ? AbortSignal.abort() : undefined
  })),
  disable_all: async ({ world, office }, { accounts, stop }) => keepDone(world, accounts, await office.disableAll({
    accounts: accounts.map((account) => world.account(account)), signal: stop ? AbortSignal.abort() : undefined
  })),
  send_again_all: async ({ world, office }, { accounts, as_of: asOf }) => keepDone(world, accounts, await office.sendAgainAll({
    accounts: accounts.map((account) => world.account(account)), asOf: moment(asOf) ?? world.justAfter
  })),
  end_sessions_all: async ({ world, office }, { accounts }) => keepDone(world, accounts, await office.endSessionsAll({
    accounts: accounts.map((account) => world.account(account))
  })),
  allowed: async ({ office }) => Object.fromEntries((await office.allowed()).map(({ act, roles }) => [act, roles])),
  application: async ({ office }, { number }) => {
    const row = await office.application(number)
    return withoutBlanks({
      number: row.number,
      family: row.familyName,
      online_account: row.onlineAccount,
      invited: row.invitedContact,
      by: row.invitedMethod,
      invitation: row.invitation,
      until: iso(row.invitedUntil)
    })
  },
  applications_by: async ({ office }, { invited_before: invited, lapses_before: lapses, ...given }) => {
    const page = await office.applicationsBy({ ...given, invitedBefore: moment(invited), lapsesBefore: moment(lapses) })
    return { numbers: page.rows.map((row) => row.number), found: page.found }
  },
  look: async ({ world, agency }, { link }) => {
    const view = await agency.lookAtInvitation(await world.text(agency, link))
    return withoutBlanks({ agency: view.agency, application: view.application, until: iso(view.expiresAt) })
  },
  redeem_code: async ({ world, agency, source }, { as: name, code, with: contact, session }) =>
    keepRedeemed(world, name, await agency.redeemCode({
      code: await world.text(agency, code),
      with: await world.text(agency, contact),
      session: session && await world.text(agency, session),
      source
    })),
  redeem_link: async ({ world, agency, source }, { as: name, link, session }) =>
    keepRedeemed(world, name, await agency.redeemLink({
      link: await world.text(agency, link), session: session && await world.text(agency, session), source
    })),

  print_code: async ({ world, office }, { as: name, item, method }) => {
    const printed = await office.printCode(world.item(item), { method })
    const thing = world.named(name)
    thing.code = printed.code.reveal()
    thing.link = printed.link.reveal()
    return withoutBlanks({ with: printed.contact, application: printed.application, until: iso(printed.expiresAt) })
  },
  staged: async ({ office }, paging) => {
    const page = await office.staged(paging)
    const rows = page.rows.map((row) => withoutFalse({
      name: row.displayName, account: row.account !== null, party: row.party !== null, since: iso(row.since)
    }))
    return { rows, found: page.found }
  },
  send_staged: async ({ world, office }, { items, by_party: byParty, stop }) => {
    const things = items.map((item) => world.thing(item))
    const rows = await office.sendStaged({
      items: things.map(({ account, party }) => (account === undefined || byParty ? { party } : { account })),
      signal: stop ? AbortSignal.abort() : undefined
    })
    return rows.map((row, at) => {
      const thing = things[at]
      thing.account = row.account ?? thing.account
      thing.password = row.handOver?.reveal()
      if (!row.done) return codes(row.findings)
      return row.handOver === null ? 'done' : 'handed_over'
    })
  },
  remind: ({ agency }) => agency.remind(),

  // --- ways in ---
  activation: async ({ world, agency }, { link }) => (
    { username: await agency.activation(await world.text(agency, link)) }),
  activate: async (here, { link, password, confirm }) => {
    const { world, agency, source } = here
    return agency.activate({
      link: await world.text(agency, link), ...await typed(here, password, confirm), source
    })
  },
  sign_in: async ({ world, agency, source }, { as: name, username, password, remember, device, times = 1 }) => {
    const credentials = {
      username: await world.text(agency, username),
      password: await world.text(agency, password),
      device: device && await world.text(agency, device),
      remember,
      source
    }
    let answer
    for (let time = 0; time < times; time++) answer = await agency.signIn(credentials)
    return keepAnswer(world, name, answer)
  },
  choose_password: async (here, { as: name, step, password, confirm }) => {
    const { world, agency, source } = here
    return keepAnswer(world, name, await agency.choosePassword({
      step: await world.text(agency, step), ...await typed(here, password, confirm), source
    }))
  },
  question_count: async ({ world, agency }, { token }) => agency.questionCount(await world.text(agency, token)),
  set_questions: async ({ world, agency, source }, { as: name, step, answers: said }) =>
    keepAnswer(world, name, await agency.setQuestions({
      step: await world.text(agency, step), answers: answers(said), source
    })),
  change_password: async (here, { as: name, session, current, password, confirm }) => {
    const { world, agency, source } = here
    const renewed = await agency.changePassword({
      session: await world.text(agency, session),
      current: await world.text(agency, current),
      ...await typed(here, password, confirm),
      source
    })
    keepSession(world, name, renewed)
  },
  session: async ({ world, agency }, { session }) => {
    const found = await agency.session(await world.text(agency, session))
    return withoutFalse({
      username: found.username,
      display_name: found.displayName,
      linked: found.party !== null,
      manager: found.isManager,
      until: iso(found.expiresAt)
    })
  },
  sign_out: async ({ world, agency, source }, { session }) =>
    agency.signOut(await world.text(agency, session), { source }),
  sessions: async ({ world, agency, office }, { as: name, session, account }) => {
    const rows = session
      ? await agency.sessions(await world.text(agency, session))
      : await office.sessions(world.account(account))
    world.named(name).sessions = rows.map(({ id }) => id)
    return rows.map((row) => withoutFalse({
      kind: row.kind,
      since: iso(row.since),
      last_used: iso(row.lastUsedAt),
      until: iso(row.until),
      from: row.source,
      remembered: row.remembered,
      device: row.device !== null,
      current: row.current ?? false
    }))
  },
  end_session: async ({ world, agency, source }, { session, of, at = 0 }) => agency.endSession({
    session: await world.text(agency, session),
    id: of ? world.thing(of).sessions[at] : '00000000-0000-0000-0000-000000000000',
    source
  }),
  end_other_sessions: async ({ world, agency, source }, { session }) =>
    agency.endOtherSessions(await world.text(agency, session), { source }),

  // --- a forgotten password ---
  recover: async ({ world, agency, source }, { as: name, username }) =>
    keepRecovery(world, name, await agency.recover({ username, source })),
  recovery_code: async ({ world, agency, source }, { as: name, step, code }) =>
    keepRecovery(world, name, await agency.recoveryCode({
      step: await world.text(agency, step), code: await world.text(agency, code), source
    })),
  recovery_answers: async ({ world, agency, source }, { as: name, step, answers: said }) =>
    keepRecovery(world, name, await agency.recoveryAnswers({
      step: await world.text(agency, step), answers: answers(said), source
    })),
  finish_recovery: async (here, { as: name, step, password, confirm }) => {
    const { world, agency, source } = here
    const { state, device } = await agency.finishRecovery({
      step: await world.text(agency, step), ...await typed(here, password, confirm), source
    })
    world.named(name).device = device.reveal()
    return state
  },

  // --- one's own account, and a new contact ---
  contacts: async ({ world, agency, source }, { session }) =>
    (await agency.contacts(await world.text(agency, session), { source })).map(ownContact),
  change_contact: async ({ world, agency, source }, { session, password, ...given }) =>
    ownContact(await agency.changeContact({
      session: await world.text(agency, session), password: await world.text(agency, password), ...given, source
    })),
  change_questions: async ({ world, agency, source }, { session, password, answers: said }) =>
    agency.changeQuestions({
      session: await world.text(agency, session),
      password: await world.text(agency, password),
      answers: answers(said),
      source
    }),
  set_language: async ({ world, agency, source }, { session, language }) =>
    agency.setLanguage({ session: await world.text(agency, session), language, source }),
  confirm_contact: async ({ world, agency, source }, { link }) => (
    { username: await agency.confirmContact({ link: await world.text(agency, link), source }) }),
  object_to_contact: async ({ world, agency, source }, { link }) =>
    agency.objectToContact({ link: await world.text(agency, link), source }),
  release_contact: ({ world, office }, { account, contact }) => office.releaseContact(world.account(account), contact),

  // --- accounts and their managers ---
  add_manager: async ({ world, office }, { as: name, ...given }) =>
    keepEnrolled(world, name, await office.addManager(staff(given))),
  create_staff_account: async (here, { as: name, password, confirm, ...given }) => {
    const twice = password === undefined ? {} : await typed(here, password, confirm)
    return keepEnrolled(here.world, name, await here.office.createStaffAccount({ ...staff(given), ...twice }))
  },
  link_account: ({ world, office }, { account, party }) =>
    office.linkAccount({ account: world.account(account), party: world.party(party) }),
  promote: ({ world, office }, { account }) => office.promote(world.account(account)),
  remove_manager: ({ world, office }, { account }) => office.removeManager(world.account(account)),
  hand_over: ({ world, office }, { from_account: from, to_account: to }) =>
    office.handOver({ from: world.account(from), to: world.account(to) }),
  disable: ({ world, office }, { account }) => office.disable(world.account(account)),
  enable: ({ world, office }, { account }) => office.enable(world.account(account)),
  end_sessions: ({ world, office }, { account }) => office.endSessions(world.account(account)),
  unlock: ({ world, office }, { account }) => office.unlock(world.account(account)),
  reset_password: async (here, { account, password, confirm }) =>
    here.office.resetPassword(here.world.account(account), await typed(here, password, confirm)),
  send_again: async ({ world, office }, { account }) =>
    keepEnrolled(world, account, await office.sendAgain(world.account(account))),
  set_note: ({ world, office }, { account, note }) => office.setNote(world.account(account), note),
  user: async ({ world, office }, { account }) => user(await office.user(world.account(account))),
  users: async ({ office }, { show_disabled: showDisabled, unlinked_only: unlinkedOnly, columns, locale, ...given }) => {
    const page = await office.users({ ...given, showDisabled, unlinkedOnly })
    const shown = page.users.map((one) => user(one, locale))
    const users = columns
      ? shown.map((one) => columns.map((column) => one[column] ?? null))
      : shown.map((one) => one.username)
    return { users, found: page.found, active: page.active }
  },

  // --- messages ---
  messages: async ({ office }, { texts, ...given }) => (await office.messages(given)).rows.map((row) => {
    const { kind, method, address, state, tries, subject, body } = row
    return { kind, method, address, state, tries, ...(texts ? { subject, body } : {}) }
  }),
  claim: async ({ world, agency }, { as: name, most = 100, method }) => {
    const claimed = await agency.outbox.claim(most, { method })
    claimed.forEach((message) => world.receive(agency, message))
    world.named(name).claim = claimed
    return claimed.map(({ kind, method, address, attempt }) => [kind, method, address, attempt])
  },
  sent: async ({ world, agency }, { claim }) => {
    for (const message of world.thing(claim).claim) await agency.outbox.sent(message)
  },
  failed: async ({ world, agency }, { claim }) => {
    for (const message of world.thing(claim).claim) await agency.outbox.failed(message)
  },

  // --- who sees what ---
  can_see: async ({ world, agency }, { viewer, resource, of }) =>
    decision(await agency.canSee(world.account(viewer), resource, world.whose(of))),
  sees: async ({ world, agency }, { viewer }) => {
    const out = {}
    for (const { resource, of, decision: { scope } } of await agency.sees(world.account(viewer))) {
      const whose = of === 'own'
        ? 'own'
        : world.nameOf((thing) => of.party ? thing.party === of.party : thing.application === of.application)
      out[whose] ??= {}
      out[whose][resource] = scope
    }
    return out
  },
  seen_by: async ({ world, agency }, { resource, of }) => {
    const seen = await agency.seenBy(resource, world.whose(of))
    return seen.map(({ account }) => world.nameOf((thing) => thing.account === account)).sort()
  },

  // --- histories ---
  history: async ({ world, agency }, { account, last, details }) => {
    const lines = account ? await agency.history(world.account(account)) : await agency.agencyHistory()
    const from = last === undefined ? 0 : Math.max(0, lines.length - last)
    return lines.slice(from).map((shown) => line(shown, details))
  },
  feed: async ({ world, agency, office }, { as: name, after, since, until, ...given }) => {
    const cursor = after === undefined ? undefined : await world.text(agency, after)
    const page = await office.feed({ ...given, after: cursor, since: moment(since), until: moment(until) })
    world.named(name).text = page.next
    const whose = (account) => account === null ? 'agency' : world.nameOf((thing) => thing.account === account)
    return { lines: page.lines.map((found) => [whose(found.account), found.kind, found.actorName]), more: page.more }
  },
  verify: ({ world, agency }, { account }) =>
    account ? agency.verifyHistory(world.account(account)) : agency.verifyAgencyHistory()
}

module.exports = { acts }
