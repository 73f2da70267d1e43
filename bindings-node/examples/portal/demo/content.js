// What the agency's other systems would know: visits, invoices, service plans.
// The portal holds it; who sees it is carekey's decision.

const DAY = 86_400_000

const CLIENTS = {
  'sue.wright@example.com': {
    visits: [
      { day: 1, hour: 13, hours: 2, what: 'personal_care', caregiver: 'sue.taming@example.com' },
      { day: 3, hour: 13, hours: 3, what: 'companionship', caregiver: 'aesquirrel@example.net' },
      { day: 5, hour: 14, hours: 2, what: 'meals', caregiver: 'sue.taming@example.com' }
    ],
    invoices: [
      { number: 'HH-2041', daysAgo: 40, to: 'sue.wright@example.com', paid: true, lines: [{ what: 'personal_care', hours: 12, rate: 3200 }, { what: 'meals', hours: 6, rate: 2800 }] },
      { number: 'HH-2077', daysAgo: 9, to: 'sue.wright@example.com', paid: false, lines: [{ what: 'personal_care', hours: 10, rate: 3200 }] },
      { number: 'HH-2078', daysAgo: 9, to: 'claims@lakeside-mutual.example.com', paid: false, lines: [{ what: 'companionship', hours: 24, rate: 2650 }, { what: 'meals', hours: 8, rate: 2800 }] }
    ],
    plan: [{ what: 'personal_care', often: 3 }, { what: 'meals', often: 5 }, { what: 'companionship', often: 1 }]
  },
  'elena.munoz@example.com': {
    visits: [
      { day: 1, hour: 15, hours: 4, what: 'companionship', caregiver: 'jose.munoz@example.com' },
      { day: 2, hour: 14, hours: 2, what: 'meals', caregiver: 'sue.taming@example.com' }
    ],
    invoices: [
      { number: 'HH-2080', daysAgo: 6, to: 'claims@lakeside-mutual.example.com', paid: false, lines: [{ what: 'companionship', hours: 16, rate: 2650 }] },
      { number: 'HH-2081', daysAgo: 6, to: 'elena.munoz@example.com', paid: true, lines: [{ what: 'meals', hours: 4, rate: 2800 }] }
    ],
    plan: [{ what: 'companionship', often: 2 }, { what: 'meals', often: 4 }]
  }
}

/** The content of an agency, in terms of its parties. */
export async function demoContent (agency) {
  const names = new Map()
  for await (const { email, displayName } of agency.eachParty('@')) names.set(mailOf({ email }), displayName)
  const today = new Date().setUTCHours(0, 0, 0, 0)
  const visits = Object.entries(CLIENTS).flatMap(([client, { visits }]) => visits.map(({ day, hour, hours, what, caregiver }) => {
    const from = today + day * DAY + hour * 3_600_000
    return { client, caregiver, what, from, to: from + hours * 3_600_000 }
  }))
  const named = ({ client, caregiver, ...visit }) =>
    ({ ...visit, client: names.get(client) ?? client, caregiver: names.get(caregiver) ?? caregiver })
  return {
    visits: (party) => visits.filter(({ client }) => client === mailOf(party)).map(named),
    schedule: (party) => visits.filter(({ caregiver }) => caregiver === mailOf(party)).sort((one, other) => one.from - other.from).map(named),
    plan: (party) => CLIENTS[mailOf(party)]?.plan ?? [],
    invoices: (party) => (CLIENTS[mailOf(party)]?.invoices ?? []).map((invoice) => ({
      ...invoice, toName: names.get(invoice.to) ?? invoice.to, issued: today - invoice.daysAgo * DAY, due: today + (30 - invoice.daysAgo) * DAY
    })),
    async application (id) {
      for await (const application of agency.actingAs({ system: 'portal' }).eachApplication()) {
        if (application.id === id) return application
      }
    }
  }
}

/** The address by which the content knows a party. */
export const mailOf = ({ email }) => email?.toLowerCase()
