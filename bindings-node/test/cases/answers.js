'use strict'

// Answers to the calls of `tests/cases/`, through the public face alone.

const assert = require('node:assert/strict')
const path = require('node:path')
const carekey = require('../..')
const { play } = require('./scenario')
const { findings, iso, plain, withoutBlanks } = require('./plain')
const {
  account, history, invitation, message, name, password, questions, relationship, username, visibility,
  CarekeyError, Policy, Roster, Snapshot
} = carekey

const policyOf = (group, settings) => (settings === undefined ? undefined : new Policy({ [group]: settings }))
const moment = (text) => new Date(text)
const checked = ({ value, findings: found }, show = plain) => ({
  value: value === null ? null : show(value),
  findings: findings(found)
})
const oneFinding = (found) => findings(found === null ? [] : [found])

// --- periods, ties and grants as cases write them ---

// As texts: some are finer than the milliseconds of a `Date`.
const period = ({ begins_at: beginsAt, ends_at: endsAt }) => ({ beginsAt, endsAt })
const tie = (given) => ({ kind: given.kind, who: given.who, of: given.of, ...period(given) })
const grant = (given) => ({ to: given.to, resource: given.resource, of: given.of, ...period(given) })
const viewer = ({ active, parties, ties = [], grants = [], applications = [] }) => ({
  active, parties: parties ?? [], ties: ties.map(tie), grants: grants.map(grant), applications
})

// --- passwords ---

function passwordPolicy (given) {
  const presets = { agency: Policy.agency, evv_state: Policy.evvState, nist_800_63b_4: Policy.nist80063b4 }
  if (given.policy === undefined) return Policy.agency()
  return typeof given.policy === 'string' ? presets[given.policy]() : policyOf('password', given.policy)
}

const passwordRule = (given) => ({
  policy: passwordPolicy(given),
  secondFactor: given.second_factor === true,
  person: given.person
})

const hasher = ({ cost, pepper }) => new password.Hasher({
  policy: cost && new Policy({ password: { cost } }),
  pepper: pepper === undefined ? undefined : new Uint8Array(32).fill(pepper)
})

async function orFindings (answer) {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof CarekeyError)) throw error
    return { findings: findings(error.findings) }
  }
}

// --- histories ---

const key = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'))

function written ({ key: hex, lines }) {
  let head = { length: 0, mac: '' }
  const chained = lines.map((given) => {
    const line = {
      subject: '00000000-0000-0000-0000-000000000000',
      sequence: 0,
      at: moment(given.at ?? '2026-11-22T09:00:00Z'),
      kind: given.kind ?? 'note.changed',
      actor: given.actor ?? 'manager',
      actorAccount: given.actor_account ?? null,
      actorName: given.actor_name ?? '',
      details: given.details ?? {},
      source: given.source ?? null
    }
    if (given.subject !== undefined) line.subject = given.subject
    const appended = history.append({ key: key(hex), head, line })
    head = appended.head
    return appended.line
  })
  return { lines: chained, head }
}

const flipped = (mac, at, bit) => {
  const bytes = Buffer.from(mac, 'hex')
  bytes[at] ^= bit
  return bytes.toString('hex')
}

const camel = (text) => text.replace(/_(.)/g, (_, letter) => letter.toUpperCase())

/** What a stranger with the store but without the key does. Lines count from 1. */
function tamper (change, world) {
  const { lines, head } = world
  const at = change.line - 1
  switch (change.do) {
    case 'edit': {
      const set = Object.entries(change.set).map(([field, value]) => [camel(field), field === 'at' ? moment(value) : value])
      lines[at] = { ...lines[at], ...Object.fromEntries(set) }
      break
    }
    case 'edit_mac': lines[at] = { ...lines[at], mac: flipped(lines[at].mac, 0, 1) }; break
    case 'empty_mac': lines[at] = { ...lines[at], mac: '' }; break
    case 'remove': lines.splice(at, 1); break
    case 'repeat': lines.splice(at, 0, lines[at]); break
    case 'swap': [lines[at], lines[change.with - 1]] = [lines[change.with - 1], lines[at]]; break
    case 'cut': lines.length -= change.lines; break
    case 'renumber': lines.forEach((line, index) => { lines[index] = { ...line, sequence: index + 1 } }); break
    case 'head_length': head.length = change.to; break
    case 'head_mac': head.mac = flipped(head.mac, 31, 0x80); break
    case 'head_of_last_line': head.mac = lines.at(-1).mac; break
    case 'empty_head': Object.assign(head, { length: 0, mac: '' }); break
    default: throw new Error(`no such change: ${change.do}`)
  }
}

