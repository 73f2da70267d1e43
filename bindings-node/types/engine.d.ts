import type { CarekeyError, Finding, Id, Moment, Rows, Secret, SecretText, TokenText } from './basics'
import type { OfficeActs, WindowRow } from './office'
import type { Policy, PolicyDocument, PolicySettings } from './policy'
import type { Preview, Roster, RowResult } from './roster'
import type { Answer, Decision, HistoryLine, MessageText } from './rules'
import type {
  AdministrativeAct, Locale, MessageKind, MessageState, Method, OfficeAction, PartyKind, Resource, ReviewKind, Role, State, UserColumn
} from './words'

/**
 * Who acts (A1): support by name, a signed-in account, or the host's own
 * program by name. Whether they may is decided at each act.
 */
export type Actor = { support: string } | { account: Id } | { system: string }

/** From where someone comes: shown in the history, never decided upon. */
export interface From {
  source?: string
}

/** Which part of a long list. */
export interface Paging {
  offset?: number
  limit?: number
}

/** A page of a list: the rows that were asked for, and how many fit on all pages. */
export interface ListPage<T> {
  rows: T[]
  found: number
}

/** For long work: to stop it, and to hear how far it has come. */
export interface UnderWay {
  signal?: AbortSignal
  onProgress?: (progress: { done: number, total: number }) => void
}

/** A password, typed twice. Whether the two are the same is one of the findings (P4). */
export interface TypedTwice {
  password: SecretText
  confirm: SecretText
}

// --- directories and agencies ---

export interface AgencySettings {
  /** The code by which the directory knows it: 1 to 32 letters, digits, dots, hyphens, underscores. Never changes. */
  code: string
  /** Its name, as people know it. */
  name: string
  /** What staff names begin with (U3): at most 8 letters or digits. */
  prefix: string
  /** ISO 3166-1, two capital letters, for phone numbers without a country. */
  country: string
  /** The language of messages to people whose language is not known. */
  locale: Locale
  /** What links in messages begin with: `https://…`, no query. */
  linkBase: string
  /** Where messages to the agency's owner go (S1). */
  ownerEmail: string | null
  policy: PolicyDocument
}

/** Settings to be made or changed. */
export interface SettingsGiven {
  name?: string
  prefix?: string
  country?: string
  locale?: Locale
  linkBase?: string
  ownerEmail?: string | null
  policy?: Policy | PolicySettings
}

