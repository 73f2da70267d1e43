// Two entries that are one person (A6): looked for, seen what would move, merged,
// and split again where that was wrong.

import { html } from '../../lib/html.js'
import { enter, findingsOf, officeOf } from '../../lib/office.js'
import { button, form, mono, notice, problems, table } from '../../lib/parts.js'
import { moves } from '../../lib/people/merged.js'

export function mergeRoutes (app, { agency }) {
  app.get('/office/people/:party/merge', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { party: id } = request.params
    const { text = '', gone } = request.query
    const keep = await agency.party(id)
    if (gone) return preview(reply, view, office, keep, await agency.party(gone))
    const { t } = view
    const words = t.office.people
    const { rows, found } = await office.parties({ text, kind: keep.kind, limit: 50 })
    return reply.page(view, {
      title: words.merge,
      wide: true,
      body: html`<p class="crumb"><a href="/office/people/${id}">← ${keep.displayName}</a></p>
        <h1>${words.merge}</h1><p class="lead">${words.mergeLead}</p>
        <form class="search" role="search">
          <div class="field"><label for="text">${words.mergeFind}</label><input id="text" name="text" type="search" value="${text}"></div>
          ${button(words.mergeLook, { kind: 'plain' })}
        </form>
        ${found > rows.length && html`<p class="hint">${t.range(1, rows.length, found)}</p>`}
        ${table({
          caption: words.merge,
          empty: words.mergeNone,
          columns: [{ title: t.columns.display_name }, { title: t.email }, { title: t.phone }, { title: words.since }, { title: t.action }],
          rows: rows.filter((one) => one.id !== id).map((one) => [
            one.displayName, mono(one.email), one.phone, view.date(one.createdAt),
            html`<a class="button plain" href="/office/people/${id}/merge?gone=${one.id}" aria-label="${t.actOn(words.mergePreview, one.displayName)}">${words.mergePreview}</a>`
          ])
        })}`
    })
  })

  const preview = async (reply, view, office, keep, gone) => {
    const words = view.t.office.people
    let shown
    let fits = true
    try {
      shown = moves(view, await office.previewMerge(keep.id, gone.id))
    } catch (error) {
      fits = false
      shown = problems(view, findingsOf(error))
    }
    const title = words.mergeTitle(gone.displayName, keep.displayName)
    return reply.code(fits ? 200 : 422).page(view, {
      title,
      body: html`<p class="crumb"><a href="/office/people/${keep.id}">← ${keep.displayName}</a></p>
        <h1>${title}</h1>
        ${fits && html`<p class="lead">${words.mergeNothing}</p>`}
        <section class="card">${shown}
          ${fits && form(view, `/office/people/${keep.id}/merge`, html`<input type="hidden" name="gone" value="${gone.id}">${button(words.mergeNow)}`)}</section>`
    })
  }

  app.post('/office/people/:party/merge', async (request, reply) => {
    const { party } = request.params
    await officeOf(agency, request).mergeParties(party, request.body.gone ?? '')
    // Where it is to be split again, should it have been wrong.
    return reply.next(`/office/people/${request.body.gone}`, 'merged')
  })

  app.post('/office/people/:party/split', async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { party, of, moved, changed } = await office.splitParty(request.params.party)
    const words = view.t.office.people
    const both = await Promise.all([party, of].map((id) => agency.party(id)))
    return reply.page(view, {
      title: words.split,
      here: `/office/people/${party}`,
      body: html`<h1>${words.split}</h1>${notice(words.splitDone(moved.length, changed.length))}
        <section class="card"><ul class="results">${both.map(({ id, displayName }) => html`<li><a href="/office/people/${id}">${displayName}</a></li>`)}</ul></section>`
    })
  })
}
