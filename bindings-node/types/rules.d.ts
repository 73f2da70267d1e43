// The rules alone, for a host with its own database: facts in, answers out, at
// once. Only hashing takes its time, and so is a promise. The namespaces go on in
// `functions.d.ts`, which is written from the core; here is what has a shape of
// its own.

import type { Decision, Email, GrantFound, HistoryHead, PersonName, Phone, TieFound } from './answers'
import type { Checked, Finding, Id, Moment, Params, Secret, SecretText } from './basics'
import type { Code } from './codes'
import type { HistoryLine, MessageText, NameRequest, Person, Viewer } from './given'
import type { Policy, PolicySettings } from './policy'
import type { Locale, Method, Page, Resource, Role, RowOutcome, Scope } from './words'

/** The policy that a rule goes by; the default where none is given. */
export interface ByPolicy {
  policy?: Policy | PolicySettings
}

// --- U ---

export interface Contact {
  method: Method
  display: string
  canonical: string
}

/** Pass or fail for one row (U4). */
export interface NameVerdict {
  pass: boolean
  username: string | null
  canonical: string | null
  email: Email | null
  phone: Phone | null
  findings: Finding[]
  /** Free at that moment, the best first (U5). */
  suggestions: string[]
}

export namespace username {
  /** `retired`: the names of people who were deleted. */
  function findClash(name: string, taken: string[], options?: { retired?: string[] }):
    { kind: 'taken' } | { kind: 'retired' } | { kind: 'confusable', other: string } | null
  /** The staff name of a person by a pattern (U3). */
  function staffName(given: { pattern: string, prefix: string, name: Partial<PersonName>, maxLength: number }):
    Checked<string>

  /** The usernames of an agency and of one batch (U4, U5). */
  class Usernames {
    /**
     * `taken` and `retired`, the names of people who were deleted, in canonical form.
     *
     * @throws {CarekeyError} the findings about the pattern
     */
    constructor(given: ByPolicy & { prefix: string, country: string, taken?: string[], retired?: string[] })
    check(request: NameRequest): NameVerdict
    /** In the order given; the earlier row wins. */
    checkAll(requests: NameRequest[]): NameVerdict[]
    accept(request: NameRequest, username: string): NameVerdict
    suggest(given: { line: number, name: Partial<PersonName>, most: number }): string[]
  }
}

export namespace name {}

// --- P and Q ---

export interface PasswordRules extends ByPolicy {
  /** Whether a second factor is asked too: the shorter length goes then. */
  secondFactor?: boolean
  person?: Person
}

/** Every rule, met or not (P2): for a form that ticks them off as someone types. */
export interface Checklist {
  passes: boolean
  rules: { code: Code, met: boolean, finding: Finding }[]
  /** Of those that are not met. */
  findings: Finding[]
}

/** An answer to a security question, by the question's id. */
export interface Answer {
  question: string
  answer: SecretText
}

export namespace password {
  /**
   * @example
   * const { passes, rules } = password.check(typed, { person: { names: ['Sue Wright'] } })
   */
  function check(password: SecretText, options?: PasswordRules): Checklist
  /** All that is wrong with a change (P4). `currentMatches`: whether the current one was right, where it was asked. */
  function checkChange(given: PasswordRules & {
    password: SecretText
    confirm: SecretText
    currentMatches?: boolean | null
    sameAsCurrent?: boolean
    reused?: boolean
  }): Finding[]

  /** Hashes and verifies (P6, P7), on the pool. */
  class Hasher {
    /** `pepper`: 32 bytes. */
    constructor(options?: ByPolicy & { pepper?: Uint8Array })
    hash(password: SecretText): Promise<string>
    /** `renew`: whether it should be hashed again now that the password is known. Rejects with `hash.…`. */
    verify(stored: string, password: SecretText): Promise<{ matches: boolean, renew: boolean }>
  }
}

export namespace questions {
  /** The fixed list (Q1). */
  function list(options: { locale: Locale }): { version: number, questions: { id: string, text: string }[] }
  /** Q2. Codes: `question.…`, `answer.…`. */
  function check(given: ByPolicy & { username: string, answers: Answer[] }): Finding[]
}

// --- E ---

export type Admission =
  | { status: 'evaluate' }
  | { status: 'locked', until: Date }
  | { status: 'closed' }
  | { status: 'busy' }

