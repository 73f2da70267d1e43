// A template tag that escapes whatever it is given, except what it made itself.

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

class Html {
  #text

  constructor (text) {
    this.#text = text
  }

  toString () {
    return this.#text
  }
}

/** html`<p>${anything}</p>`: lists are joined; nothing is shown of `null`, `undefined` and `false`. */
export function html (strings, ...values) {
  return new Html(strings.map((part, n) => n < values.length ? part + shown(values[n]) : part).join(''))
}

function shown (value) {
  if (value instanceof Html) return value.toString()
  if (Array.isArray(value)) return value.map(shown).join('')
  if (value === null || value === undefined || value === false) return ''
  return String(value).replace(/[&<>"']/g, (letter) => ENTITIES[letter])
}