/** All that one store holds: many agencies, none of which sees another. */
export class Directory {
  private constructor()
  /**
   * Opens the directory at `sqlite:FILE`, `postgres://…` or `memory:`, and
   * makes it where there is none. The key is 32 bytes that the host keeps elsewhere.
   *
   * Rejects with `key.length`, `key.wrong`, `store.address`,
   * `store.unavailable`, `store.newer`, `store.damaged`.
   *
   * `hashingLimits`: what a password hash may cost here at most, whatever an
   * agency sets (P6); by default 64 MiB, 4 passes, 4 lanes.
   *
   * @example
   * const directory = await Directory.open('sqlite:agency.db', { key: Buffer.from(process.env.CAREKEY_KEY, 'base64') })
   */
  static open(address: string, options: {
    key: Uint8Array
    clock?: ManualClock
    hashingLimits?: { memoryKib?: number, passes?: number, lanes?: number }
  }): Promise<Directory>
  /** Makes a new agency; only support does. Rejects with `actor.not_allowed`, `agency.exists`, or findings. */
  createAgency(
    settings: SettingsGiven & { code: string, name: string, linkBase: string },
    options: { actor: Actor }
  ): Promise<Agency>
  /** Rejects with `agency.not_found`. */
  agency(code: string): Promise<Agency>
  /** All agencies, by code. */
  agencies(): Promise<Agency[]>
  /** How many password hashes were computed: for tests, which count instead of measuring. */
  hashOperations(): number
  /** Lets the store go, once the acts under way have ended. Whatever is asked later has `directory.closed`. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A clock that a host's test moves by hand. */
export class ManualClock {
  constructor(now: Date)
  advance(ms: number): void
}

// --- signing in ---

/** A session that was granted (E5). */
export interface Session {
  account: Id
  token: Secret
  expiresAt: Date
  /** Whether what keeps its token outlives the browser. */
  remembered: boolean
  /**
   * Where the device was not known: the token by which it will be, to be kept
   * there until `deviceExpiresAt`, whatever becomes of the session, and given
   * with the next sign-in (E4). It opens nothing.
   */
  device: Secret | null
  /** Until when a token of the device is good, new or known: longer with each sign-in. */
  deviceExpiresAt: Date
}

/** A step that whoever holds its token may take, once. */
export interface Step {
  token: Secret
  expiresAt: Date
}

/** What signing in, and each step of it, answers (E3). */
export type SignIn =
  | { status: 'granted', session: Session }
  | { status: 'change_password', step: Step }
  | { status: 'set_questions', step: Step }
  /** Every refusal looks the same; the reason is in the history. */
  | { status: 'refused' }

/** Who is signed in. */
export interface SignedIn {
  account: Id
  /** The first party that the account is linked to (A2). */
  party: Id | null
  /** All of them (C5). */
  parties: Id[]
  username: string
  displayName: string
  isManager: boolean
  expiresAt: Date
}

/** A recovery that was begun, and what its next step asks (E6, Q4). It looks the same for every name. */
export type Recovery =
  | { asks: 'code', token: Secret }
  | { asks: 'questions', questions: AskedQuestion[], token: Secret }
  | { asks: 'new_password', token: Secret }

/** A recovery that is over: a new password is set, and nobody is signed in by it. */
export interface Recovered {
  state: State
  /** The token by which the device is known from now on, to be kept as that of a {@link Session} (E4). */
  device: Secret
  deviceExpiresAt: Date
}

export interface AskedQuestion {
  id: string
  text: Record<Locale, string>
}

// --- invitations ---

/** Who is invited: a party to an account of their own, or an application to its family's. */
export type Invitee = { party: Id } | { application: Id }

export interface InvitationView {
  /** The agency's name. */
  agency: string
  /** The application's number, where it is for one. */
  application: string | null
  expiresAt: Date
}

/** What redeeming came to (I8). */
export type Redeemed =
  | { status: 'new_account', account: Id, username: string, step: Step }
  | { status: 'linked', account: Id, username: string }
  /**
   * An account has the contact that the invitation went to. Nothing was done,
   * and the invitation is good still: whoever has that account signs in and
   * redeems again, with the session (C6).
   */
  | { status: 'sign_in_first' }

/** What came of one item of a batch (I9). */
export interface BatchRow {
  item: Invitee
  done: boolean
  findings: Finding[]
}

/** The Online Account column (I4): the linked e-mail or phone, else what the office may do next. */
export type OnlineAccount = { linked: string } | { action: OfficeAction }

export interface ApplicationRow {
  id: Id
  number: string
  familyName: string
  family: Id
  submittedAt: Date
  onlineAccount: OnlineAccount
  invitedUntil: Date | null
}

// --- people ---

export interface Party {
  id: Id
  kind: PartyKind
  displayName: string
  roles: Role[]
  /** Those of its roles that nothing but ties in force conveys: they end with them. */
  conveyed: Role[]
  externalId: string | null
  /** As it was typed. */
  email: string | null
  /** In E.164. */
  phone: string | null
  /** Its login: of a family that several have, the first. */
  account: Id | null
  /** All its logins, those that are linked to an application of it among them (C5). */
  accounts: Id[]
}

export interface NewParty {
  /** By default a person. */
  kind?: PartyKind
  /** A person's name as it is written (`Wright, Sue` or `Sue Wright`), or an organization's. */
  name: string
  roles?: Iterable<Role>
  /** How the host knows them; unique in the agency. */
  externalId?: string | null
  email?: string | null
  phone?: string | null
  /** How they want to be written to. */
  preferred?: Method | null
  locale?: Locale | null
}

/** An account that was made, or why not. */
export interface Enrolled {
  account: Id | null
  username: string | null
  invitation: Id | null
  /** A temporary password that no message could carry: to be handed over (P8). */
  handOver: Secret | null
  findings: Finding[]
}

/** Whose something is. */
export type Whose = 'own' | { party: Id } | { application: Id }

/** One thing that a viewer sees. */
export interface Sight {
  resource: Resource
  of: Whose
  decision: Decision
}

export interface NewStaff {
  firstName: string
  lastName: string
  /** An account manager needs one. */
  email?: string | null
  /** An account manager needs one. */
  phone?: string | null
  /** In place of the generated one (U3). */
  username?: string | null
}

/** One user of the list (A3). */
export interface User {
  account: Id
  party: Id | null
  displayName: string
  firstName: string | null
  lastName: string | null
  username: string
  state: State
  isManager: boolean
  lastLogon: Date | null
  created: Date
  disabled: Date | null
  /** Who disabled it, whatever was done to it since. */
  disabledBy: string | null
  /** The last administrative act and by whom. */
  description: { act: AdministrativeAct, by: string, text: Record<Locale, string> } | null
  note: string | null
}

export interface UserQuery extends Paging {
  /** Only those whose display, first, last or user name contains it. */
  filter?: string
  showDisabled?: boolean
  /** Only accounts that are not linked to a staff record yet (A2). */
  unlinkedOnly?: boolean
  sort?: UserColumn
  descending?: boolean
}

export interface UserPage {
  users: User[]
  /** How many fit the query, on all pages. */
  found: number
  /** How many accounts of the agency are not disabled. */
  active: number
}

/** The parties of one role in the bulk window (A5). */
export interface WindowGroup {
  role: Role
  total: number
  rows: WindowRow[]
}

// --- messages ---

/** A message that was claimed: what a mailer needs. Give back this very object. */
export interface Message {
  readonly id: Id
  readonly kind: MessageKind
  readonly method: Method
  /** An e-mail address, or a phone number in E.164. */
  readonly address: string
  readonly subject: string | null
  /** It may hold a link, a code or a password. */
  readonly body: Secret
  /** Which try this is, 1 for the first. */
  readonly attempt: number
  readonly leasedUntil: Date
}

/** A message as the office sees it: `•••` for each secret. */
export interface MessageRow {
  id: Id
  kind: MessageKind
  method: Method
  address: string
  subject: string | null
  body: string
  state: MessageState
  tries: number
  createdAt: Date
  dueAt: Date
  closedAt: Date | null
}

/**
 * Messages that wait for the host's mailer or SMS gateway (N).
 *
 * @example
 * for (const message of await agency.outbox.claim(100)) {
 *   if (await mail(message)) await agency.outbox.sent(message)
 *   else await agency.outbox.failed(message)
 * }
 */
export class Outbox {
  private constructor()
  /**
   * Up to so many messages that are due, oldest first; nobody else gets them for the lease of the policy. With a
   * method, only those that go by it.
   */
  claim(most: number, options?: { method?: Method | null }): Promise<Message[]>
  /** It was sent: its secrets are removed. Rejects with `message.not_found` where the lease ran out. */
  sent(message: Message): Promise<void>
  /** The same for many, in one write; how many there were. */
  sentAll(messages: Message[]): Promise<number>
  /** It could not be sent: it is tried again later, and abandoned after the tries of the policy. */
  failed(message: Message): Promise<void>
}

// --- an agency ---

/** One tenant of a directory. Everything here is for those who come from outside; the office {@link actingAs acts}. */
export class Agency {
  private constructor()
  readonly id: Id
  readonly code: string
  readonly outbox: Outbox
  settings(): Promise<AgencySettings>
  /** The agency with someone acting. */
  actingAs(actor: Actor, options?: From): Office