// --- rosters ---

const rosters = path.join(__dirname, '../../../tests/rosters')

function readRoster (given) {
  if (given.rows) return Roster.fromRows(given.rows.map(rosterRow))
  if (given.table) return Roster.fromTable(given.table.titles, given.table.rows)
  if (given.csv !== undefined) return Roster.fromCsv(given.csv)
  if (given.base64 !== undefined) return Roster.fromCsv(Buffer.from(given.base64, 'base64'))
  return Roster.fromFile(path.join(rosters, given.file))
}

const rosterRow = (row) => Object.fromEntries(Object.entries(row).map(([field, value]) => [camel(field), value]))

const numbered = (number) => {
  const hex = number.toString(16).padStart(32, '0')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
const number = (id) => Number.parseInt(id.replaceAll('-', ''), 16)

function known (given, country) {
  const person = given.organization === undefined ? name.parse(given.name).value : { last: given.organization, nickname: null }
  return {
    party: numbered(given.party),
    account: given.account ? numbered(given.party) : null,
    active: given.active ?? false,
    joined: given.joined ?? false,
    invited: given.invited ?? false,
    externalId: given.external_id,
    nameKey: name.key(person),
    displayName: name.display(person),
    nickname: person.nickname,
    roles: given.roles,
    usernameCanonical: given.username && username.canonical(given.username, { country }),
    ownNames: given.own_names?.map((name) => username.canonical(name, { country })),
    emailCanonical: emailOf(given.email),
    phoneE164: phoneOf(given.phone, country),
    accountEmail: emailOf(given.account_email),
    accountPhone: phoneOf(given.account_phone, country),
    preferred: given.preferred,
    locale: given.locale,
    note: given.note
  }
}

const emailOf = (text) => text && username.checkEmail(text).value.canonical
const phoneOf = (text, country) => text && username.checkPhone(text, { country }).value.e164

/** A decision as cases write it: the party is a small number. */
const who = (given) => (given === 'another' ? given : { same: numbered(given.same) })
const decisionOut = ({ said, who: of }) => ({ said, who: of === 'another' ? of : { same: number(of.same) } })

async function previewed (given) {
  const country = given.country ?? 'US'
  const roster = await readRoster(given)
  const preview = await roster.preview({
    known: (given.known ?? []).map((one) => known(one, country)),
    taken: given.taken ?? [],
    retired: given.retired,
    decisions: given.decisions?.map((one) => ({ said: one.said, who: who(one.who) })),
    policy: given.policy && new Policy(given.policy),
    prefix: given.prefix ?? '104',
    country
  })
  for (const step of given.then ?? []) {
    if (step === 'accept_suggestions') preview.acceptSuggestions()
    else if (step.username !== undefined) preview.accept(step.line, step.username)
    else if (step.decide !== undefined) preview.decide(step.decide, who(step.who))
    else preview.decline(step.decline)
  }
  return preview
}

async function orError (answer) {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof CarekeyError)) throw error
    const out = { error: error.code }
    if (Object.keys(error.params).length > 0) out.params = error.params
    if (error.findings.length > 0) out.findings = findings(error.findings)
    return out
  }
}

const withFindings = (row) => (row.findings.length > 0 ? { ...row, findings: findings(row.findings) } : row)

/** A row as cases write it: in the core's spelling, what is blank left out. */
const rowOut = (row) => withoutBlanks({
  line: row.line,
  role: row.role,
  name: withoutBlanks(row.name),
  organization: row.organization,
  username: row.username,
  email: row.email,
  phone: row.phone,
  preferred: row.preferred,
  locale: row.locale,
  external_id: row.externalId,
  note: row.note,
  already_created: row.alreadyCreated,
  findings: withFindings(row).findings
})

