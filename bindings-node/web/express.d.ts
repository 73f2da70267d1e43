import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import type { Resource, Whose } from '..'
import type { Visit, VisitOptions } from './types'

declare global {
  namespace Express {
    interface Request {
      carekey: Visit
    }
  }
}

/**
 * Puts `req.carekey` on every request, and refuses what another site makes a
 * browser send.
 *
 * @example
 * app.use(carekey({ agency, signIn: '/sign-in' }), express.urlencoded())
 * app.get('/invoices/:client', sees('invoices', (req) => ({ party: String(req.params.client) })), show)
 * app.use(errors())
 */
export function carekey(options: VisitOptions<Request>): RequestHandler
/** Only who is signed in. */
export function signedIn(): RequestHandler
/** Only who sees it (V): by default their own. */
export function sees(resource: Resource, of?: Whose | ((req: Request) => Whose | Promise<Whose>)): RequestHandler
/** Only forms with the token of this visitor. After the body has been read. */
export function forms(): RequestHandler
/**
 * Answers errors of carekey's: browsers are sent to sign in or shown a page,
 * programs get problem details (RFC 9457).
 */
export function errors(): ErrorRequestHandler
export { requireVisit, returnPath, statusOf, Problem, SignedVisit, Visit, VisitOptions } from './types'