  /**
   * Signs in (E3). Every refusal looks the same and costs exactly one password
   * hash. `device`: the token that an earlier session left there; such a device
   * is counted by itself, whatever strangers do (E4).
   */
  signIn(credentials: From & {
    username: string
    password: SecretText
    remember?: boolean
    device?: SecretText | null
  }): Promise<SignIn>
  /** Whose activation this link is: the username. Looking never uses it up. Rejects with `link.malformed`, `step.refused`. */
  activation(link: SecretText): Promise<string>
  /** Sets the first password by the link of the activation message (S0). It signs nobody in. */
  activate(given: From & TypedTwice & { link: SecretText }): Promise<State>
  /** Takes the step that `change_password` or a redeemed invitation began. Rejects with `step.refused` or findings, after which the step stays open. */
  choosePassword(given: From & TypedTwice & { step: TokenText }): Promise<SignIn>
  /** Takes the step that `set_questions` began (Q1). Rejects with `step.refused` or findings. */
  setQuestions(given: From & { step: TokenText, answers: Answer[] }): Promise<SignIn>
  /** Changes the password of someone who is signed in: their other sessions and devices end, this one goes on under new tokens (P4, E5). */
  changePassword(given: From & TypedTwice & { session: TokenText, current: SecretText }): Promise<Session>
  /** Who is signed in by this token. Rejects with `session.ended`. */
  session(session: TokenText): Promise<SignedIn>
  signOut(session: TokenText, options?: From): Promise<void>

