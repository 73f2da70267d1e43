'use strict'

/** Everything of a long list, page by page as it is asked for. */
async function * pages (page) {
  for (let offset = 0; ;) {
    const items = await page(offset)
    if (items.length === 0) return
    yield * items
    offset += items.length
  }
}

module.exports = { pages }
