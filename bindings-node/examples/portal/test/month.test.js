// A whole month of an office: one script, played in English and in Spanish, with
// a real browser on the real engine and a clock that is moved by hand.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ManualClock } from 'carekey'
import { TEXTS } from '../lib/view.js'
import { answerQuestions, letter, linkIn, look, path, signIn, stage, submit, typePassword } from './stage.js'

const DAY = 86_400_000

const HIRED = `Role,Name,Email,Phone
Office Staff,"Vale, Rosa",rosa.vale@example.com,404-555-0161
Caregiver,"Bell, Irene",irene.bell@example.com,
Client,"Okafor, Grace",grace.okafor@example.com,
Contact,"Okafor, Ben",ben.okafor@example.com,
`

for (const locale of ['en', 'es']) {
  test(`a month of an office, in ${locale}`, async (t) => {
    const T = TEXTS[locale]
    const O = T.office
    const P = O.people
    // It ends about now, for the portal's own clock is the machine's.
    const clock = new ManualClock(new Date(Date.now() - 30 * DAY))
    const { agency, office, someone } = await stage(t, { active: true, clock })
    const days = (count) => clock.advance(count * DAY)
    const browser = (given) => someone({ locale: locale === 'es' ? 'es-MX' : 'en-US', ...given })
    const enter = (page, username, password) => signIn(page, username, { password, button: T.signIn.title })
    const manager = await browser()
    const morning = () => enter(manager, '104fconner')
    const idOf = async (text) => (await agency.findParties(text)).rows[0].id
    const seen = (page) => page.locator('main').innerText()

    await t.test('hiring: a roster, staff names, first logins', async () => {
      await morning()
      await manager.goto('/office/roster')
      await manager.fill('[name=csv]', HIRED)
      await submit(manager, O.roster.preview)
      await submit(manager, O.roster.create(4))
      assert.match(await seen(manager), /104rvale/)
      const irene = await browser()
      await irene.goto(linkIn(await letter(irene, 'irene.bell@example.com')))
      await irene.waitForURL('**/activate/password')
      await typePassword(irene)
      await submit(irene, T.password.save)
      await enter(irene, 'irene.bell@example.com')
      await answerQuestions(irene, T.questions.save)
      assert.equal(path(irene), '/home')
      await irene.context().close()
    })

    await t.test('a client with a representative, a payer and a community', async () => {
      days(4)
      await morning()
      const grace = await idOf('grace.okafor@example.com')
      await manager.goto(`/office/people/${grace}`)
      assert.match(await seen(manager), new RegExp(P.noTies))
      const tie = async (other, kind, more = {}) => {
        await manager.getByText(P.relate, { exact: true }).first().click()
        await manager.fill('[name=other]', other)
        await manager.selectOption('[name=kind]', kind)
        for (const [name, value] of Object.entries(more)) await manager.fill(`[name=${name}]`, value)
        await submit(manager, P.relate)
      }
      await tie('nobody whatever', 'payer')
      assert.equal(await manager.locator('.notice.error li').innerText(), P.fits(0))
      await tie('ben.okafor@example.com', 'personal_representative')
      assert.equal(await manager.locator('.notice.error').count(), 1, 'it rests on a document, and ends')
      await tie('ben.okafor@example.com', 'personal_representative', { reference: 'POA 2026-14', until: '2031-01-01' })
      await tie('claims@lakeside-mutual.example.com', 'payer')
      await tie('desk@willowcreek.example.com', 'community')
      const { ties } = await office.partyFile(grace)
      assert.deepEqual(ties.map(({ kind }) => kind).sort(), ['community', 'payer', 'personal_representative'])
      await look(manager, 'month-party', { again: false })
    })

    await t.test('a family of two parents, each with an application', async () => {
      days(3)
      await morning()
      const { party: tom } = await office.addParty({ name: 'Tom Bennett', roles: ['family'], email: 'tom.bennett@example.com' })
      await office.addApplication({ number: 'CW-9001', family: tom })
      for (const parent of ['carla.bennett@example.com', 'tom.bennett@example.com']) {
        await manager.goto('/office/invitations?search=Bennett')
        // What was sent a week ago is over sooner: it is sent anew.
        const { rows } = await office.applicationsBy({ search: 'Bennett' })
        const { number } = rows.find(({ invitedContact }) => invitedContact === parent)
        await manager.getByRole('button', { name: T.actOn(T.actions.reinvite, number) }).click()
        await manager.getByRole('region', { name: T.results }).getByText(T.done, { exact: true }).waitFor()
        const page = await browser()
        await page.goto(linkIn(await letter(page, parent)))
        await page.waitForURL('**/invitation/accept')
        await submit(page, T.invitation.accept)
        await typePassword(page)
        await submit(page, T.password.save)
        if (path(page) === '/questions') await answerQuestions(page, T.questions.save)
        await page.goto('/application')
        assert.match(await seen(page), new RegExp(number))
        await page.context().close()
      }
      await manager.goto('/office/invitations?standing=linked&search=Bennett')
      assert.match(await seen(manager), /tom\.bennett@/)
    })

    await t.test('an address is corrected, and its user confirms it', async () => {
      days(3)
      await morning()
      await manager.goto(`/office/people/${await idOf('irene.bell@example.com')}`)
      await manager.fill('[name=email]', 'irene@example.org')
      await submit(manager, T.save)
      assert.match(await manager.getByRole('status').first().innerText(), /irene@example\.org/)
      const irene = await browser()
      await irene.goto(linkIn(await letter(irene, 'irene@example.org')))
      await irene.waitForURL('**/confirm/now')
      await submit(irene, T.confirm.act)
      await enter(irene, 'irene@example.org')
      assert.equal(path(irene), '/home')
      await irene.context().close()
    })

    await t.test('who does not know of a new address objects, and the office decides', async () => {
      days(1)
      await morning()
      const file = `/office/people/${await idOf('sue.taming@example.com')}`
      await manager.goto(file)
      await manager.fill('[name=email]', 'sue@example.net')
      await submit(manager, T.save)
      const sue = await browser()
      await sue.goto(linkIn(await letter(sue, 'sue.taming@example.com')))
      await sue.waitForURL('**/object/now')
      await submit(sue, T.object.act)
      await sue.getByRole('heading', { name: T.object.doneTitle }).waitFor()
      await sue.context().close()
      await manager.goto('/office/review')
      await manager.getByRole('link', { name: T.actOn(O.review.decide, 'Sue Taming') }).click()
      await manager.waitForURL('**/office/review/*')
      await submit(manager, O.objection.take('sue@example.net'))
      assert.ok((await seen(manager)).includes(T.flash.contactTaken))
      const { users: [{ username }] } = await office.users({ filter: 'Taming' })
      assert.equal(username, 'sue.taming@example.com', 'what was hers stays')
      // What the office wrote down is its own to correct.
      await manager.goto(file)
      await manager.fill('[name=email]', 'sue.taming@example.com')
      await submit(manager, T.save)
      assert.deepEqual((await office.review({ unusedDays: 90 })).filter(({ kind }) => kind === 'objection' || kind === 'own_contact'), [])
    })

    await t.test('two of one household: the second shares the login of the first', async () => {
      days(1)
      await morning()
      await manager.goto('/office/roster')
      await manager.fill('[name=csv]', 'Role,Name,Email\nCaregiver,"Bell, Ivan",irene@example.org\n')
      await submit(manager, O.roster.preview)
      await manager.getByLabel(O.roster.share('Ivan Bell')).check()
      await submit(manager, O.roster.again)
      await submit(manager, O.roster.create(1))
      const irene = await browser()
      await enter(irene, 'irene@example.org')
      await irene.goto(linkIn(await letter(irene, 'irene@example.org')))
      await irene.waitForURL('**/invitation/accept')
      await submit(irene, T.invitation.accept)
      assert.ok((await seen(irene)).includes(T.flash.linked))
      await irene.context().close()
      const [ivan, hers] = await Promise.all(['Ivan Bell', 'irene@example.org'].map(idOf))
      assert.deepEqual((await agency.party(ivan)).accounts, (await agency.party(hers)).accounts)
    })

    await t.test('ties of a roster: who is with whom from this month on, and who no longer', async () => {
      await manager.goto('/office/roster/ties')
      await manager.fill('[name=csv]', [
        'Who,Kind,Of,From,Until',
        'irene@example.org,caregiver,grace.okafor@example.com,,2099-01-01',
        'desk@willowcreek.example.com,community,grace.okafor@example.com,,2099-01-01'
      ].join('\n'))
      await submit(manager, O.roster.preview)
      // Two of the household have that address: the office says which.
      const who = manager.getByLabel(O.tieRoster.ends.who(2))
      await who.selectOption({ label: await who.locator('option', { hasText: 'Irene Bell' }).innerText() })
      await submit(manager, O.roster.again)
      await submit(manager, O.tieRoster.create(2))
      const { ties } = await office.partyFile(await idOf('grace.okafor@example.com'))
      const until = ({ kind }) => ties.find((tie) => tie.kind === kind)?.endsAt?.toISOString()
      assert.equal(until({ kind: 'caregiver' }), '2099-01-01T00:00:00.000Z')
      assert.equal(until({ kind: 'community' }), '2099-01-01T00:00:00.000Z')
    })

    await t.test('a leaver is disabled and deleted, and is back', async () => {
      days(3)
      await morning()
      const id = await idOf('sue.taming@example.com')
      await manager.goto('/office/users?filter=Taming')
      await manager.getByLabel(T.selectOne('Sue Taming')).check()
      await submit(manager, O.many.disable)
      await manager.getByRole('region', { name: T.results }).getByText(T.done, { exact: true }).waitFor()
      const sue = await browser()
      await enter(sue, 'sue.taming@example.com')
      await sue.getByRole('alert').waitFor()
      await manager.goto(`/office/people/${id}`)
      await manager.check('[name=sure]')
      await submit(manager, P.deleteNow)
      days(6)
      await morning()
      await manager.goto('/office/former?name=sue.taming@example.com')
      await manager.fill('[name=called]', 'Sue Taming')
      await manager.selectOption('[name=role]', 'caregiver')
      await submit(manager, P.restore)
      assert.equal(path(manager), `/office/people/${id}`)
      await manager.goto('/office/accounts')
      await manager.getByLabel(T.selectOne('Sue Taming')).check()
      await submit(manager, O.accounts.create)
      await manager.getByRole('region', { name: T.results }).getByText(T.done, { exact: true }).waitFor()
      await sue.goto(linkIn(await letter(sue, 'sue.taming@example.com')))
      await sue.waitForURL('**/activate/password')
      await sue.context().close()
    })

    await t.test('the manager is on holiday, and what is delegated goes on', async () => {
      days(2)
      const { policy } = await agency.settings()
      const delegated = { office_staff: { users: ['caregiver'], user: ['caregiver'], send_again: ['caregiver'] } }
      await office.changeSettings({ policy: { ...policy, office: { delegated } } })
      const rosa = await browser()
      // What the roster sent her is older than such a password may be: it is sent again.
      const { users: [{ account }] } = await office.users({ filter: '104rvale' })
      await office.sendAgain(account)
      const text = await letter(rosa, 'rosa.vale@example.com')
      const [, temporary] = text.match(/(?:Temporary password|Contraseña temporal): (\S+)/)
      await enter(rosa, '104rvale', temporary)
      assert.equal(path(rosa), '/password')
      await typePassword(rosa)
      await submit(rosa, T.password.save)
      if (path(rosa) === '/questions') await answerQuestions(rosa, T.questions.save)
      await rosa.goto('/office/users?filter=Taming')
      await rosa.getByRole('link', { name: 'Sue Taming' }).click()
      await rosa.getByRole('heading', { level: 1 }).waitFor()
      await submit(rosa, O.user.sendAgain)
      assert.equal(await rosa.getByRole('button', { name: O.user.disable, exact: true }).count(), 0)
      await rosa.context().close()
    })

    await t.test('two that are one, and an audit of the month', async () => {
      days(3)
      await morning()
      const { party: twin } = await office.addParty({ name: 'Benjamin Okafor', roles: ['contact'], phone: '404-555-0188' })
      const ben = await idOf('ben.okafor@example.com')
      await manager.goto(`/office/people/${ben}/merge?gone=${twin}`)
      await look(manager, 'month-merge', { again: false })
      await submit(manager, P.mergeNow)
      await manager.goto('/office/review')
      await look(manager, 'month-review', { again: false })
      assert.ok(await manager.locator('tbody tr').count() > 0)
      await manager.goto('/office/history')
      assert.match(await manager.locator('.head').innerText(), new RegExp(O.history.whole))
      for (const kind of ['roster.created', 'contact.objected', 'contact.released', 'tie.added', 'tie.ended', 'party.deleted', 'party.restored', 'party.merged', 'application.added']) {
        await manager.selectOption('[name=kind]', kind)
        await submit(manager, T.search)
        assert.ok((await manager.locator('tbody tr').first().innerText()).includes(T.events[kind]), kind)
      }
      await agency.verifyAgencyHistory()
      for await (const { account } of office.eachUser({ showDisabled: true })) await agency.verifyHistory(account)
    })
  })
}
