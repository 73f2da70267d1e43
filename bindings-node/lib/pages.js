'use strict'

const { later } = require('./border')

/** Everything of a long list, page by page as it is asked for. */
async function * pages (begin) {
  const each = begin()
  for (;;) {
    const rows = await later(() => each.page())
    if (rows.length === 0) return
    yield * rows
  }
}

module.exports = { pages }
