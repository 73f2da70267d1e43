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
 * Puts `req.carekey` on every request.
 *
 * @example
 * app.use(carekey({ agency }), express.urlencoded(), forms())
 * app.get('/invoices/:client', sees('invoices', (req) => ({ party: req.params.client })), show)
 */
export function carekey(options: VisitOptions<Request>): RequestHandler
/** Only who is signed in. */
export function signedIn(): RequestHandler
/** Only who sees it (V): by default their own. */
export function sees(resource: Resource, of?: (req: Request) => Whose): RequestHandler
/** Only forms of this site. After the body has been read. */
export function forms(): RequestHandler
/** Answers errors of carekey's with their status, code and findings. */
export function errors(): ErrorRequestHandler
export { statusOf, Visit, VisitOptions } from './types'
