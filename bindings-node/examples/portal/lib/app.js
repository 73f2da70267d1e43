// The server: what holds for every request, and the pages.

import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import { carekey, forms } from 'carekey/fastify'
import Fastify from 'fastify'
import { contactRoutes } from '../routes/contact.js'
import { errorPage } from '../routes/errors.js'
import { mailRoutes } from '../routes/mail.js'
import { mineRoutes } from '../routes/mine.js'
import { ownRoutes } from '../routes/own.js'
import { accountRoutes } from '../routes/office/accounts.js'
import { addRoutes } from '../routes/office/add.js'
import { delegatedRoutes } from '../routes/office/delegated.js'
import { exportRoutes } from '../routes/office/exports.js'
import { historyRoutes } from '../routes/office/history.js'
import { officeInvitationRoutes } from '../routes/office/invitations.js'
import { mergeRoutes } from '../routes/office/merge.js'
import { messageRoutes } from '../routes/office/messages.js'
import { partyRoutes } from '../routes/office/party.js'
import { peopleRoutes } from '../routes/office/people.js'
import { printRoutes } from '../routes/office/print.js'
import { reviewRoutes } from '../routes/office/review.js'
import { rosterRoutes } from '../routes/office/roster.js'
import { officeSessionRoutes } from '../routes/office/sessions.js'
import { stagedRoutes } from '../routes/office/staged.js'
import { tieRosterRoutes } from '../routes/office/ties.js'
import { userRoutes } from '../routes/office/user.js'
import { usersRoutes } from '../routes/office/users.js'
import { invitationRoutes } from '../routes/invitation.js'
import { recoveryRoutes } from '../routes/recovery.js'
import { sessionRoutes } from '../routes/sessions.js'
import { wayInRoutes } from '../routes/ways-in.js'
import { COOKIE } from './cookies.js'
import { layout } from './layout.js'
import { TEXTS, keepLocale, viewOf } from './view.js'

const CONTENT = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"]
}

/**
 * `verifyExport` looks at the file of an export with the directory's key, which no page has. `mailbox`: whether /mail
 * shows what was sent, for development only. `onRoute` is told of each route.
 */
export async function portal ({ agency, content, verifyExport, mailbox = false, timeZone = 'America/New_York', onRoute }) {
  const app = Fastify({ bodyLimit: 2 ** 20 })
  if (onRoute) app.addHook('onRoute', onRoute)
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT },
    referrerPolicy: { policy: 'no-referrer' }
  })
  await app.register(cookie)
  await app.register(formbody)
  // A form with a file, as `Response` reads it: whole, in memory, and no larger than its route may be sent.
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, parts)
  await app.register(files, { root: fileURLToPath(new URL('../public', import.meta.url)), prefix: '/public/' })

  // Who comes, their cookies and the token of their forms: `request.carekey`.
  await app.register(carekey, { agency })
  app.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/public/')) reply.header('cache-control', 'no-store')
  })
  // A form without a field is still a form.
  app.addHook('preValidation', async (request) => { request.body ??= {} })
  app.addHook('preHandler', forms())
  // A form that is sent once more for its page in another language.
  app.addHook('preHandler', async (request, reply) => {
    const { speak } = request.body ?? {}
    if (!Object.hasOwn(TEXTS, speak ?? '')) return
    request.cookies.locale = speak
    keepLocale(reply, speak)
  })

  app.decorateReply('view', async function () {
    return viewOf(this.request, this, { agency, settings: await agency.settings(), mailbox, timeZone })
  })
  app.decorateReply('page', function (view, page) {
    return this.type('text/html; charset=utf-8').send(String(layout(view, page)))
  })
  /** After an act: to the page that shows what came of it. */
  app.decorateReply('next', function (path, flash) {
    if (flash) this.setCookie('flash', flash, COOKIE)
    return this.redirect(path, 303)
  })
  app.setErrorHandler((error, request, reply) => errorPage(error, request, reply))
  app.setNotFoundHandler((request, reply) => errorPage({ statusCode: 404 }, request, reply))

  const house = { agency, content, verifyExport }
  const routes = [
    wayInRoutes, recoveryRoutes, invitationRoutes, contactRoutes, mineRoutes, ownRoutes, sessionRoutes,
    usersRoutes, userRoutes, officeSessionRoutes, peopleRoutes, addRoutes, partyRoutes, printRoutes, stagedRoutes, mergeRoutes, accountRoutes, rosterRoutes, tieRosterRoutes,
    officeInvitationRoutes, messageRoutes, delegatedRoutes, reviewRoutes, historyRoutes, exportRoutes
  ]
  for (const add of routes) add(app, house)
  if (mailbox) mailRoutes(app, house)
  return app
}

/** The fields of a form, and its files with their names. */
async function parts (request, body) {
  const form = await new Response(body, { headers: { 'content-type': request.headers['content-type'] } }).formData()
    .catch(() => { throw Object.assign(new Error('no form'), { statusCode: 400 }) })
  const read = async ([field, value]) =>
    [field, typeof value === 'string' ? value : { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) }]
  return Object.fromEntries(await Promise.all([...form].map(read)))
}
