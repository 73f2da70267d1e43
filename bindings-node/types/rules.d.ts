// The rules alone, for a host with its own database: facts in, answers out, at
// once. Only hashing takes its time, and so is a promise.

import type { Decision, Email, GrantFound, PersonName, Phone, TieFound } from './answers'
import type { Checked, Finding, Id, Moment, Params, Secret, SecretText } from './basics'
import type { Code } from './codes'
import type { OnlineAccount } from './engine'
import type {
  HistoryLine, Invitation, MessageText, NameRequest, PartyFacts, Period, Person, Tie, TokenLife, Viewer
} from './given'
import type { Policy, PolicySettings } from './policy'
import type {
  Cell, HashKind, Locale, MessageKind, Method, OfficeAction, Page, PartyKind, Resource, Role, RowOutcome, Scope,
  Stage, Standing, State, TieKind
} from './words'

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
  /** U1. Codes: `email.…`; a likely slip in a known domain is a warning with the mended address. */
  function checkEmail(typed: string): Checked<Email>
  /** U2. `country`: ISO 3166-1, for numbers without one. Codes: `phone.…`. */
  function checkPhone(typed: string, options: { country: string }): Checked<Phone>
  /** An e-mail address or a phone number (U2). */
  function checkContact(typed: string, options: { country: string }): Checked<Contact>
  /** The form in which names are compared (U6); canonicalising twice changes nothing. */
  function canonical(typed: string, options: { country: string }): string
  /** Two names that look alike have the same one (U6). */
  function skeleton(canonical: string): string
  /** `retired`: the names of people who were deleted. */
  function findClash(name: string, taken: string[], options?: { retired?: string[] }):
    { kind: 'taken' } | { kind: 'retired' } | { kind: 'confusable', other: string } | null
  /** The staff name of a person by a pattern (U3). */
  function staffName(given: { pattern: string, prefix: string, name: Partial<PersonName>, maxLength: number }):
    Checked<string>
  /** A staff name that someone typed (U3). */
  function checkStaffName(typed: string, options: { maxLength: number }): Checked<string>

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

export namespace name {
  /** A person's name as it is written: `Wright, Sue (Susie)` or `Sue Wright`. */
  function parse(typed: string): Checked<PersonName>
  function display(name: Partial<PersonName>): string
  /** The same for two ways of writing one name. */
  function key(name: Partial<PersonName>): string
}

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
  /** A temporary password that the policy admits (P8). */
  function temporary(options?: ByPolicy): Secret
  /** Whether attackers try it first (P5). */
  function isBlockListed(password: SecretText): boolean
  /**
   * Whether a stored hash can be taken over, and what made it (P7). Codes: `hash.unsupported` with its `kind`,
   * `hash.unrecognised`, `hash.out_of_bounds`; the warning `hash.unusable`, where there is no password that can be used.
   */
  function checkHash(stored: SecretText): Checked<HashKind>

  /**
   * How much memory all hashes of this process may hold at a time, in KiB (P6): 64 MiB for each core where nobody says.
   * A hash that finds too little left waits its turn; one that is larger runs alone.
   */
  function limitHashingMemory(kib: number): void
  /** What hashing holds of the memory of this process, in KiB, and how many hashes wait for some. */
  function hashingMemory(): { limitKib: number, takenKib: number, keptKib: number, mostKib: number, waiting: number }

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
  /** How answers are compared (Q3). */
  function normalise(answer: SecretText): Secret
}

// --- E ---

export type Admission =
  | { status: 'evaluate' }
  | { status: 'locked', until: Date }
  | { status: 'closed' }
  | { status: 'busy' }

