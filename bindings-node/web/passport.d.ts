import type { Request } from 'express'
import type { Strategy } from 'passport'
import type { Agency, Recovered, Secret, Session, SignedIn } from '..'

/** The user that Passport has: who is signed in, and the token of carekey's session. */
export interface CarekeyUser extends SignedIn {
  token: Secret
}

/**
 * Signs in with a username and a password from the body. What is not granted
 * fails with carekey's answer as `info`: a refusal, or the step that is due. The
 * token by which the device is known at the next sign-in (E4) is kept in a
 * cookie of its own until it lapses.
 *
 * @example
 * passport.use(new CarekeyStrategy({ agency }))
 */
export class CarekeyStrategy extends Strategy {
  constructor(options: {
    agency: Agency | ((req: Request) => Agency | Promise<Agency>)
    usernameField?: string
    passwordField?: string
    rememberField?: string
    /** Whether that cookie is for https alone, as it should; `false` for a machine of one's own. */
    secure?: boolean
    /** Other origins that may send the form; one of another site has `actor.not_allowed`. */
    origins?: string[]
  })
  name: 'carekey'
  authenticate(req: Request): void
}

/**
 * Keeps the device of a session that a step led to (`choosePassword`,
 * `setQuestions`, `changePassword`), or of a recovery, as the strategy does
 * where it signs in by itself (E4).
 */
export function keepDevice(req: Request, found: Session | Recovered, options?: { secure?: boolean }): void

/**
 * For `passport.serializeUser` and `deserializeUser`: the host's session holds
 * the token, and every request asks whether it is still good.
 */
export function keeping(agency: Agency): {
  serialize: (user: CarekeyUser, done: (error: unknown, token?: string) => void) => void
  deserialize: (token: string, done: (error: unknown, user?: (SignedIn & { token: string }) | false) => void) => void
}
