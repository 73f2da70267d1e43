'use strict'

// Many rows cross the border in one piece: the texts of all cells in one text,
// and where each ends. A row becomes an object when it is looked at.

const { Secret } = require('./secret')

/** How a cell is read. */
const read = {
  text: (cell) => cell,
  number: (cell) => Number(cell),
  truth: (cell) => cell === 'true',
  json: (cell) => JSON.parse(cell),
  secret: (cell) => new Secret(cell)
}

/** @returns {{ blank: object, parts: any[] }} */
const bare = () => ({ blank: {}, parts: [] })

/**
 * What a row is made of: how it is where nothing is there, so that all rows have
 * one shape, and its parts in their order. A part is a name with the place of its
 * cell and how it is read, or with what the object of that name is made of.
 * Columns say so by a path: `name.first`.
 */
function madeOf (columns) {
  const row = bare()
  columns.forEach(([path, kind, missing], place) => {
    const names = path.split('.')
    const last = names.pop()
    let inside = row
    for (const name of names) {
      let part = inside.parts.find((part) => part.name === name)
      if (!part) inside.parts.push(part = { name, place, whole: bare() })
      inside.blank[name] = null
      inside = part.whole
    }
    inside.blank[last] = null
    inside.parts.push({ name: last, place, read: read[kind], missing })
  })
  return row
}

/** Lists of columns are made once, and so is what follows from them. */
const known = new WeakMap()

/** The rows of a packed table, in the order that they came in. */
class Rows {
  #packed
  #row
  #shape

  constructor (packed, columns, shape = (row) => row) {
    if (!known.has(columns)) known.set(columns, madeOf(columns))
    this.#packed = packed
    this.#row = known.get(columns)
    this.#shape = shape
    this.length = packed.given.length / packed.width
    Object.freeze(this)
  }

  at (index) {
    const row = index < 0 ? this.length + index : index
    if (!Number.isInteger(row) || row < 0 || row >= this.length) return undefined
    return this.#shape(this.#object(this.#row, row * this.#packed.width))
  }

  #object ({ blank, parts }, first) {
    const { text, ends, given } = this.#packed
    const out = { ...blank }
    for (const part of parts) {
      const cell = first + part.place
      if (part.whole) out[part.name] = this.#object(part.whole, first)
      else if (given[cell]) out[part.name] = part.read(text.slice(cell === 0 ? 0 : ends[cell - 1], ends[cell]))
      else if (part.missing) out[part.name] = part.missing()
    }
    return out
  }

  * [Symbol.iterator] () {
    for (let row = 0; row < this.length; row++) yield this.at(row)
  }

  toArray () {
    return [...this]
  }

  toJSON () {
    return this.toArray()
  }
}

module.exports = { Rows }
