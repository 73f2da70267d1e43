'use strict'

// The world of a scenario: a directory, a clock that moves by hand, and what
// earlier steps made.

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const { Directory, ManualClock, Policy, invitation } = require('../..')

const START = new Date('2026-03-02T09:00:00Z')
const KEY = new Uint8Array(32).fill(7)
const SUPPORT = { support: 'Pat Long' }

/** Settings as cases write them, in JavaScript's spelling. */
const spelt = ({
  link_base: linkBase, owner_email: ownerEmail, owner_emails: ownerEmails, time_zone: timeZone, ...settings
}) => ({ ...settings, linkBase, ownerEmail, ownerEmails, timeZone })

/**
 * Texts refer to what earlier steps made: `$name` to a thing or a kept text;
 * `$name.session`, `$name.device`, `$name.step`, `$name.password`, `$name.code`, `$name.link`; and `$link:ADDRESS`,
 * `$code:ADDRESS`, `$password:ADDRESS` to what stood in the newest message to
 * that address that has one. Asking for these sends all messages that wait.
 */
class World {
  names = new Map()
  agencies = new Map()
  directory
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'carekey-'))
  #clock
  #settings
  #policy
  #elapsed = 0
  #mailbox = []

  static async open (settings, policy) {
    const world = new World()
    world.#clock = new ManualClock(START)
    world.directory = await Directory.open('memory:', { key: KEY, clock: world.#clock })
    world.#settings = spelt(settings)
    world.#policy = new Policy(policy)
    await world.agency('104')
    return world
  }

  close () {
    fs.rmSync(this.folder, { recursive: true })
    return this.directory.close()
  }

  get now () {
    return new Date(START.getTime() + this.#elapsed)
  }

  /** A moment later: what was sent now was sent before. */
  get justAfter () {
    return new Date(this.now.getTime() + 1)
  }

  wait (ms) {
    this.#elapsed += ms
    this.#clock.advance(ms)
  }

  /** The agency of that code, made when it is first asked for. */
  async agency (code) {
    if (!this.agencies.has(code)) {
      this.agencies.set(code, await this.directory.createAgency(this.newAgency(code), { actor: SUPPORT }))
    }
    return this.agencies.get(code)
  }

  newAgency (code) {
    const plain = { code, name: 'Harbor Home Care', linkBase: 'https://portal.example.com' }
    return { ...plain, ...given(this.#settings), policy: this.#policy }
  }

  settings (changed) {
    return given(spelt(changed))
  }

  actor (by) {
    const [kind, name] = by.split(':', 2)
    return name === undefined ? { account: this.account(by) } : { [kind]: name }
  }

  /** The thing of that name, or one that is not kept. */
  named (name) {
    const plain = (name ?? '').replace(/^\$+/, '')
    if (!this.names.has(plain)) this.names.set(plain, {})
    return this.names.get(plain)
  }

  thing (reference) {
    const found = reference.startsWith('$') && this.names.get(reference.slice(1))
    if (!found) throw new Error(`nothing is called ${reference}`)
    return found
  }

  #part (reference, part) {
    const found = this.thing(reference)[part]
    if (found === undefined) throw new Error(`${reference} has no ${part}`)
    return found
  }

  party (reference) {
    return this.#part(reference, 'party')
  }

  account (reference) {
    return this.#part(reference, 'account')
  }

  item (reference) {
    const { application } = this.thing(reference)
    return application === undefined ? { party: this.party(reference) } : { application }
  }

  whose (reference) {
    return reference == null ? 'own' : this.item(reference)
  }

  /** How the scenario calls what fits. */
  nameOf (fits) {
    const found = [...this.names].filter(([name, thing]) => name !== '' && fits(thing)).map(([name]) => name)
    return found.sort()[0] ?? '?'
  }

  /** The text itself, or what it refers to. */
  async text (agency, text) {
    if (!text.startsWith('$')) return text
    const reference = text.slice(1)
    const colon = reference.indexOf(':')
    let found
    if (colon >= 0) {
      await this.#deliver(agency)
      const [what, address] = [reference.slice(0, colon), reference.slice(colon + 1)]
      const mails = this.#mailbox.filter((mail) => mail.agency === agency.code && mail.address === address)
      found = mails.reverse().map((mail) => find(what, mail.body)).find((part) => part !== undefined)
    } else {
      const dot = reference.indexOf('.')
      const [name, part] = dot < 0 ? [reference, 'text'] : [reference.slice(0, dot), reference.slice(dot + 1)]
      found = this.thing(`$${name}`)[part]
    }
    if (found === undefined) throw new Error(`there is no ${text}`)
    return found
  }

  /** Sends everything that is due, as a host would. */
  async #deliver (agency) {
    for (const message of await agency.outbox.claim(1000)) {
      await agency.outbox.sent(message)
      this.receive(agency, message)
    }
  }

  receive (agency, message) {
    this.#mailbox.push({ agency: agency.code, address: message.address, body: message.body.reveal() })
  }
}

const given = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value != null))

/** What someone who reads a message takes from it. */
function find (what, body) {
  const words = body.split(/\s+/)
  switch (what) {
    case 'link': return words.find((word) => word.includes('#') && word.includes('://'))
    case 'code':
      return words.map((word) => word.replace(/\.+$/, '')).find((word) => isInvitationCode(word) || /^\d{6,12}$/.test(word))
    case 'password': return body.match(/^(?:Temporary password|Contraseña temporal): (.*)$/m)?.[1]
    default: throw new Error(`a message has a link, a code or a password, and no ${what}`)
  }
}

const isInvitationCode = (word) => word.includes('-') && invitation.parseCode(word).value !== null

module.exports = { World, given }
