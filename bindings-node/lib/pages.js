'use strict'

/** Everything of a long list, page by page as it is asked for. */
async function * pages (page) {
  for (let offset = 0; ;) {
    const { rows } = await page(offset)
    if (rows.length === 0) return
    yield * rows
    offset += rows.length
  }
}

module.exports = { pages }
