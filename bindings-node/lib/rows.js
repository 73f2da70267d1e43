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

/**
 * What a row is made of, in its order: a name with the place of its cell and
 * how it is read, or with what the object of that name is made of. Columns say
 * so by a path: `name.first`.
 */
function partsOf (columns) {
  const parts = []
  columns.forEach(([path, kind, missing], place) => {
    const names = path.split('.')
    const last = names.pop()
    let inside = parts
    for (const name of names) {
      let part = inside.find((part) => part.name === name)
      if (!part) inside.push(part = { name, parts: [] })
      inside = part.parts
    }
    inside.push({ name: last, place, read: read[kind], missing })
  })
  return parts
}

/** Lists of columns are made once, and so is what follows from them. */
const known = new WeakMap()

/** The rows of a packed table, in the order that they came in. */
class Rows {
  #packed
  #parts
  #shape

  constructor (packed, columns, shape = (row) => row) {
    if (!known.has(columns)) known.set(columns, partsOf(columns))
    this.#packed = packed
    this.#parts = known.get(columns)
    this.#shape = shape
    this.length = packed.given.length / packed.width
    Object.freeze(this)
  }

  at (index) {
    const row = index < 0 ? this.length + index : index
    if (!Number.isInteger(row) || row < 0 || row >= this.length) return undefined
    return this.#shape(this.#object(this.#parts, row * this.#packed.width))
  }

  #object (parts, first) {
    const { text, ends, given } = this.#packed
    const out = {}
    for (const part of parts) {
      if (part.parts) {
        out[part.name] = this.#object(part.parts, first)
        continue
      }
      const cell = first + part.place
      out[part.name] = given[cell] ? part.read(text.slice(cell === 0 ? 0 : ends[cell - 1], ends[cell])) : part.missing()
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