  /** Begins a recovery (E6). The answer and the work are the same for unknown names. */
  recover(given: From & { username: string }): Promise<Recovery>
  /** Takes the code that was sent. Rejects with `recovery.refused`, whatever is wrong. */
  recoveryCode(given: From & { step: TokenText, code: SecretText }): Promise<Recovery>
  /** Takes the answers to all questions, right or wrong together (Q4). Rejects with `recovery.refused`. */
  recoveryAnswers(given: From & { step: TokenText, answers: Answer[] }): Promise<Recovery>
  /** Chooses the new password: all sessions end, and nobody is signed in by it. Rejects with `step.refused` or findings. */
  finishRecovery(given: From & TypedTwice & { step: TokenText }): Promise<Recovered>

  /** What an invitation's link leads to; it never uses the link up (I7). Rejects with `link.malformed`, `invitation.expired`, `invitation.refused`. */
  lookAtInvitation(link: SecretText): Promise<InvitationView>
  /**
   * Redeems a code with the contact it was sent to or the application's number
   * (I3), exactly once (I7); with a session, to that account (I8). Rejects with
   * `code.malformed`, `code.mistyped`, `session.ended`, `invitation.expired`,
   * `invitation.refused`.
   */
  redeemCode(given: From & { code: SecretText, with: string, session?: TokenText | null }): Promise<Redeemed>
  /** Redeems the confirmed link of an invitation (I7). */
  redeemLink(given: From & { link: SecretText, session?: TokenText | null }): Promise<Redeemed>

  /**
   * Confirms a new e-mail address or phone number by the link that was sent to
   * it (C2): it takes the place of the earlier one, and the username follows
   * where that was it. Gives the username. Rejects with `link.malformed`,
   * `step.refused`, or the findings about the username.
   */
  confirmContact(given: From & { link: SecretText }): Promise<string>
  /** Objects to a new contact by the link that was sent to the earlier one (C2). Rejects with `link.malformed`, `step.refused`. */
  objectToContact(given: From & { link: SecretText }): Promise<void>
  /** Writes to the agency's owner (S1). Rejects with `session.ended`, `actor.not_allowed`, `text.too_long`, `email.missing`. */
  messageOwner(given: From & { session: TokenText, text: SecretText }): Promise<void>

  /** Whether an account may see a resource now, and why (V). Rejects with `account.not_found`, `party.not_found`, `application.not_found`. */
  canSee(viewer: Id, resource: Resource, of: Whose): Promise<Decision>
  /** Everything that an account sees now. */
  sees(viewer: Id): Promise<Sight[]>
  /** Everyone who sees it now. */
  seenBy(resource: Resource, of: Whose): Promise<{ account: Id, decision: Decision }[]>

  /**
   * What an account may see, as a text that its app verifies and decides by
   * without a network (`Snapshot`). It lapses after the hours of the policy.
   * Rejects with `account.not_found`, `account.disabled`.
   */
  snapshot(viewer: Id): Promise<string>
  /** The public key of the agency's snapshots, to be built into its apps. */
  snapshotKey(): Promise<string>

  /** Rejects with `party.not_found`. */
  party(id: Id): Promise<Party>
  /** Parties whose name, e-mail or phone contains the text, by name. */
  findParties(text: string, page?: Paging): Promise<ListPage<Party>>
  /** The same, all of them, page by page. */
  eachParty(text: string): AsyncGenerator<Party, void, undefined>