const checkOut = (check) => withoutBlanks({
  line: check.line,
  state: check.state,
  action: check.action,
  party: check.party && number(check.party),
  maybe: check.maybe.map(number),
  same_as: check.sameAs,
  username: check.username,
  canonical: check.canonical === check.username ? null : check.canonical,
  findings: findings(check.findings),
  suggestions: check.suggestions,
  changes: check.changes.map(({ field, before, after }) => [field, before, after])
})

// --- usernames ---

const person = (given) => (typeof given === 'string' ? name.parse(given).value : given)

function usernames (given) {
  let names
  try {
    names = new username.Usernames({
      policy: policyOf('username', given.policy),
      prefix: given.prefix,
      country: given.country,
      taken: given.taken,
      retired: given.retired
    })
  } catch (error) {
    return { error: findings(error.findings) }
  }
  const requests = given.rows.map(({ accept, name: called, ...row }) => ({ ...row, name: person(called) }))
  const verdicts = names.checkAll(requests)
  given.rows.forEach(({ accept }, index) => {
    if (accept !== undefined) verdicts[index] = names.accept(requests[index], accept)
  })
  return {
    verdicts: verdicts.map((verdict) => withoutEmpty({
      pass: verdict.pass,
      username: verdict.username,
      canonical: verdict.canonical,
      email: verdict.email?.canonical,
      phone: verdict.phone?.e164,
      findings: findings(verdict.findings),
      suggestions: verdict.suggestions
    }))
  }
}

const withoutEmpty = (object) => Object.fromEntries(Object.entries(object)
  .filter(([, value]) => value != null && !(Array.isArray(value) && value.length === 0)))

// --- invitations ---

function invited (given) {
  let made = invitation.issue({
    contact: 'sue@example.com',
    method: 'email',
    policy: policyOf('invitation', given.policy),
    now: moment(given.issued_at)
  })
  if (given.redeemed_at) made = invitation.redeem(made, moment(given.redeemed_at))
  if (given.superseded_at) made = invitation.supersede(made, moment(given.superseded_at))
  return made
}

// --- policies ---

const policyDocument = (given) => {
  const presets = { agency: Policy.agency, evv_state: Policy.evvState, nist_800_63b_4: Policy.nist80063b4 }
  return given.preset ? presets[given.preset]() : new Policy(given.policy)
}

// --- visibility ---

const deciding = (given) => ({
  viewer: viewer(given.viewer),
  resource: given.resource,
  of: given.of,
  policy: policyOf('visibility', given.policy),
  at: given.at
})

function decide (given) {
  const decision = visibility.decide(deciding(given))
  if (visibility.sees(deciding(given)) !== decision.scope) throw new Error('the short way does not agree')
  const { resource, of, at } = given
  assert.deepEqual(prepared(given).decide(resource, of, at), decision)
  assert.equal(prepared(given).sees(resource, of, at), decision.scope)
  return decision
}

const prepared = (given) =>
  new visibility.PreparedViewer(viewer(given.viewer), { policy: policyOf('visibility', given.policy) })

/** What a viewer sees of others: at once, and by one that was prepared. */
function seen (given) {
  const policy = policyOf('visibility', given.policy)
  const seen = visibility.whatCanSee({ viewer: viewer(given.viewer), others: given.others, policy, at: given.at })
  assert.deepEqual(prepared(given).whatCanSee(given.others, given.at), seen)
  return seen
}

/** A decision as cases write it. */
function decisionOf (decision) {
  const because = decision.because.map((reason) => withoutEmpty({
    code: reason.code, role: reason.role, tie: reason.tie?.kind
  }))
  return withoutEmpty({ allowed: decision.allowed, scope: decision.scope, because })
}

/** The snapshot of a case. */
function opened ({ snapshot, key, agency, viewer: account, now }) {
  return Snapshot.open(snapshot, { key, agency, account, now })
}

