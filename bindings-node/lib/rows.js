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

/** The rows of a packed table, in the order that they came in. */
class Rows {
  #packed
  #columns
  #shape

  constructor (packed, columns, shape = (row) => row) {
    this.#packed = packed
    this.#columns = columns
    this.#shape = shape
    this.length = packed.given.length / packed.width
    Object.freeze(this)
  }

  at (index) {
    const row = index < 0 ? this.length + index : index
    if (!Number.isInteger(row) || row < 0 || row >= this.length) return undefined
    const { text, ends, given, width } = this.#packed
    const out = {}
    for (let column = 0; column < width; column++) {
      const cell = row * width + column
      const [name, kind, missing] = this.#columns[column]
      out[name] = given[cell] ? read[kind](text.slice(cell === 0 ? 0 : ends[cell - 1], ends[cell])) : missing()
    }
    return this.#shape(out)
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
