// The file of a party (A6): what is known of it, also as of a day; editing it,
// and ending what ties it or was granted to it.

import { html } from '../../lib/html.js'
import { beginOf, endOf } from '../../lib/days.js'
import { editForm, editOf, editedNotice } from '../../lib/people/edit.js'
import { filePage, grantName, tieName } from '../../lib/people/file.js'
import { mergedPage } from '../../lib/people/merged.js'
import { enter, findingsOf, officeOf } from '../../lib/office.js'
import { button, form, problems } from '../../lib/parts.js'
import { grantingRoutes } from './granting.js'

export function partyRoutes (app, { agency }) {
  const show = async (view, office, id, { at, findings = [], given, ...shown } = {}) => {
    let file
    try {
      file = await office.partyFile(id, { at: endOf(at, view.timeZone) })
    } catch (error) {
      if (error.code !== 'party.merged') throw error
      return mergedPage(view, id, await agency.party(error.params.into))
    }
    return filePage(view, file, { ...shown, at, problems: problems(view, findings), edit: editForm(view, file.party, given) })
  }

  grantingRoutes(app, { agency, partyPage: show })

  app.get('/office/people/:party', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    return reply.page(view, await show(view, office, request.params.party, { at: request.query.at }))
  })

  app.post('/office/people/:party/edit', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { party } = request.params
    try {
      const edited = await office.editParty(party, editOf(request.body))
      return reply.page(view, await show(view, office, party, { said: editedNotice(view, edited) }))
    } catch (error) {
      return reply.code(422).page(view, await show(view, office, party, { findings: findingsOf(error), given: request.body }))
    }
  })

  /** Somebody becomes something of this party (R): they are named by what no other has. */
  app.post('/office/people/:party/relate', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { party } = request.params
    const { other = '', kind, until, reference } = request.body
    const { rows, found } = await office.parties({ text: other, limit: 2 })
    try {
      if (found !== 1) return reply.code(422).page(view, await show(view, office, party, { findings: [view.t.office.people.fits(found)] }))
      await office.relate({ kind, who: rows[0].id, of: party, endsAt: beginOf(until, view.timeZone), reference: reference || null })
    } catch (error) {
      return reply.code(422).page(view, await show(view, office, party, { findings: findingsOf(error) }))
    }
    return reply.next(`/office/people/${party}`, 'tied')
  })

  // --- an end is asked for first: nothing takes it back ---

  const ENDS = {
    tie: { end: (office, id) => office.endTie(id), named: (view, { ties }, id) => ties.filter(({ tie }) => tie === id).map((one) => tieName(view, one)) },
    grant: { end: (office, id) => office.endGrant(id), named: (view, { grants }, id) => grants.filter(({ grant }) => grant === id).map((one) => grantName(view, one)) }
  }

  app.get('/office/people/:party/end/:what/:id', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { party, what, id } = request.params
    const words = view.t.office.people
    const [name] = Object.hasOwn(ENDS, what) ? ENDS[what].named(view, await office.partyFile(party), id) : []
    if (!name) return reply.callNotFound()
    return reply.page(view, {
      title: words.sureEnd,
      body: html`<section class="card"><h1>${words.sureEnd}</h1><p>${name}</p><p class="hint">${words.endLead}</p>
        ${form(view, `/office/people/${party}/end/${what}/${id}`, html`<div class="actions">${button(words.yesEnd, { kind: 'danger' })}
          <a class="button plain" href="/office/people/${party}">${words.no}</a></div>`)}</section>`
    })
  })

  app.post('/office/people/:party/end/:what/:id', async (request, reply) => {
    const { party, what, id } = request.params
    if (!Object.hasOwn(ENDS, what)) return reply.callNotFound()
    await ENDS[what].end(officeOf(agency, request), id)
    return reply.next(`/office/people/${party}`, 'tieEnded')
  })

  app.post('/office/people/:party/delete', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { party } = request.params
    if (request.body.sure !== 'yes') {
      return reply.code(422).page(view, await show(view, office, party, { findings: [view.t.office.people.deleteAsk] }))
    }
    await office.deleteParty(party)
    return reply.next('/office/people', 'deleted')
  })
}