/** The answer, or the error as cases of snapshots write it. */
function ofSnapshot (answer) {
  try {
    return answer()
  } catch (error) {
    return { error: error.code, ...(Object.keys(error.params).length > 0 && { params: error.params }) }
  }
}

const LOOK_ALIKES = '0OoQD1IliLjJ!|2Zz5Ss$6Gb8B&gqUuVv'

module.exports = {
  'username.email': ({ text }) => checked(username.checkEmail(text)),
  'username.phone': ({ text, country }) => checked(username.checkPhone(text, { country })),
  'username.contact': ({ text, country }) => checked(username.checkContact(text, { country })),
  'username.canonical': ({ text, country }) => username.canonical(text, { country }),
  'username.clash': ({ name: wanted, taken, retired }) => {
    const clash = username.findClash(wanted, taken, { retired })
    return clash === null ? { clash: null } : withoutEmpty({ clash: clash.kind, ...('other' in clash && { other: clash.other }) })
  },
  'username.staff': (given) => checked(username.staffName({
    pattern: given.pattern, prefix: given.prefix, name: person(given.name), maxLength: given.max_length
  })),
  'username.check': usernames,
  'name.parse': ({ text }) => checked(name.parse(text), (value) => ({
    name: withoutBlanks(value), display: name.display(value), key: name.key(value)
  })),

  'password.check': (given) => {
    const list = password.check(given.password, passwordRule(given))
    return {
      passes: list.passes,
      rules: list.rules.map(({ code, met }) => ({ code, met })),
      findings: findings(list.findings)
    }
  },
  'password.change': (given) => findings(password.checkChange({
    ...passwordRule(given),
    password: given.new,
    confirm: given.confirm,
    currentMatches: given.current_matches,
    sameAsCurrent: given.same_as_current === true,
    reused: given.reused === true
  })),
  'password.temporary': (given) => {
    const rules = { ...passwordPolicy(given), temporary_password: { length: given.length ?? 12 } }
    const policy = new Policy(rules)
    const made = password.temporary({ policy }).reveal()
    return {
      length: [...made].length,
      passes: password.check(made, { policy }).passes,
      look_alikes: [...made].filter((letter) => LOOK_ALIKES.includes(letter)).length
    }
  },
  'password.hash': (given) => orFindings(async () => {
    const stored = await hasher(given).hash(given.password)
    return { head: stored.split('$').slice(0, 4).join('$'), ...await hasher(given).verify(stored, given.password) }
  }),
  'password.verify': (given) => orFindings(() => hasher(given).verify(given.stored, given.password)),
  'password.stored': ({ stored }) => {
    const { value, findings: found } = password.checkHash(stored)
    return { kind: value, findings: findings(found) }
  },
  'questions.list': ({ locale }) => questions.list({ locale }),
  'questions.check': (given) => findings(questions.check({
    policy: policyOf('questions', given.policy), username: given.username ?? '', answers: given.answers ?? []
  })),
  'questions.normalise': ({ text }) => questions.normalise(text).reveal(),

  'policy.scheme': ({ role, policy }) => {
    const { username: scheme, enrolment, firstStage } = new Policy(policy).scheme(role)
    return { username: scheme, enrolment, first_stage: firstStage }
  },
  'policy.check': (given) => findings(policyDocument(given).departures()),
  'policy.explain': (given) => policyDocument(given).departures()
    .map((finding) => carekey.findingMessage(finding, given.locale)),
  'policy.findings': (given) => findings(policyDocument(given).findings()),
  'policy.read': (given) => {
    const read = given.json === undefined ? { value: policyDocument(given), findings: [] } : Policy.read(given.json)
    if (read.value === null) return { findings: findings(read.findings) }
    const whole = plain(read.value)
    if (!given.show) return { policy: whole }
    const shown = given.show.map((setting) => [setting, setting.split('.').reduce((group, part) => group[part], whole)])
    return { policy: Object.fromEntries(shown) }
  },

  'account.after_password': (given) => account.afterPassword(given.stage, {
    policy: policyOf('questions', given.questions), questionsSet: given.questions_set === true
  }),
  'account.after_questions': ({ stage }) => account.afterQuestions(stage),
  'account.state': ({ stage, disabled }) => account.state(stage, { disabled: disabled === true }),
  'account.throttle': (given) => {
    const policy = policyOf('throttle', given.policy)
    const throttle = new account.Throttle()
    const admissions = []
    for (const step of given.script) {
      const now = moment(step.at)
      for (let time = 0; time < (step.times ?? 1); time++) {
        if (['admit', 'try_right', 'try_wrong'].includes(step.do)) {
          const admission = throttle.admit({ policy, now })
          admissions.push(admission.status === 'locked' ? { locked_until: iso(admission.until) } : admission.status)
          if (admission.status !== 'evaluate') continue
        }
        switch (step.do) {
          case 'admit': break
          case 'right': case 'try_right': throttle.succeeded({ now }); break
          case 'wrong': case 'try_wrong': throttle.failed({ policy, now }); break
          case 'withdraw': throttle.withdrawn({ now }); break
          case 'count': throttle.count({ policy, now }); break
          default: throw new Error(`no such step: ${step.do}`)
        }
      }
    }
    const { failures, open, openUntil, lockedUntil } = throttle
    return { admissions, throttle: { failures, open, open_until: iso(openUntil), locked_until: iso(lockedUntil) } }
  },
  'account.session': (given) => {
    const begun = { now: moment(given.begun_at), epoch: given.epoch ?? 0 }
    let life = given.step_minutes === undefined
      ? account.session({ ...begun, policy: policyOf('session', given.policy), remember: given.remember === true })
      : account.step({ ...begun, lastsMs: given.step_minutes * 60_000 })
    for (const used of (given.uses ?? []).map(moment)) {
      if (account.isLive(life, { epoch: given.epoch ?? 0, now: used })) life = { ...life, usedAt: used }
    }
    life = { ...life, ended: given.ended === true }
    return {
      expires_at: iso(life.expiresAt),
      live: account.isLive(life, { epoch: given.account_epoch ?? 0, now: moment(given.now) })
    }
  },

  'invitation.code': ({ text }) => {
    const { value, findings: found } = invitation.parseCode(text)
    return { code: value?.canonical.reveal() ?? null, shown: value?.grouped.reveal() ?? null, findings: findings(found) }
  },
  'invitation.link': ({ text }) => {
    const { value, findings: found } = invitation.parseLink(text)
    return { token: value?.reveal() ?? null, findings: findings(found) }
  },
  'invitation.standing': (given) => {
    const made = invited(given)
    const now = moment(given.now)
    return {
      standing: invitation.standing(made, now),
      expires_at: iso(made.expiresAt),
      left_ms: invitation.timeLeft(made, now)
    }
  },
  'invitation.redeem': (given) => {
    const made = invited(given)
    try {
      return { redeemed_at: iso(invitation.redeem(made, moment(given.now)).redeemedAt) }
    } catch (error) {
      return { error: { kind: error.kind, code: error.code } }
    }
  },
  'invitation.action': ({ action, linked, sent }) => ({
    findings: oneFinding(invitation.checkAction(action, { linked, sent })),
    next: invitation.nextAction({ linked, sent })
  }),
  'invitation.column': (given) => invitation.onlineAccount({ linkedContact: given.linked_contact, sent: given.sent }),
  'invitation.method': (given) => {
    const { value, findings: found } = invitation.chooseMethod(given)
    return { method: value?.method ?? null, contact: value?.contact ?? null, findings: findings(found) }
  },

  'message.render': ({ text, kind, method, locale, params, secrets }) => {
    const rendered = message.render({ text: text ?? message.shipped({ kind, method, locale }), params, secrets })
    return { subject: rendered.subject, body: rendered.body.reveal() }
  },
  'message.check_template': (given) => findings(message.checkTemplate(given)),
  'message.link': ({ kind, base, token }) => {
    const page = message.page(kind)
    return { address: token == null ? message.address({ page, base }) : message.link({ page, base, token }).reveal() }
  },
  'message.link_base': ({ text }) => {
    const { value, findings: found } = message.checkLinkBase(text)
    return { base: value, findings: findings(found) }
  },
  'message.retry': ({ policy, tries, now }) => ({
    retry_at: iso(message.retryAt({ policy: policyOf('outbox', policy), tries, now: moment(now) }))
  }),

  'relationship.role': ({ role, kind }) => oneFinding(relationship.roleFits(role, kind)),
  'relationship.conveys': ({ kind }) => relationship.conveys(kind),
  'relationship.period': (given) => {
    const one = period(given.period)
    const out = { valid: relationship.isValid(one) }
    if (given.at !== undefined) out.in_force = relationship.inForce(one, given.at)
    if (given.other !== undefined) out.overlaps = relationship.overlaps(one, period(given.other))
    return out
  },
  'relationship.check': (given) => findings(relationship.checkTie({
    kind: given.kind,
    who: given.who,
    of: given.of,
    period: period(given.period),
    existing: (given.existing ?? []).map(tie)
  })),

  'visibility.decide': (given) => decisionOf(decide(given)),
  'snapshot.open': (given) => ofSnapshot(() => {
    const { issuedAt, lapsesAt } = opened(given)
    return { issued_at: iso(issuedAt), lapses_at: iso(lapsesAt) }
  }),
  'snapshot.decide': (given) => ofSnapshot(() => decisionOf(opened(given).canSee(given.resource, given.of, given.at))),
  'visibility.explain': (given) => decide(given).because
    .map((reason) => visibility.reasonMessage(reason, given.locale)),
  'visibility.what': (given) => seen(given).map(({ resource, of, decision }) => ({ resource, of, scope: decision.scope })),
  'visibility.who': (given) => visibility.whoCanSee({
    resource: given.resource,
    of: given.of,
    viewers: given.viewers.map(([id, one]) => [id, viewer(one)]),
    policy: policyOf('visibility', given.policy),
    at: given.at
  }).map(({ id, decision }) => ({ id, scope: decision.scope })),
  'visibility.policy': ({ policy }) => findings(visibility.checkPolicy(policyOf('visibility', policy))),
  'grant.check': (given) => findings(visibility.checkGrant({
    to: given.to, resource: given.resource, period: period(given.period)
  })),

  'history.chain': (given) => {
    const { lines, head } = written(given)
    return { macs: lines.map((line) => line.mac), head }
  },
  'history.verify': (given) => {
    const world = written(given)
    const subject = given.of ?? world.lines[0]?.subject ?? '00000000-0000-0000-0000-000000000000'
    for (const change of given.then ?? []) tamper(change, world)
    try {
      history.verify({ key: key(given.other_key ?? given.key), subject, ...world })
      return { whole: true }
    } catch (error) {
      return { error: error.code, params: error.params }
    }
  },
  'history.csv': (given) => ({ text: history.toCsv(written(given).lines) }),
  'history.json_lines': (given) => history.toJsonLines(written(given).lines)
    .split('\n').filter(Boolean).map((line) => JSON.parse(line)),

  'finding.message': ({ code, params }) => {
    const entry = carekey.codes().find((one) => one.code === code)
    if (!entry) return { unknown: true }
    const say = (locale) => carekey.findingMessage({ code, params }, locale)
    return { severity: entry.severity, en: say('en'), es: say('es') }
  },

  'roster.read': (given) => orError(async () => {
    const roster = await readRoster(given)
    const out = { rows: roster.rows.toArray().map(rowOut) }
    return roster.findings.length > 0 ? { ...out, findings: findings(roster.findings) } : out
  }),
  'roster.check': (given) => orError(async () => {
    const preview = await previewed(given)
    const { gone, decisions } = preview
    return {
      rows: preview.rows.toArray().map(checkOut),
      ...(gone.length > 0 && { gone: gone.map(number) }),
      ...(decisions.length > 0 && { decisions: decisions.map(decisionOut) })
    }
  }),
  'roster.summary': (given) => orError(async () => {
    const preview = await previewed(given)
    return { summary: preview.summary(), groups: preview.byRole() }
  }),
  'roster.write': (given) => orError(async () => {
    return { csv: (await previewed(given)).failedCsv({ locale: given.locale }) }
  }),

  scenario: play
}
