import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Resource, Whose } from '..'
import type { Visit, VisitOptions } from './types'

declare module 'fastify' {
  interface FastifyRequest {
    carekey: Visit
  }
}

type Gate = (request: FastifyRequest) => Promise<void>

/**
 * Puts `request.carekey` on every request.
 *
 * @example
 * await fastify.register(carekey, { agency })
 * fastify.setErrorHandler(errors())
 * fastify.post('/sign-in', { preHandler: forms() }, (request) => request.carekey.signIn(request.body))
 */
export const carekey: FastifyPluginAsync<VisitOptions<FastifyRequest>>
export default carekey
/** Only who is signed in. */
export function signedIn(): Gate
/** Only who sees it (V): by default their own. */
export function sees(resource: Resource, of?: (request: FastifyRequest) => Whose): Gate
/** Only forms of this site. After the body has been read: as a `preHandler`. */
export function forms(): Gate
/** For `setErrorHandler`: answers errors of carekey's with their status, code and findings. */
export function errors(): (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply
export { statusOf, Visit, VisitOptions } from './types'
