// The history of the agency: from a day on, of one kind or of all, a page at a time,
// and whether it is whole (H).

import { beginOf } from '../../lib/days.js'
import { accountsOf, linesTable } from '../../lib/history.js'
import { html } from '../../lib/html.js'
import { enter } from '../../lib/office.js'
import { addressOf, badge, button, choice, field, problems } from '../../lib/parts.js'

const PATH = '/office/history'
const LINES = 50

/** How far back it begins where nobody says. */
const DAYS = 30

export function historyRoutes (app, { agency }) {
  app.get(PATH, async (request, reply) => {
    const { view, office } = await enter(agency, request, reply)
    const { t } = view
    const words = t.office.history
    const { after, ...asked } = askedOf(view, request.query)
    const { lines, next, more, gone } = await pageOf(view, office, { ...asked, after })
    return reply.page(view, {
      title: words.title,
      wide: true,
      body: html`<div class="head"><h1>${words.title}</h1>${await isWhole(agency) ? badge(words.whole, 'good') : badge(words.broken, 'due')}</div>
        <p class="lead">${words.lead}</p>
        ${gone && problems(view, [words.gone])}
        <form class="search" role="search">
          ${field({ name: 'since', label: words.since, type: 'date', value: asked.since, required: false })}
          ${choice({ name: 'kind', label: words.kind, value: asked.kind, options: [['', words.every], ...kindsOf(view)] })}
          ${button(t.search, { kind: 'plain' })}
        </form>
        ${!gone && linesTable(view, lines, { accounts: await accountsOf(office, lines), empty: words.none })}
        ${(after || more) && html`<nav class="pager" aria-label="${t.pages}">
          ${after && html`<a class="button plain" href="${addressOf(PATH, asked)}">← ${words.first}</a>`}
          ${more && html`<a class="button plain" href="${addressOf(PATH, { ...asked, after: next })}">${t.following} →</a>`}</nav>`}
        <p><a href="${PATH}/exports">${words.files}</a></p>`
    })
  })
}

/** What is asked for: what is no day or no kind is as if it was not said. */
function askedOf (view, { since = '', kind = '', after = '' }) {
  const month = new Date(Date.now() - DAYS * 86_400_000)
  const day = beginOf(since, view.timeZone) ? since : new Intl.DateTimeFormat('en-CA', { timeZone: view.timeZone }).format(month)
  return { since: day, kind: Object.hasOwn(view.t.events, kind) ? kind : '', after }
}

/** A page of the feed; none where its cursor leads nowhere: its lines were removed meanwhile, for instance. */
async function pageOf (view, office, { since, kind, after }) {
  try {
    return await office.feed({ after: after || null, kinds: kind ? [kind] : [], since: beginOf(since, view.timeZone), limit: LINES })
  } catch (error) {
    if (!error.code?.startsWith('cursor.')) throw error
    return { lines: [], more: false, gone: true }
  }
}

/** What holds histories together and tells of nothing that happened: a feed leaves it out. */
const UNSEEN = ['histories.begun', 'history.checkpoint']

/** What can have happened, in the order of its names. */
const kindsOf = ({ t, locale }) => Object.entries(t.events).filter(([kind]) => !UNSEEN.includes(kind)).sort(([, a], [, b]) => a.localeCompare(b, locale))

async function isWhole (agency) {
  try {
    await agency.verifyAgencyHistory()
    return true
  } catch (error) {
    if (!error.code?.startsWith('history.')) throw error
    return false
  }
}
