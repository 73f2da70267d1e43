// Lines of a history as people read them (H): who did what to whom, and the details
// without what programs alone know each other by.

import { html } from './html.js'
import { mono, table } from './parts.js'

const IDENTIFIERS = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}( |$)/
const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

/** The words that a detail of that name may have, with what each is called here; of all others nobody knows what they say. */
const wordsOf = ({ t }, name) => {
  const { words } = t.office.history
  const { kinds: message } = t.office.messages
  const roles = { ...t.roles, ...t.office.locales }
  return {
    method: t.mail, preferred: t.mail, resource: t.resources, message, language: t.office.locales,
    kind: { ...t.office.ties, ...t.office.sessions.kinds }, step: words, reason: words, scheme: words, roles, before: roles, after: roles
  }[name] ?? {}
}

const valueOf = (view, name, value) => {
  if (typeof value !== 'string') return value
  if (MOMENT.test(value)) return view.stamp(value)
  const words = wordsOf(view, name)
  const said = value.split(' ')
  return said.every((word) => Object.hasOwn(words, word)) ? said.map((word) => words[word]).join(', ') : value
}

/** `preferred before` is what the field was called before. */
const fieldOf = (name) => /^(.+) (before|after)$/.exec(name)?.slice(1) ?? [name]

const nameOf = ({ t }, field, when) => {
  const { names, field: changed } = t.office.history
  const text = names[field.replaceAll(' ', '_')] ?? field
  return when ? changed(text, when === 'after') : text
}

/** The details of a line, without identifiers and the seal of a checkpoint. */
const detailsOf = (view, { kind, details }) => Object.entries(details)
  .filter(([name, value]) => value !== '' && !IDENTIFIERS.test(value) && !(kind === 'history.checkpoint' && name === 'head'))
  .map(([name, value], n) => {
    const [field, when] = fieldOf(name)
    return html`${n > 0 && ', '}${nameOf(view, field, when)}: ${name === 'export' ? mono(value) : valueOf(view, field, value)}`
  })

const stampOf = (view, { at }) => html`<span class="whole">${view.stamp(at)}</span>`
const kindOf = ({ t }, { kind }) => t.events[kind] ?? kind
const actorOf = ({ t }, { actor, actorName }) => actorName || t.actors[actor]

/** A table of these lines; with `accounts`, their names by identifier, it says in whose history each is. */
export function linesTable (view, lines, { accounts, empty = view.t.empty } = {}) {
  const words = view.t.office.history
  const whose = ({ account }) => account && (accounts.has(account)
    ? html`<a href="/office/users/${account}">${accounts.get(account)}</a>`
    : words.deleted)
  return table({
    caption: words.title,
    empty,
    columns: [words.when, words.what, ...accounts ? [words.whose] : [], words.who, words.details].map((title) => ({ title })),
    rows: lines.map((line) => [
      stampOf(view, line), kindOf(view, line), ...accounts ? [whose(line)] : [], actorOf(view, line),
      html`<span class="hint">${detailsOf(view, line)}</span>`
    ])
  })
}

/** The names of the accounts that lines are of; of who was deleted none is left. */
export async function accountsOf (office, lines) {
  const ids = [...new Set(lines.map(({ account }) => account).filter(Boolean))]
  const named = async (id) => {
    try {
      return [[id, (await office.user(id)).displayName]]
    } catch (error) {
      if (error.kind !== 'not_found') throw error
      return []
    }
  }
  return new Map((await Promise.all(ids.map(named))).flat())
}
