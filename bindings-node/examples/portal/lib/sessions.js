// The list of where somebody is signed in (E5): theirs, or for the office.

import { html } from './html.js'
import { badge, button, form, table } from './parts.js'

/** `endAt`: where the button of a row posts to; without it the rows have none. */
export function sessionsTable (view, rows, endAt) {
  const { t } = view
  const words = t.office.sessions
  const columns = [{ title: words.what }, { title: words.since }, { title: words.used }, { title: words.until }, { title: words.source }]
  return table({
    caption: words.office,
    empty: words.none,
    columns: endAt ? [...columns, { title: t.action }] : columns,
    rows: rows.map((row) => {
      const what = words.kinds[row.kind]
      const cells = [
        html`<span>${what} ${row.current && badge(words.current, 'good')} ${row.remembered && badge(words.remembered)}</span>`,
        view.stamp(row.since), view.stamp(row.lastUsedAt), view.stamp(row.until), row.source
      ]
      // This one is ended by signing out.
      return endAt ? [...cells, !row.current && form(view, endAt, html`<input type="hidden" name="id" value="${row.id}">
        ${button(words.end, { kind: 'plain', 'aria-label': words.endOne(what, view.stamp(row.since)) })}`, { kind: 'inline' })] : cells
    })
  })
}
