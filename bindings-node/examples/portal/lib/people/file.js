// The page of a party's file.

import { html } from '../html.js'
import { rolesOf } from '../office.js'
import { badge, button, choice, facts, field, form, mono, table, tick } from '../parts.js'
import { grantForm } from './grant.js'
import { rolesForm } from './roles.js'

/** What a tie says, and a grant. */
export const tieName = ({ t }, { whoName, kind, ofName }) => t.office.people.is(whoName, t.office.ties[kind], ofName)
export const grantName = ({ t }, { toName, resource, ofName }) => t.office.people.sees(toName, t.resources[resource], ofName ?? t.office.people.everyone)

export function filePage (view, { party, links, ties, grants, invitation, applications }, { at, said, problems, edit, grant, roles, once }) {
  const { t } = view
  const words = t.office.people
  const here = `/office/people/${party.id}`
  const over = ({ endsAt }) => endsAt && endsAt <= new Date()
  const end = (what, id, name) => html`<a class="button plain" href="${here}/end/${what}/${id}" aria-label="${words.endTie(name)}">${words.end}</a>`
  const person = (id, name) => id === party.id ? name : html`<a href="/office/people/${id}">${name}</a>`
  const period = [{ title: words.from }, { title: words.until }]
  const dates = ({ beginsAt, since, endsAt }) => [view.date(beginsAt ?? since), view.date(endsAt) || words.open]
  return {
    title: party.displayName,
    // What is shown once is not asked for again in another language.
    here: once ? null : here,
    wide: true,
    body: html`<p class="crumb"><a href="/office/people">← ${words.title}</a></p>
      <h1>${party.displayName}</h1>
      ${problems}
      ${said && html`<div class="notice done" role="status" tabindex="-1" data-focus>${said}</div>`}
      <section class="card">
        ${facts([
          [t.role, rolesOf(view, party)], [words.nickname, party.nickname], [t.email, mono(party.email)], [t.phone, party.phone],
          [words.preferred, party.preferred && t.mail[party.preferred]], [words.language, party.locale && (t.office.locales[party.locale] ?? party.locale)],
          [words.externalId, party.externalId], [words.kind, words[party.kind]], [words.since, view.date(party.createdAt)],
          [t.office.invitations.tab, invitation && html`${t.office.standings[invitation.standing]} · ${mono(invitation.contact)} · ${view.moment(invitation.expiresAt)}`]
        ])}
        <form class="search">
          <div class="field"><label for="at">${words.at}</label><p class="hint" id="at-hint">${words.atHint}</p><input id="at" name="at" type="date" value="${at}" aria-describedby="at-hint"></div>
          ${button(words.show, { kind: 'plain' })}
        </form>
      </section>
      <section class="card"><h2>${words.ties}</h2>${table({
        caption: words.ties,
        empty: words.noTies,
        columns: [{ title: words.ties }, ...period, { title: words.reference }, { title: t.action }],
        rows: ties.map((tie) => {
          const kind = t.office.ties[tie.kind]
          return [
            html`<span>${person(tie.who, tie.whoName)} · ${kind} · ${person(tie.of, tie.ofName)}</span>`, ...dates(tie), tie.reference,
            !over(tie) && end('tie', tie.tie, tieName(view, tie))
          ]
        })
      })}
        <details><summary>${words.relate}</summary>${form(view, `${here}/relate`, html`
          ${field({ name: 'other', label: words.other, hint: words.otherHint, autocomplete: 'off' })}
          ${choice({ name: 'kind', label: words.isWhat(party.displayName), options: Object.entries(t.office.ties) })}
          ${field({ name: 'until', label: words.untilDay, type: 'date', required: false })}
          ${field({ name: 'reference', label: words.reference, hint: words.referenceHint, required: false, autocomplete: 'off' })}
          ${button(words.relate)}`)}</details></section>
      <section class="card"><h2>${words.grants}</h2>${table({
        caption: words.grants,
        empty: words.noGrants,
        columns: [{ title: words.grants }, ...period, { title: words.reason }, { title: t.action }],
        rows: grants.map((grant) => {
          const name = grantName(view, grant)
          return [name, ...dates(grant), grant.reason, !over(grant) && end('grant', grant.grant, name)]
        })
      })}
        ${party.kind === 'person' && html`<details${grant && html` open`}><summary>${t.office.grant.title}</summary>${grantForm(view, party, grant)}</details>`}</section>
      <section class="card"><h2>${t.office.add.roles}</h2><p class="hint">${t.office.add.rolesLead}</p>${rolesForm(view, party, roles)}</section>
      ${!party.account && party.roles.includes('family') && html`<section class="card"><h2>${t.office.print.heading}</h2><p class="hint">${t.office.print.lead}</p>
        <p><a class="button plain" href="/office/print/party/${party.id}">${t.office.print.start}</a></p></section>`}
      <section class="card"><h2>${words.links}</h2>${table({
        caption: words.links,
        empty: words.noLinks,
        columns: [{ title: words.loginOf }, { title: t.invoices.number }, ...period, { title: words.by }],
        rows: links.map((link) => [html`<a href="/office/users/${link.account}">${mono(link.username)}</a>`, link.number, ...dates(link), link.by])
      })}</section>
      ${applications.length > 0 && html`<section class="card"><h2>${words.applications}</h2>
        <ul class="results">${applications.map(({ number, submittedAt }) => html`<li><a href="/office/invitations?search=${encodeURIComponent(number)}">${mono(number)}</a> ${badge(view.date(submittedAt))}</li>`)}</ul></section>`}
      <section class="card"><h2>${words.edit}</h2>${edit}</section>
      <section class="card"><h2>${words.merge}</h2><p class="hint">${words.mergeLead}</p>
        <form class="search" action="${here}/merge">
          <div class="field"><label for="twin">${words.mergeFind}</label><input id="twin" name="text" type="search" value="${party.lastName ?? party.displayName}"></div>
          ${button(words.mergeLook, { kind: 'plain' })}
        </form></section>
      <section class="card"><h2>${words.deleteTitle}</h2><p class="hint">${words.deleteLead}</p>
        ${form(view, `${here}/delete`, html`${tick({ name: 'sure', label: words.deleteSure })}${button(words.deleteNow, { kind: 'danger' })}`)}</section>`
  }
}
