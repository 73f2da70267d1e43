'use strict'

/** Someone with a browser: keeps cookies, and remembers how they were set. */
class Browser {
  #base
  #cookies = new Map()
  /** The lines by which cookies were set, the newest last. */
  set = []

  constructor (base) {
    this.#base = base
  }

  cookie (name) {
    return this.#cookies.get(name)
  }

  async #send (path, init = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(this.#base + path, {
      ...init, redirect: 'manual', headers: { ...init.headers, cookie }
    })
    for (const line of answer.headers.getSetCookie()) {
      this.set.push(line)
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/)
      if (/Expires=Thu, 01 Jan 1970/.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    const text = await answer.text()
    let body = text
    try {
      body = JSON.parse(text)
    } catch {}
    const location = answer.headers.get('location')
    return { status: answer.status, body, ...(location && { location }) }
  }

  get (path, headers) {
    return this.#send(path, { headers })
  }

  post (path, fields, headers = {}) {
    return this.#send(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }
    })
  }
}

module.exports = { Browser }