  /** The history of an account, first line first (H). Rejects with `account.not_found`. */
  history(account: Id): Promise<HistoryLine[]>
  /** The agency's own: settings, managers, rosters, ties, grants. */
  agencyHistory(): Promise<HistoryLine[]>
  /** Rejects with `history.broken` and the line's number, or `history.cut`. */
  verifyHistory(account: Id): Promise<void>
  verifyAgencyHistory(): Promise<void>
  /** Removes what is over: tokens, counts, and messages so many days after they were sent. How many rows went. */
  tidy(given: { messageDays: number }): Promise<number>
}

/**
 * An agency with someone acting. Every act may reject with `actor.not_allowed`,
 * decided anew from the facts of that moment.
 */
export interface Office extends OfficeActs {}
export class Office {
  private constructor()
  readonly agency: Agency
  /** Changes what is given and leaves the rest. Rejects with findings. */
  changeSettings(settings: SettingsGiven): Promise<void>

  /** Grants a resource to one of the office staff: of one client or application, or of all (V). */
  grant(given: { party: Id, resource: Resource, of?: Invitee | null, endsAt?: Moment | null }): Promise<Id>

  /** Holds a roster against the agency; it writes nothing (B). */
  preview(roster: Roster): Promise<Preview>
  /**
   * Creates what a preview let pass. It can be run again after a crash or with
   * next month's roster. Where a signal or an error ended it before its time,
   * `stopped` says why (`act.cancelled`), and the rows what was committed: the
   * others are `not_reached`.
   */
  create(preview: Preview, options?: UnderWay & {
    /** For the office staff (S2), in place of generated ones. */
    initialPassword?: TypedTwice
  }): Promise<{ rows: Rows<RowResult>, gone: Id[], stopped: CarekeyError | null }>

  /**
   * Each item has its own result (I9). `asOf`: when the office looked at the
   * list, so that a second click sends nothing twice. Where a signal stops it,
   * the items that were not reached have `act.cancelled`.
   */
  batch(given: UnderWay & { action: OfficeAction, items: Invitee[], method?: Method | null, asOf: Moment }):
    Promise<BatchRow[]>

  /** The list of users (A3). */
  users(query?: UserQuery): Promise<UserPage>
  eachUser(query?: Omit<UserQuery, 'offset'>): AsyncGenerator<User, void, undefined>
  /** An account before its staff record (A2), with a temporary password: generated, or typed twice. */
  createStaffAccount(given: NewStaff & Partial<TypedTwice>): Promise<Enrolled>
  /** To one that the manager typed twice; its user must change it (A4, P8). */
  resetPassword(account: Id, typed: TypedTwice): Promise<void>

  /** Puts an agency's own text in the place of the one that ships; `null` brings that back (N). */
  setText(given: { kind: MessageKind, method: Method, locale: Locale, text: MessageText | null }): Promise<void>
}

/**
 * What one account may see, signed and dated (V): made by `Agency.snapshot`,
 * verified and asked without a store.
 *
 * @example
 * const options = { key, agency: '104', account, now: new Date() }
 * const snapshot = Snapshot.open(text, options)
 * if (snapshot.canSee('service_plan', { party: client }, new Date()).allowed) show(plan)
 */
export class Snapshot {
  private constructor()
  /** Whom it is about. */
  readonly account: Id
  readonly issuedAt: Date
  /** From when on it says nothing more; the moment itself is outside. */
  readonly lapsesAt: Date
  /**
   * Opens a snapshot of an agency for an account; `key` is the agency's public key.
   *
   * @throws {CarekeyError} `snapshot.malformed`, `snapshot.newer`,
   * `snapshot.other_agency`, `snapshot.forged`, `snapshot.other_viewer`,
   * `snapshot.not_yet`, `snapshot.lapsed`; `snapshot.key`
   */
  static open(text: string, given: { key: string, agency: string, account: Id, now: Moment }): Snapshot
  /**
   * As the server would decide at that moment.
   *
   * @throws {CarekeyError} `snapshot.lapsed`, `snapshot.not_yet`
   */
  canSee(resource: Resource, of: Whose, at: Moment): Decision
  /** Everything that the viewer sees at that moment. Throws as `canSee`. */
  what(at: Moment): Sight[]
}
