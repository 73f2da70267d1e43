import type { FastifyPluginAsync, FastifyReply, FastifyRequest, RouteGenericInterface } from 'fastify'
import type { Resource, Whose } from '..'
import type { Visit, VisitOptions } from './types'

declare module 'fastify' {
  interface FastifyRequest {
    carekey: Visit
  }
}

type Gate = (request: FastifyRequest) => Promise<void>

/**
 * Puts `request.carekey` on every request, and refuses what another site makes
 * a browser send.
 *
 * @example
 * await fastify.register(carekey, { agency, signIn: '/sign-in' })
 * fastify.setErrorHandler(errors())
 * fastify.get('/me', { preHandler: signedIn() }, async (request) => request.carekey.user)
 */
export const carekey: FastifyPluginAsync<VisitOptions<FastifyRequest>>
export default carekey
/** Only who is signed in. */
export function signedIn(): Gate
/** Only who sees it (V): by default their own. It knows the `Params` of the route that it stands in. */
export function sees<Route extends RouteGenericInterface = RouteGenericInterface>(
  resource: Resource,
  of?: Whose | ((request: FastifyRequest<Route>) => Whose | Promise<Whose>)
): (request: FastifyRequest<Route>) => Promise<void>
/** Only forms with the token of this visitor. After the body has been read: as a `preHandler`. */
export function forms(): Gate
/**
 * For `setErrorHandler`. Answers errors of carekey's: browsers are sent to sign
 * in or shown a page, programs get problem details (RFC 9457).
 */
export function errors(): (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply
export { requireVisit, returnPath, statusOf, Problem, SignedVisit, Visit, VisitOptions } from './types'
