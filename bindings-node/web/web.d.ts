import type { Resource, Whose } from '..'
import type { SignedVisit, Visit, VisitOptions } from './types'

type Answer = Response | Promise<Response>

/** One site, for frameworks of the Fetch standard: each handler takes a `Request` and answers with a `Response`. */
export interface Site {
  /**
   * A handler for whoever comes. What the framework gives beside the request
   * is given on.
   *
   * @example
   * export const POST = site.anyone(async (request, visit) => …)
   */
  anyone<Rest extends unknown[]>(
    handler: (request: Request, visit: Visit, ...rest: Rest) => Answer
  ): (request: Request, ...rest: Rest) => Promise<Response>
  /** A handler for who is signed in: others are sent to sign in, or told so. */
  signedIn<Rest extends unknown[]>(
    handler: (request: Request, visit: SignedVisit, ...rest: Rest) => Answer
  ): (request: Request, ...rest: Rest) => Promise<Response>
  /**
   * A handler for who sees it (V).
   *
   * @example
   * export const GET = site.sees('invoices',
   *   async (request, { params }) => ({ party: (await params).client }),
   *   (request, visit) => Response.json(invoices))
   */
  sees<Rest extends unknown[]>(
    resource: Resource,
    of: Whose | ((request: Request, ...rest: Rest) => Whose | Promise<Whose>),
    handler: (request: Request, visit: SignedVisit, ...rest: Rest) => Answer
  ): (request: Request, ...rest: Rest) => Promise<Response>
  /**
   * The same for middleware: opens the visit, lets it be answered, and adds its
   * cookies. Throw errors of carekey's out of it, and it answers them; a
   * `Response` that is thrown is an answer. `source`: from where someone comes.
   *
   * @example
   * export const handle = ({ event, resolve }) => site.handle(event.request, (visit) => {
   *   event.locals.visit = visit
   *   return resolve(event)
   * }, { source: event.getClientAddress() })
   */
  handle(request: Request, respond: (visit: Visit) => Answer, options?: { source?: string }): Promise<Response>
  /** The answer to an error of carekey's, for a framework that catches errors itself; any other is thrown. */
  refuse(error: unknown, request: Request): Response
}

/** The site of an agency, for Next, Hono, SvelteKit and others on the Fetch standard. */
export function carekey(options: VisitOptions<Request>): Site
export { requireVisit, returnPath, statusOf, Problem, SignedVisit, Visit, VisitOptions } from './types'
