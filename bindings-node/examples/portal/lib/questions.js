// The security questions as a form has them (Q1).

import carekey from 'carekey'
import { html } from './html.js'
import { choice, field } from './parts.js'

/** As many as the policy asks, each with its answer; `given` is what was chosen before, without the answers. */
export function questionFields ({ t, locale }, count, given = {}) {
  const options = [['', t.questions.choose], ...carekey.questions.list({ locale }).questions.map(({ id, text }) => [id, text])]
  return range(count).map((n) => html`<fieldset>
    <legend>${t.questions.nth(n)}</legend>
    ${choice({ name: `question${n}`, label: t.questions.question, value: given[`question${n}`], options, required: true })}
    ${field({ name: `answer${n}`, label: t.questions.answer, autocomplete: 'off', type: 'text' })}
  </fieldset>`)
}

export const answersOf = (body, count) =>
  range(count).map((n) => ({ question: body[`question${n}`] ?? '', answer: body[`answer${n}`] ?? '' }))

const range = (count) => Array.from({ length: count }, (_, n) => n + 1)
