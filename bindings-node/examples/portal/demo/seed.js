// An agency to try the portal with: the roster of the project's tests, and what
// ties its people.

import { readFile } from 'node:fs/promises'
import { Roster } from 'carekey'

const ROSTER = new URL('../../../../tests/rosters/agency.csv', import.meta.url)
const SUPPORT = { support: 'Customer Support' }

/** What every ready-made account of the demonstration signs in with. */
export const PASSWORD = 'Lantern#47 tide'

const ANSWERS = [['first_pet', 'Bramble'], ['first_school', 'Hillside'], ['childhood_street', 'Juniper Lane']]
  .map(([question, answer]) => ({ question, answer }))

/** Who is ready to sign in, and what to look at. */
export const PEOPLE = [
  ['felicia.conner@example.com', 'account manager'],
  ['sue.wright@example.com', 'client'],
  ['daniel.wright@example.com', 'emergency contact of Sue Wright'],
  ['claims@lakeside-mutual.example.com', 'payer of two clients'],
  ['sue.taming@example.com', 'caregiver'],
  ['marisol.alvarez@example.com', 'family']
]

/** The agency with its people, everybody still to be let in. */
export async function seed (directory, { linkBase }) {
  const agency = await directory.createAgency(
    { code: '104', name: 'Harbor Home Care', prefix: '104', linkBase, ownerEmail: 'owner@harborhome.example.com' },
    { actor: SUPPORT })
  const office = agency.actingAs(SUPPORT)
  // An account manager needs a phone (A1), and the roster has none for her.
  const roster = (await readFile(ROSTER, 'utf8')).replace('felicia.conner@example.com,', '$&+14045550117')
  const preview = await office.preview(await Roster.fromCsv(roster))
  const { rows } = await office.create(preview)
  await office.promote(rows.toArray().find(({ username }) => username === '104fconner').account)

  const id = async (email) => (await agency.findParties(email)).rows[0].id
  const sue = await id('sue.wright@example.com')
  const elena = await id('elena.munoz@example.com')
  const ties = [
    ['emergency_contact', 'daniel.wright@example.com', sue],
    ['payer', 'claims@lakeside-mutual.example.com', sue],
    ['payer', 'claims@lakeside-mutual.example.com', elena],
    ['community', 'desk@willowcreek.example.com', elena],
    ['manager', 'felicia.conner@example.com', sue]
  ]
  for (const [kind, who, of] of ties) await office.relate({ kind, who: await id(who), of })

  const families = ['marisol.alvarez', 'carla.bennett', 'wei.chen', 'mariama']
  for (const [n, name] of families.entries()) {
    await office.addApplication({ number: `CW-${3107 + n * 12}`, family: await id(`${name}@example.com`), submittedAt: new Date(Date.now() - (20 - n * 4) * 86_400_000) })
  }
  return agency
}

/** Lets the people of the demonstration in, each by the way that is theirs. */
export async function activate (agency) {
  const letters = new Map()
  for (;;) {
    const messages = await agency.outbox.claim(100)
    if (messages.length === 0) break
    for (const { address, body } of messages) letters.set(address.toLowerCase(), body.reveal())
    await agency.outbox.sentAll(messages)
  }
  for (const [email] of PEOPLE) await letIn(agency, letters.get(email))
}

async function letIn (agency, letter) {
  const typed = { password: PASSWORD, confirm: PASSWORD }
  const link = letter.match(/\S+#(\S+)/)?.[1]
  const [, username] = letter.match(/(?:Username|Nombre de usuario): (\S+)/) ?? letter.match(/(?:username is|usuario es) (\S+)/) ?? []
  const temporary = letter.match(/(?:Temporary password|Contraseña temporal): (\S+)/)?.[1]
  let answer
  if (temporary) {
    const { step } = await agency.signIn({ username, password: temporary })
    answer = await agency.choosePassword({ step, ...typed })
  } else if (letter.includes('/activate#')) {
    await agency.activate({ link, ...typed })
    answer = await agency.signIn({ username, password: PASSWORD })
  } else {
    const { step } = await agency.redeemLink({ link })
    answer = await agency.choosePassword({ step, ...typed })
  }
  if (answer.status === 'set_questions') answer = await agency.setQuestions({ step: answer.step, answers: ANSWERS })
  await agency.signOut(answer.session)
}