export namespace account {
  /** Failures, counted (E4). Keep its four fields, in one write with what it decided. */
  class Throttle {
    constructor(kept?: Partial<Pick<Throttle, 'failures' | 'open' | 'openUntil' | 'lockedUntil'>>)
    failures: number
    /** Attempts that were let in and have not ended. */
    open: number
    openUntil: Moment | null
    lockedUntil: Moment | null
    admit(given: ByPolicy & { now: Moment }): Admission
    succeeded(given: { now: Moment }): void
    failed(given: ByPolicy & { now: Moment }): void
    withdrawn(given: { now: Moment }): void
    /** A failure of another way in. */
    count(given: ByPolicy & { now: Moment }): void
  }
}

// --- I ---

/** A code in the form that is compared, and as it is shown (I3). */
export interface InvitationCode {
  canonical: Secret
  grouped: Secret
}

export namespace invitation {
  function generate(): { code: InvitationCode, link: Secret }
}

// --- N ---

export namespace message {
  function render(given: { text: MessageText, params?: Params, secrets?: Record<string, SecretText> }):
    { subject: string | null, body: Secret }
  /** @throws {CarekeyError} `link.malformed` */
  function link(given: { page: Page, base: string, token: SecretText }): Secret
  /**
   * Loads a further language from a file of texts (N), and says its tag. From
   * then on it is a language like those that ship, in the whole process.
   *
   * @throws {CarekeyError} `language.malformed`, `language.tag`, or all that is
   * not as in English, each with the place of its text in its field:
   * `language.text_missing`, `language.text_unknown`,
   * `language.parameter_missing`, `language.form_missing`, and the codes of
   * `checkTemplate`.
   */
  function loadLanguage(file: Uint8Array): Locale
}

// --- R ---

export namespace relationship {}

// --- V ---

/** Whose it is, and whether that is a client. */
export type Of = 'own' | { party: { id: Id, client: boolean } } | { application: Id }

/** One reason of a decision: the rule, and what it rests on. */
export interface Reason {
  code: Code
  resource: Resource
  role: Role | null
  tie: TieFound | null
  grant: GrantFound | null
  /** In English, for the office: a viewer need not learn what they lack. */
  message: string
}

export namespace visibility {
  interface Question extends ByPolicy {
    viewer: Viewer
    resource: Resource
    of: Of
    at: Moment
  }
  function whatCanSee(given: ByPolicy & { viewer: Viewer, others: Of[], at: Moment }):
    { resource: Resource, of: Of, decision: Decision }[]
  function whoCanSee(given: ByPolicy & { resource: Resource, of: Of, viewers: [string, Viewer][], at: Moment }):
    { id: string, decision: Decision }[]
  /**
   * A viewer that comes over once, and whose ties and grants are found by whose they are: a decision
   * costs the same however many there are. Periods count at the moment that is asked for. To be made
   * anew when the viewer or the policy changes.
   */
  class PreparedViewer {
    constructor(viewer: Viewer, given?: ByPolicy)
    decide(resource: Resource, of: Of, at: Moment): Decision
    /** How much, without why. */
    sees(resource: Resource, of: Of, at: Moment): Scope | null
    whatCanSee(others: Of[], at: Moment): { resource: Resource, of: Of, decision: Decision }[]
  }
  function reasonMessage(reason: Reason, locale: Locale): string
}

// --- H ---

export namespace history {
  /** Chains a line to those before it. `key`: 32 bytes. */
  function append(given: {
    key: Uint8Array
    head: HistoryHead
    line: Omit<HistoryLine, 'mac' | 'sequence' | 'at'> & { at: Moment, sequence?: number, mac?: string }
  }): { line: HistoryLine, head: HistoryHead }
  /** @throws {CarekeyError} `history.broken` with the number of the line, `history.cut` */
  function verify(given: { key: Uint8Array, subject: Id, lines: HistoryLine[], head: HistoryHead }): void
  function toCsv(lines: HistoryLine[]): string
  function toJsonLines(lines: HistoryLine[]): string
}

// --- B ---

export namespace roster {
  /** The words of the result column: `Account Created`, in S2's words. */
  function outcomeLabel(outcome: RowOutcome, locale: Locale): string
}
