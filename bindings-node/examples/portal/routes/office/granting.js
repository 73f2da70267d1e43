// What a party is, and what somebody of the office may see: roles and grants (R, V).

import { html } from '../../lib/html.js'
import { enrolledNotice } from '../../lib/enrolled.js'
import { enter, findingsOf, officeOf } from '../../lib/office.js'
import { grantOf } from '../../lib/people/grant.js'

export function grantingRoutes (app, { agency, partyPage }) {
  app.post('/office/people/:party/roles', async (request, reply) => {
    const { view } = await enter(agency, request, reply)
    const { party } = request.params
    const { role = [], later } = request.body
    const office = officeOf(agency, request, { later })
    try {
      const enrolled = await office.setRoles(party, [role].flat())
      const said = html`<p><strong>${view.t.office.people.saved}</strong></p>${enrolledNotice(view, enrolled)}`
      return reply.page(view, await partyPage(view, office, party, { said, once: Boolean(enrolled?.handOver) }))
    } catch (error) {
      return reply.code(422).page(view, await partyPage(view, office, party, { findings: findingsOf(error), roles: [role].flat() }))
    }
  })

  app.post('/office/people/:party/grant', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { party } = request.params
    const again = async (findings) =>
      reply.code(422).page(view, await partyPage(view, office, party, { findings, grant: request.body }))
    try {
      const { given, found } = await grantOf(office, view, party, request.body)
      if (!given) return again([view.t.office.people.fits(found)])
      if (!given.endsAt) return again([view.t.office.grant.noEnd])
      await office.grant(given)
    } catch (error) {
      if (error.kind === 'not_found') return again([error])
      return again(findingsOf(error))
    }
    return reply.next(`/office/people/${party}`, 'granted')
  })
}
