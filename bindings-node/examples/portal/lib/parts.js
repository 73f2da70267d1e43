// What pages are made of: fields, buttons, tables, notices.

import carekey from 'carekey'
import { html } from './html.js'

/** A finding of the core as a sentence in the reader's language. */
export function sentence (finding, locale) {
  const text = carekey.findingMessage(finding, locale)
  // A sentence begins with a capital, but not with that of an address or a name.
  return `${text.replace(/^\p{Ll}(?=\p{L}*\s)/u, (letter) => letter.toLocaleUpperCase(locale))}.`
}

/** All that is wrong with what was typed, findings or sentences; the script puts the focus on it. */
export function problems (view, findings) {
  if (findings.length === 0) return null
  return html`<div class="notice error" role="alert" tabindex="-1" data-focus>
    <p><strong>${view.t.problems}</strong></p>
    <ul>${findings.map((one) => html`<li>${typeof one === 'string' ? one : sentence(one, view.locale)}</li>`)}</ul>
  </div>`
}

/** The page of one step on the way in: what it is, what is wrong, and what to do. */
export const wayIn = (view, { title, lead, findings = [], body, here }) => ({
  title,
  here,
  wayIn: true,
  body: html`<section class="card">
    <h1>${title}</h1>
    <p class="lead">${lead}</p>
    ${problems(view, findings)}
    ${body}
  </section>`
})

export const notice = (text, kind = 'done') =>
  text && html`<div class="notice ${kind}" role="status"><p>${text}</p></div>`

export function field ({ name, label, type = 'text', value, hint, autocomplete, required = true, describedBy, ...more }) {
  const described = [hint && `${name}-hint`, describedBy].filter(Boolean).join(' ')
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    <input id="${name}" name="${name}" type="${type}"${attributes({
      value, autocomplete, required, 'aria-describedby': described || undefined, ...more
    })}>
  </div>`
}

export function choice ({ name, label, hint, value, options, hideLabel = false, required = false }) {
  return html`<div class="field">
    <label for="${name}"${hideLabel && html` class="unseen"`}>${label}</label>
    ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    <select id="${name}" name="${name}"${attributes({ required, 'aria-describedby': hint && `${name}-hint` })}>
      ${options.map(([key, text]) => html`<option value="${key}"${attributes({ selected: key === value })}>${text}</option>`)}
    </select>
  </div>`
}

export const tick = ({ name, value = 'yes', label, checked = false, hideLabel = false }) =>
  html`<label class="tick"><input type="checkbox" name="${name}" value="${value}"${attributes({ checked })}>
    <span${hideLabel && html` class="unseen"`}>${label}</span></label>`

/** A form of this site: with its token. `upload` is for files; `busy` says what takes a while once it is sent. */
export const form = (view, action, body, { label, kind = 'stack', id, upload, busy } = {}) =>
  html`<form method="post" action="${action}"${attributes({
    'aria-label': label, class: kind, id, enctype: upload && 'multipart/form-data', 'data-busy': busy
  })}>
    <input type="hidden" name="formToken" value="${view.formToken}">
    ${body}
    ${busy && html`<p class="hint" role="status" data-busy-said></p>`}
  </form>`

export const button = (text, { kind = 'primary', ...more } = {}) =>
  html`<button class="${kind}"${attributes(more)}>${text}</button>`

/**
 * A table that becomes a list of cards on a phone. The roles are said, for a
 * browser forgets those of a table that is laid out otherwise.
 */
export function table ({ caption, columns, rows, empty, sortable = false }) {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  return html`<table role="table"${attributes({ class: sortable && 'sortable' })}>
    <caption class="unseen">${caption}</caption>
    <thead role="rowgroup"><tr role="row">${columns.map(({ title, kind, sorted, unseen }) =>
      html`<th role="columnheader" scope="col"${attributes({ class: kind, 'aria-sort': sorted })}>${
        unseen ? html`<span class="unseen">${title}</span>` : title}</th>`)}</tr></thead>
    <tbody role="rowgroup">${rows.map((cells) => html`<tr role="row">${cells.map((cell, n) =>
      html`<td role="cell"${attributes({ class: columns[n].kind, 'data-label': columns[n].label ?? plain(columns[n].title) })}>${cell}</td>`)}</tr>`)}
    </tbody>
  </table>`
}

const plain = (title) => typeof title === 'string' ? title : ''

export const badge = (text, kind = 'calm') => html`<span class="badge ${kind}">${text}</span>`

/** A name or an address, broken where it has its joints. */
export const mono = (text) => text && html`<span class="mono">${text.split(/(?<=[@.])/).map((part, n) => n ? html`<wbr>${part}` : part)}</span>`

/** Facts by name. */
export const facts = (pairs) => html`<dl class="facts">${pairs.filter(([, value]) => value)
  .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`

function attributes (given) {
  return Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== false)
    .map(([name, value]) => value === true ? html` ${name}` : html` ${name}="${value}"`)
}

/** The rules of a password, ticked off by the script as someone types (P2). */
export function checklist (view, rules) {
  return html`<div class="checklist">
    <p id="rules-title" class="hint">${view.t.password.rules}</p>
    <ul id="rules" aria-labelledby="rules-title" data-met="${view.t.password.met}" data-unmet="${view.t.password.unmet}">
      ${rules.map((rule) => ruleLine(view, rule))}
    </ul>
    <p class="unseen" role="status" aria-live="polite" id="rules-status"></p>
  </div>`
}

const ruleLine = (view, { met, label }) =>
  html`<li class="${met ? 'met' : 'unmet'}"><span class="unseen">${met ? view.t.password.met : view.t.password.unmet}:</span> <span>${label}</span></li>`

/** A new password and the same again. */
export const twice = (view, rules) => html`
  ${field({
    name: 'password', label: view.t.password.new, type: 'password', autocomplete: 'new-password', describedBy: 'rules-title', 'data-rules': 'rules'
  })}
  ${checklist(view, rules)}
  ${field({ name: 'confirm', label: view.t.password.confirm, type: 'password', autocomplete: 'new-password' })}`

/** From page to page of a list of `found` rows, `size` at a time; `to` gives the address of what is changed. */
export const pager = (t, { offset, found, size, to }) => found > size && html`<nav class="pager" aria-label="${t.pages}">
  ${offset > 0 && html`<a class="button plain" href="${to({ from: Math.max(0, offset - size) || undefined })}">← ${t.previous}</a>`}
  <span>${t.range(offset + 1, Math.min(found, offset + size), found)}</span>
  ${offset + size < found && html`<a class="button plain" href="${to({ from: offset + size })}">${t.following} →</a>`}
</nav>`

/** Where a page of a list begins, as an address says. */
export const offsetOf = ({ from = '0' }) => Math.max(0, Number.parseInt(from, 10) || 0)

/** An address with what is asked for; what says nothing is left out. */
export const addressOf = (path, asked) => {
  const said = new URLSearchParams(Object.entries(asked).filter(([, value]) => value)).toString()
  return said ? `${path}?${said}` : path
}
