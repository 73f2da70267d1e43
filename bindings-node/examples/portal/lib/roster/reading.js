// How a file is read: what it says of itself, and what the office is asked.

import { html } from '../html.js'
import { button, choice, sentence } from '../parts.js'

/** How many findings are read at once; the others are a click away. */
const AT_ONCE = 8

/** The columns that a file can have. The last two are carekey's own remarks on an earlier one. */
const OF_PEOPLE = [
  'role', 'name', 'first_name', 'middle_name', 'last_name', 'second_last_name', 'suffix', 'nickname', 'organization',
  'username', 'email', 'phone', 'preferred', 'language', 'external_id', 'status', 'note', 'already_created', 'password_hash'
]

const OF_TIES = ['who', 'who_name', 'who_email', 'who_phone', 'kind', 'of', 'of_name', 'of_email', 'of_phone', 'from', 'until', 'reference']

/** Those of the WHATWG Encoding Standard that offices have. */
const ENCODINGS = [
  'utf-8', 'windows-1252', 'macintosh', 'windows-1250', 'iso-8859-2', 'windows-1251', 'windows-1253', 'windows-1254',
  'windows-1255', 'windows-1256', 'windows-1257', 'windows-1258', 'shift_jis', 'gb18030', 'big5', 'euc-kr', 'utf-16le', 'utf-16be'
]

/** An error has no severity of its own. */
const isError = ({ severity = 'error' }) => severity === 'error'

/** What there is to say of the file itself, errors first and apart. */
export function aboutFile (view, findings) {
  if (findings.length === 0) return null
  const { t } = view
  const errors = findings.filter(isError)
  const others = findings.filter((one) => !isError(one))
  const lines = (some) => some.map((one) => html`<li>${sentence(one, view.locale)}</li>`)
  const rest = others.slice(AT_ONCE)
  return html`
    ${errors.length > 0 && html`<div class="notice error" role="alert" tabindex="-1" data-focus>
      <p><strong>${t.office.roster.refused}</strong></p><ul>${lines(errors)}</ul></div>`}
    ${others.length > 0 && html`<section class="notice due" aria-labelledby="about-file">
      <h2 id="about-file">${t.office.roster.about}</h2>
      <ul>${lines(others.slice(0, AT_ONCE))}</ul>
      ${rest.length > 0 && html`<details><summary>${t.office.roster.more(rest.length)}</summary><ul>${lines(rest)}</ul></details>`}
    </section>`}`
}

/** The file itself and where it is from, for the next request. */
export const carried = ({ upload }) => html`
  <textarea name="carried" hidden>${upload.bytes.toString('base64url')}</textarea>
  <input type="hidden" name="called" value="${upload.name}">`

/** What it is called. */
export const calledOf = ({ t }, { upload, reading }) => [upload.name || t.office.roster.pasted, reading.sheet].filter(Boolean).join(' · ')

/** Of so many words of a status it is asked at once: more are of a column that is none. */
const MOST_ASKED = 50

/** What of the rows cannot be read until the office says how: words of a status, and the order of day and month. */
export function unclearOf (rows) {
  const some = rows.flatMap(({ findings }) => findings)
  const statuses = some.filter(({ code }) => code === 'roster.status_unclear').map(({ params }) => params.status)
  return { statuses: [...new Set(statuses)].slice(0, MOST_ASKED), days: some.some(({ code }) => code === 'roster.date_ambiguous') }
}

/** What the office may say of how the file is read; what it said stays. Of ties nobody has a role, and there are days. */
export function readingFields (view, { outline, reading, refused = [], roster }, { ties = false, unclear = unclearOf([]) } = {}) {
  const { t } = view
  const words = t.office.roster
  const said = [...refused, ...(roster?.findings ?? [])].map(({ code }) => code)
  const uncertain = reading.encoding || ['roster.encoding', 'roster.encoding_unknown', 'roster.read_as'].some((code) => said.includes(code))
  const columns = ties ? OF_TIES : OF_PEOPLE
  const statuses = [...new Set([...Object.keys(reading.statuses), ...unclear.statuses])]
  const meansOf = (status) => ({ true: 'here', false: 'left' })[reading.statuses[status]] ?? ''
  const titles = [...new Map(outline.titles.map((one) => [one.title, one])).values()]
  return html`<div class="reading">
      ${outline.sheets.length > 1 && choice({
        name: 'sheet', label: words.sheet, value: reading.sheet ?? '', required: said.includes('roster.sheet_needed'),
        options: [['', said.includes('roster.sheet_needed') ? words.chooseSheet : words.onlySheet], ...outline.sheets.map((sheet) => [sheet, sheet])]
      })}
      ${(ties || unclear.days || reading.dates) &&
        choice({ name: 'dates', label: words.dates, hint: words.datesHint, value: reading.dates ?? '', options: [['', words.asFile], ...Object.entries(words.dateOrders)] })}
      ${!ties &&
        choice({ name: 'role', label: words.everyone, value: reading.role ?? '', options: [['', words.asFile], ...Object.entries(t.roles)] })}
      ${uncertain && choice({
        name: 'encoding', label: words.encoding, hint: words.encodingHint, value: reading.encoding ?? '',
        options: [['', words.asFile], ...ENCODINGS.map((name) => [name, words.encodings[name]])]
      })}
    </div>
    ${statuses.length > 0 && html`<fieldset><legend>${words.statuses}</legend>
      <div class="reading">${statuses.map((status, n) => html`<input type="hidden" name="status-${n}" value="${status}">${choice({
        name: `means-${n}`, label: status, value: meansOf(status), options: [['', words.undecided], ['here', words.isHere], ['left', words.hasLeft]]
      })}`)}</div></fieldset>`}
    ${titles.length > 0 && html`<fieldset><legend>${words.columns}</legend>
      <div class="reading">${titles.map(({ title, column }, n) => {
        const told = Object.hasOwn(reading.columns, title)
        // What titles are known of ties, no outline says.
        const byTitle = told || ties ? words.byTitle() : words.byTitle(column ? words.columnNames[column] ?? column : words.passedOver)
        return html`<input type="hidden" name="title-${n}" value="${title}">${choice({
          name: `column-${n}`, label: title, value: told ? reading.columns[title] ?? 'none' : '',
          options: [['', byTitle], ['none', words.passedOver], ...columns.map((name) => [name, words.columnNames[name]])]
        })}`
      })}</div></fieldset>`}
    <div class="actions">${button(words.readAgain, { kind: refused.length > 0 ? 'primary' : 'plain', name: 'act', value: 'preview' })}</div>`
}
