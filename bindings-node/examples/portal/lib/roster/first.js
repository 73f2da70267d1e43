// Where a roster is given; or where one that was refused may be read otherwise.

import { html } from '../html.js'
import { button, form, problems } from '../parts.js'
import { aboutFile, calledOf, carried, readingFields } from './reading.js'
import { MEBIBYTES } from './upload.js'

/** What a file may be called; what it is, its bytes say. */
const ACCEPT = '.csv,.tsv,.txt,.xlsx,.xls,.ods'

/** The two rosters, each a click from the other. */
const KINDS = [['/office/roster', 'roster'], ['/office/roster/ties', 'tieRoster']]

/** The first page of the roster at `path`; `said` is why nothing came of what was given. */
export function firstPage (view, path, { said, file, ties = false } = {}) {
  const words = view.t.office.roster
  const { title, lead, hint } = view.t.office[ties ? 'tieRoster' : 'roster']
  const pasted = file && !file.upload.name ? file.upload.bytes.toString() : ''
  return {
    title,
    keeps: file && 'roster',
    body: html`<h1>${title}</h1>
      <p class="lead">${lead}</p>
      <nav class="kinds" aria-label="${words.kinds}"><ul>${KINDS.map(([to, name]) =>
        html`<li><a href="${to}"${to === path && html` aria-current="page"`}>${view.t.office[name].short}</a></li>`)}</ul></nav>
      ${said && problems(view, [said])}
      ${file && html`${aboutFile(view, file.refused)}
        <section class="card"><h2>${words.reading}</h2><p class="hint">${calledOf(view, file)}</p>
          ${form(view, path, html`${carried(file)}${readingFields(view, file, { ties })}`, { id: 'roster', busy: words.busy })}</section>`}
      <section class="card">${file && html`<h2>${words.otherFile}</h2>`}${form(view, path, html`
        <div class="field"><label for="file">${words.file}</label><p class="hint" id="file-hint">${words.fileHint(MEBIBYTES)}</p>
          <input id="file" name="file" type="file" accept="${ACCEPT}" aria-describedby="file-hint" data-most="${MEBIBYTES * 2 ** 20}" data-too-large="${words.tooLarge(MEBIBYTES)}"></div>
        <div class="field"><label for="csv">${words.csv}</label><p class="hint" id="csv-hint">${hint}</p>
          <textarea id="csv" name="csv" rows="${file ? 4 : 8}" spellcheck="false" class="mono" aria-describedby="csv-hint">${pasted}</textarea></div>
        ${button(words.preview, { name: 'act', value: 'preview', kind: file ? 'plain' : 'primary' })}`, { upload: true, busy: words.busy })}</section>`
  }
}
