import type {
  Agency, Answer, CarekeyError, Code, Decision, Finding, Locale, Recovered, Redeemed, Resource, Secret, SecretText, SignedIn, SignIn, TokenText,
  TypedTwice, Whose
} from '..'

/** One request of someone who comes with a browser. */
export interface Visit {
  readonly agency: Agency
  /** Who is signed in; `null` for nobody. */
  readonly user: SignedIn | null
  /** The user; throws `session.ended` where nobody is signed in. */
  signedIn(): SignedIn
  /**
   * The token of the session, for acts of the agency that take one, such as `agency.contacts(visit.session)`; `null`
   * where nobody is signed in.
   */
  readonly session: Secret | null
  /**
   * Signs in (E3). The session, or the step that comes next, is kept in a
   * cookie; and in one of its own, until it lapses, the token by which the
   * device is known at the next sign-in (E4).
   */
  signIn(given: { username: string, password: SecretText, remember?: boolean }): Promise<SignIn>
  /** Takes the step that the last answer began. */
  choosePassword(given: TypedTwice): Promise<SignIn>
  /** How many questions that step asks. Rejects as `Agency.questionCount`. */
  questionCount(): Promise<number>
  /** Takes the step that the last answer began (Q1). */
  setQuestions(given: { answers: Answer[] }): Promise<SignIn>
  /** Of the user who is signed in; their session goes on under a new token. */
  changePassword(given: TypedTwice & { current: SecretText }): Promise<void>
  /** Chooses the new password of a recovery (E6), and keeps the device. It signs nobody in. */
  finishRecovery(given: TypedTwice & { step: TokenText }): Promise<Recovered>
  /**
   * Redeems the confirmed link of an invitation (I7, I8): to the account that is signed in; else to a new one, and the
   * step to its password is kept, for {@link choosePassword}. Rejects as `Agency.redeemLink`.
   */
  redeemLink(given: { link: SecretText }): Promise<Redeemed>
  /** The same by a code, with the contact it was sent to or the application's number (I3). */
  redeemCode(given: { code: SecretText, with: string }): Promise<Redeemed>
  /** Ends the session; the device stays known. */
  signOut(): Promise<void>
  /** Whether the user sees it now, and why (V). Rejects with `session.ended` where nobody is signed in. */
  canSee(resource: Resource, of?: Whose): Promise<Decision>
  /** Rejects with `actor.not_allowed` where they do not. */
  mustSee(resource: Resource, of?: Whose): Promise<void>
  /**
   * For the field `formToken` of a form, or the header `x-form-token` of a
   * script: a second lock beside the check of where a request comes from.
   */
  readonly formToken: string
  /** Throws `actor.not_allowed` where it is not the token of this visitor. */
  checkForm(given: unknown): void
}

/** A visit of someone who is signed in. */
export interface SignedVisit extends Visit {
  readonly user: SignedIn
  readonly session: Secret
}

/** A request that is refused, as problem details (RFC 9457), in the language of its reader. */
export interface Problem {
  /** `urn:carekey:` and the code. */
  type: string
  title: string
  status: number
  code: Code
  /** All that is wrong with what was given; empty where it is one thing. */
  findings: Finding[]
}

export interface VisitOptions<Request> {
  /** The agency, or which one a request is for. */
  agency: Agency | ((request: Request) => Agency | Promise<Agency>)
  /**
   * Whether cookies are for https alone, as they should; `false` for a machine
   * of one's own.
   */
  secure?: boolean
  /** From where someone comes, for the history; by default the address, where the framework knows it. */
  source?: (request: Request) => string | undefined
  /**
   * The path of the page for signing in. Browsers that ask for a page are sent
   * there where nobody is signed in, with where they wanted to go as `next`:
   * read it with {@link returnPath}. Without it they are shown the problem.
   */
  signIn?: string
  /**
   * Other origins that may send requests which change something, such as
   * `https://login.example.com`; also the site's own, behind a proxy that
   * changes `Host`.
   */
  origins?: string[]
  /** The page, as HTML, of what went wrong, for browsers, in the language of its reader; a plain one by default. */
  page?: (problem: Problem, locale: Locale) => string
}

/** The HTTP status of an error of carekey's: 422, 404, 403, 401, 409; 500 of any other. */
export function statusOf(error: CarekeyError | unknown): number

/**
 * From here on somebody is signed in: throws `session.ended` where nobody is.
 * Without a visit it is a `TypeError`, since `carekey()` is missing then.
 *
 * @example
 * requireVisit(req.carekey)
 * res.send(req.carekey.user.displayName)
 */
export function requireVisit(visit: Visit | null | undefined): asserts visit is SignedVisit

/**
 * Where somebody goes on after signing in: the path of this site that was
 * given, with its query. It is `otherwise`, by default `/`, where it is no such
 * path or a browser could read another host in it (`//host`, `/\host`, `/%2Fhost`,
 * tabs, `/..//host`).
 */
export function returnPath(given: unknown, otherwise?: string): string