export namespace account {
  /** Where an enrolment stands once a password is chosen (E2). */
  function afterPassword(stage: Stage, options?: ByPolicy & { questionsSet?: boolean }): Stage
  function afterQuestions(stage: Stage): Stage
  function state(stage: Stage, options?: { disabled?: boolean }): State
  function session(given: ByPolicy & { now: Moment, remember?: boolean, epoch?: number }): TokenLife
  function step(given: { now: Moment, lastsMs: number, epoch?: number }): TokenLife
  /** `epoch`: that of the account now. */
  function isLive(life: TokenLife, given: { now: Moment, epoch: number }): boolean

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
  /** A typing slip is told from a wrong code without asking the store: `code.mistyped`, `code.malformed`. */
  function parseCode(typed: SecretText): Checked<InvitationCode>
  /** The token of a link, or alone. Codes: `link.malformed`. */
  function parseLink(text: SecretText): Checked<Secret>
  function issue(given: ByPolicy & { contact: string, method: Method, now: Moment }): Invitation
  function standing(invitation: Invitation, now: Moment): Standing
  /** In milliseconds. */
  function timeLeft(invitation: Invitation, now: Moment): number
  /** @throws {CarekeyError} `invitation.expired`, `invitation.refused` */
  function redeem(invitation: Invitation, now: Moment): Invitation
  function supersede(invitation: Invitation, now: Moment): Invitation
  /** I4. */
  function nextAction(given: { linked: boolean, sent: boolean }): OfficeAction
  function checkAction(action: OfficeAction, given: { linked: boolean, sent: boolean }): Finding | null
  function onlineAccount(given: { linkedContact?: string | null, sent: boolean }): OnlineAccount
  /** I1. Codes: `invitation.no_contact`. */
  function chooseMethod(given: {
    preferred?: Method | null
    asked?: Method | null
    email?: string | null
    phone?: string | null
  }): Checked<{ method: Method, contact: string }>
}

// --- N ---

export namespace message {
  /** What a text may speak of. */
  function fields(kind: MessageKind): { params: string[], secrets: string[] }
  function shipped(given: { kind: MessageKind, method: Method, locale: Locale }): MessageText
  /** Codes: `template.…`. */
  function checkTemplate(given: { kind: MessageKind, method: Method, text: MessageText }): Finding[]
  function render(given: { text: MessageText, params?: Params, secrets?: Record<string, SecretText> }):
    { subject: string | null, body: Secret }
  /** With `•••` for each secret. */
  function masked(given: { kind: MessageKind, text: MessageText, params?: Params }): MessageText
  function page(kind: MessageKind): Page
  function address(given: { page: Page, base: string }): string
  /** @throws {CarekeyError} `link.malformed` */
  function link(given: { page: Page, base: string, token: SecretText }): Secret
  function checkLinkBase(typed: string): Checked<string>
  /** When a message that failed so often is tried again; `null` where it is abandoned. */
  function retryAt(given: ByPolicy & { tries: number, now: Moment }): Date | null
  /** A span of time in words. */
  function span(ms: number, locale: Locale): string
  /** A moment in words. */
  function moment(at: Moment, locale: Locale): string
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

export namespace relationship {
  function roleFits(role: Role, kind: PartyKind): Finding | null
  /** The role that a tie gives its `who`. */
  function conveys(kind: TieKind): Role | null
  /** The roles that the ties of a party convey at that moment: they begin and end with the ties. */
  function conveyed(who: Id, ties: Tie[], at: Moment): Role[]
  /** Codes: `tie.…`. */
  function checkTie(given: { kind: TieKind, who: PartyFacts, of: PartyFacts, period: Period, existing?: Tie[] }):
    Finding[]
  function inForce(period: Period, at: Moment): boolean
  function overlaps(period: Period, other: Period): boolean
  function isValid(period: Period): boolean
}

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
  /** Default deny. */
  function decide(given: Question): Decision
  /** How much, without why. */
  function sees(given: Question): Scope | null
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
  function cell(role: Role, resource: Resource): Cell
  /** Codes: `grant.…`. */
  function checkGrant(given: { to: PartyFacts, resource: Resource, period: Period }): Finding[]
  function checkPolicy(policy?: Policy | PolicySettings): Finding[]
  function reasonMessage(reason: Reason, locale: Locale): string
}

// --- H ---

/** Where a history ends: kept beside what it is about. Begins as `{ length: 0, mac: '' }`. */
export interface HistoryHead {
  length: number
  mac: string
}

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
