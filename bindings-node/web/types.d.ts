import type {
  Agency, Answer, CarekeyError, Decision, Recovered, Resource, SecretText, SignedIn, SignIn, TokenText, TypedTwice, Whose
} from '..'

/** One request of someone who comes with a browser. */
export interface Visit {
  readonly agency: Agency
  /** Who is signed in; `null` for nobody. */
  readonly user: SignedIn | null
  /** The user; throws `session.ended` where nobody is signed in. */
  signedIn(): SignedIn
  /**
   * Signs in (E3). The session, or the step that comes next, is kept in a
   * cookie; and in one of its own, until it lapses, the token by which the
   * device is known at the next sign-in (E4).
   */
  signIn(given: { username: string, password: SecretText, remember?: boolean }): Promise<SignIn>
  /** Takes the step that the last answer began. */
  choosePassword(given: TypedTwice): Promise<SignIn>
  /** Takes the step that the last answer began (Q1). */
  setQuestions(given: { answers: Answer[] }): Promise<SignIn>
  /** Of the user who is signed in; their session goes on under a new token. */
  changePassword(given: TypedTwice & { current: SecretText }): Promise<void>
  /** Chooses the new password of a recovery (E6), and keeps the device. It signs nobody in. */
  finishRecovery(given: TypedTwice & { step: TokenText }): Promise<Recovered>
  /** Ends the session; the device stays known. */
  signOut(): Promise<void>
  /** Whether the user sees it now, and why (V). Rejects with `session.ended` where nobody is signed in. */
  canSee(resource: Resource, of?: Whose): Promise<Decision>
  /** Rejects with `actor.not_allowed` where they do not. */
  mustSee(resource: Resource, of?: Whose): Promise<void>
  /** For the field `formToken` of a form, or the header `x-form-token` of a script. */
  readonly formToken: string
  /** Throws `actor.not_allowed` where it is not the token of this visitor. */
  checkForm(given: unknown): void
}

export interface VisitOptions<Request> {
  /** The agency, or which one a request is for. */
  agency: Agency | ((request: Request) => Agency | Promise<Agency>)
  /**
   * Whether cookies are for https alone, as they should; `false` for a machine
   * of one's own.
   */
  secure?: boolean
  /** From where someone comes, for the history; by default the address. */
  source?: (request: Request) => string | undefined
}

/** The HTTP status of an error of carekey's: 422, 404, 403, 401, 409; 500 of any other. */
export function statusOf(error: CarekeyError | unknown): number
