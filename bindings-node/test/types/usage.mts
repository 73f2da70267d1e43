// What the types promise to those who write TypeScript: this file compiles and
// is not run. `@ts-expect-error` fails where the line below it is accepted.
import { expectTypeOf } from 'expect-type'
import carekey, {
  CarekeyError, Directory, ManualClock, Policy, Roster, Secret, findingMessage, password, username, visibility
} from 'carekey'
import { carekey as siteOf, requireVisit, type SignedVisit, type Visit } from 'carekey/web'
import type {
  Checked, Code, Decision, Email, Finding, Recovered, Redeemed, Recovery, Role, Session, SignedIn, SignIn, Step, User
} from 'carekey'

expectTypeOf(carekey.Directory).toEqualTypeOf(Directory)

const directory = await Directory.open('memory:', { key: new Uint8Array(32), clock: new ManualClock(new Date()) })
const settings = { code: '104', name: 'Harbor Home Care', linkBase: 'https://portal.example.com' }
const agency = await directory.createAgency(settings, { actor: { support: 'Pat Long' } })
const office = agency.actingAs({ account: 'id' }, { source: '203.0.113.7' })

// --- answers are told apart by their status ---
const answer = await agency.signIn({ username: 'sue', password: new Secret('x'), remember: true, source: 'portal' })
expectTypeOf(answer).toEqualTypeOf<SignIn>()
switch (answer.status) {
  case 'granted': expectTypeOf(answer.session).toEqualTypeOf<Session>(); break
  case 'change_password':
  case 'set_questions': expectTypeOf(answer.step).toEqualTypeOf<Step>(); break
  case 'refused':
    // @ts-expect-error a refusal brings nothing
    answer.session
    break
  default: expectTypeOf(answer).toBeNever()
}
const recovery: Recovery = await agency.recover({ username: 'sue' })
if (recovery.asks === 'questions') expectTypeOf(recovery.questions[0]!.text.es).toBeString()
const redeemed: Redeemed = await agency.redeemCode({ code: 'x', with: 'sue@example.com', session: null })
if (redeemed.status === 'new_account') await agency.choosePassword({ step: redeemed.step, password: 'a', confirm: 'a' })
// @ts-expect-error linked brings no step
else redeemed.step
if (redeemed.status === 'sign_in_first') {
  // @ts-expect-error nothing was done
  redeemed.account
}
if (answer.status === 'granted' && answer.session.device) {
  await agency.signIn({ username: 'sue', password: 'x', device: answer.session.device })
}
expectTypeOf(agency.finishRecovery).returns.resolves.toEqualTypeOf<Recovered>()

// --- words are unions ---
expectTypeOf<'office_staff'>().toExtend<Role>()
expectTypeOf<'username.taken'>().toExtend<Code>()
await office.addParty({ name: 'Sue Wright', roles: new Set<Role>(['client']) })
// @ts-expect-error no such role
await office.addParty({ name: 'Sue Wright', roles: ['nurse'] })
// @ts-expect-error no such resource
await agency.canSee('id', 'diary', 'own')
// @ts-expect-error no such actor
agency.actingAs({ boss: 'Pat' })
// @ts-expect-error a slip in a name
await agency.signIn({ username: 'sue', password: 'x', remembr: true })
// @ts-expect-error a password is typed twice
await office.resetPassword('id', { password: 'x' })
// @ts-expect-error whose it is must be said
await agency.canSee('id', 'profile')
// @ts-expect-error made by the office alone
new carekey.Office()

// --- rosters ---
const preview = await office.preview(await Roster.fromCsv(Buffer.from('Role,Name\n')))
for (const row of preview.rows) expectTypeOf(row.suggestions).toEqualTypeOf<string[]>()
for (const { line, maybe: [party] } of preview.rows) preview.decide(line, party ? { same: party } : 'another')
// @ts-expect-error one or the other
preview.decideAll([{ line: 2, who: 'same' }])
const report = await office.create(preview, {
  signal: new AbortController().signal,
  onProgress: ({ done, total }) => expectTypeOf([done, total]).toEqualTypeOf<number[]>()
})
expectTypeOf(report.rows.at(0)?.handOver).toEqualTypeOf<Secret | null | undefined>()
expectTypeOf(report.stopped).toEqualTypeOf<CarekeyError | null>()
for await (const user of office.eachUser({ sort: 'last_logon' })) expectTypeOf(user).toEqualTypeOf<User>()

// --- rules are at once, hashing is not ---
expectTypeOf(username.checkEmail('sue@example.com')).toEqualTypeOf<Checked<Email>>()
expectTypeOf(password.check('x', { policy: Policy.nist80063b4(), secondFactor: true }).passes).toBeBoolean()
expectTypeOf(new password.Hasher().hash('x')).toEqualTypeOf<Promise<string>>()
expectTypeOf(visibility.decide).returns.toEqualTypeOf<Decision>()
new Policy({ throttle: { failures: 3 }, username: { schemes: { client: 'staff' } } })
// @ts-expect-error a policy is spelt as the document is
new Policy({ throttle: { closeAfter: 3 } })
// @ts-expect-error a policy does not change
Policy.agency().account_managers = 9

// --- a guard narrows ---
declare const kept: { visit?: Visit }
// @ts-expect-error there may be no visit
kept.visit.user
requireVisit(kept.visit)
expectTypeOf(kept.visit).toEqualTypeOf<SignedVisit>()
expectTypeOf(kept.visit.user).toEqualTypeOf<SignedIn>()
const site = siteOf({ agency: (request) => (request.url ? agency : Promise.resolve(agency)), signIn: '/sign-in' })
const byId = site.sees('invoices', async (_, { params }: { params: Promise<{ id: string }> }) => ({ party: (await params).id }),
  async (request, visit, { params }) => {
    expectTypeOf(visit.user).toEqualTypeOf<SignedIn>()
    return Response.json({ ...(await params), method: request.method })
  })
// As Next calls it.
expectTypeOf(byId).toEqualTypeOf<(request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>>()
site.anyone((_, visit) => {
  // @ts-expect-error nobody may be signed in
  visit.user.username
  return new Response(visit.user?.username)
})
// @ts-expect-error no such resource
site.sees('diary', 'own', () => new Response())
// @ts-expect-error a handler answers
site.signedIn(() => 'text')

// --- errors ---
try {
  await agency.settings()
} catch (error) {
  if (error instanceof CarekeyError) {
    expectTypeOf(error.code).toEqualTypeOf<Code>()
    expectTypeOf(error.findings).toEqualTypeOf<Finding[]>()
    expectTypeOf(findingMessage(error, 'es')).toBeString()
    // @ts-expect-error no such code
    if (error.code === 'username.takn') throw error
  }
}
await using _closed = directory
