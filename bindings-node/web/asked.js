'use strict'

/** What of a request of Node's is looked at, in the way of the Fetch standard. Its host is what `Host` says. */
const asked = ({ method, url, originalUrl = url, headers }) => ({
  method,
  url: `http://localhost${originalUrl}`,
  headers: { get: (name) => headers[name]?.toString() ?? null }
})

module.exports = { asked }
