// What every page needs to know of its reader: language, who they are, and the
// tabs that follow from what they see.

import carekey from 'carekey'
import { COOKIE } from './cookies.js'
import { en } from '../texts/en.js'
import { es } from '../texts/es.js'

export const TEXTS = { en, es }

/** The resources that have a page, in the order of the tabs. Whether one is shown is carekey's decision. */
export const PAGES = {
  dashboard: '/home',
  invoices: '/invoices',
  calendar: '/calendar',
  service_plan: '/service-plan',
  application: '/application',
  message_owner: '/message',
  profile: '/profile'
}

/** The pages of the office, each with the act that lets others than managers have it (A7). */
const OFFICE = {
  users: ['/office/users', 'users'], people: ['/office/people'], accounts: ['/office/accounts', 'window'], roster: ['/office/roster'],
  invitations: ['/office/invitations', 'applications'], staged: ['/office/staged'], messages: ['/office/messages'], delegated: ['/office/delegated'], review: ['/office/review'], history: ['/office/history']
}

/** The language of the pages, for a year. */
export const keepLocale = (reply, locale) =>
  reply.setCookie('locale', Object.hasOwn(TEXTS, locale) ? locale : 'en', { ...COOKIE, maxAge: 365 * 86_400 })

export const localeOf = (request) => {
  const asked = request.cookies.locale ?? request.headers['accept-language'] ?? ''
  return asked.toLowerCase().startsWith('es') ? 'es' : 'en'
}

/** Facts of one request, for its page. */
export async function viewOf (request, reply, { agency, settings, mailbox, timeZone: portalZone }) {
  // Moments are told here as in the agency's messages (N).
  const timeZone = settings.timeZone ?? portalZone
  const locale = localeOf(request)
  const t = TEXTS[locale]
  // None where the request was refused before anybody was looked for.
  const visit = request.carekey
  const me = visit?.user ?? null
  const sights = me ? await agency.sees(me.account) : []
  const allowed = me ? await agency.actingAs({ account: me.account }).allowed() : []
  /** What `allowed` answers, for people of those roles: only to hide what would be refused. */
  const may = (act, roles = []) => allowed.some((one) => one.act === act && roles.every((role) => one.roles.includes(role)))
  const seen = new Set(sights.map(({ resource }) => resource))
  const time = (options) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options })
    return (at) => at ? format.format(new Date(at)) : ''
  }
  return {
    locale,
    t,
    me,
    sights,
    timeZone,
    may,
    mailbox,
    agency: settings.name,
    path: request.url.split('?')[0],
    // Where another language is asked for: with what was sought; of an answer to a form its page.
    here: request.method === 'GET' ? request.url : request.url.split('?')[0],
    formToken: visit?.formToken ?? '',
    flash: flashOf(request, reply, t),
    tabs: {
      mine: Object.entries(PAGES).filter(([resource]) => seen.has(resource)).map(([resource, path]) => [path, t.resources[resource]]),
      office: Object.entries(OFFICE).filter(([, [, act]]) => me?.isManager || (act && may(act)))
        .map(([name, [path]]) => [path, t.office[name].tab])
    },
    date: time({ dateStyle: 'medium' }),
    moment: time({ dateStyle: 'medium', timeStyle: 'short' }),
    stamp: time({ dateStyle: 'short', timeStyle: 'short' }),
    time: time({ timeStyle: 'short' }),
    weekday: time({ weekday: 'long', day: 'numeric', month: 'long' }),
    // As it stands on an invoice of that country, in either language.
    money: (cents) => new Intl.NumberFormat(`${locale}-US`, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' }).format(cents / 100)
  }
}

/** A word that the page before left: it is shown once. */
function flashOf (request, reply, t) {
  const name = request.cookies.flash
  if (name === undefined) return null
  reply.clearCookie('flash', { path: '/' })
  return Object.hasOwn(t.flash, name) ? t.flash[name] : null
}

/** The rules of a password, each in words that say what to do; by the code's own text where there are none. */
export function rulesFor (view, policy, person, typed = '') {
  const { passes, rules } = carekey.password.check(typed, { policy, person })
  // A limit that nobody reaches by typing is told to those who do.
  const told = rules.filter(({ code, met }) => code !== 'password.too_long' || !met)
  const lines = told.map(({ code, met, finding }) => ({
    // Nothing typed is not yet a password that passes any of them.
    met: met && typed !== '',
    label: view.t.rules[labelOf(code, finding.params)]?.(finding.params) ?? carekey.findingMessage(finding, view.locale)
  }))
  return { passes, lines }
}

const labelOf = (code, { what }) => what ? `${code}.${what}` : code
