import type { AgencyActs } from './agency'
import type { AgencyExport, AgencyRow, BatchRow, Decision, DoneRow, Edited, FeedLine, HistoryExport, RowResult, SentRow, Session, Sight, Step, TieResult, Trimmed, User, UserPage } from './answers'
import type { CarekeyError, Id, Moment, Rows, Secret, SecretText } from './basics'
import type { MessageText, NewTie } from './given'
import type { OfficeActs } from './office'
import type { Policy, PolicySettings } from './policy'
import type { Preview, Roster, TiePreview, TieRoster } from './roster'
import type {
  EventKind, Locale, MessageKind, Method, OfficeAction, PartyKind, Resource, Role, Sending, UserColumn
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

/** Settings to be made or changed. */
export interface SettingsGiven {
  name?: string
  prefix?: string
  country?: string
  locale?: Locale
  linkBase?: string
  ownerEmail?: string | null
  ownerEmails?: string[]
  timeZone?: string | null
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
  /**
   * Makes a new agency; only support does. Rejects with `actor.not_allowed`, `agency.exists`, `agency.deleted`
   * where one of that code was deleted or is being so (A9), or findings.
   */
  createAgency(
    settings: SettingsGiven & { code: string, name: string, linkBase: string },
    options: { actor: Actor }
  ): Promise<Agency>
  /**
   * The agency of that code. One that is suspended is found; what is asked of it is refused (A9). Rejects with
   * `agency.not_found`, `agency.deleted`.
   */
  agency(code: string): Promise<Agency>
  /**
   * All agencies that are not suspended, by code: those that a job of the host's has work in. `agencyRows` has
   * every one.
   */
  agencies(): Promise<Agency[]>
  /** Every agency that there is or was, by code: the suspended ones and the notes of deleted ones too (A9). */
  agencyRows(): Promise<AgencyRow[]>
  /**
   * Suspends an agency: nothing is decided in it and nobody gets in until it is resumed, by handles that were opened
   * before either (A9). Sign-in and recovery answer as to a name that nobody has; all else is refused with
   * `agency.suspended`. Nothing ends by it: sessions, links and messages wait, as long as they are good for. What an
   * app holds of it in a snapshot lasts as long as the snapshot does. Of the reason 500 characters are kept.
   *
   * Rejects with `actor.not_allowed` but for support, `agency.not_found`, `agency.suspended`, `agency.deleted`.
   */
  suspendAgency(code: string, options: { reason?: string, actor: Actor }): Promise<void>
  /**
   * Takes a suspended agency up again: everything goes on where it was (A9). Rejects with `actor.not_allowed` but for
   * support, `agency.not_found`, `agency.not_suspended`, `agency.deleted`.
   */
  resumeAgency(code: string, options: { actor: Actor }): Promise<void>
  /**
   * Writes out everything that an agency has, into a new file of JSON lines, readable and without a secret (A9). Its
   * history says so first. The file is there whole, or not at all, and its owner alone can read it; `verifyExport`
   * verifies it. Of an agency that is not suspended it has what was there when its piece was read, and may not hold
   * together.
   *
   * Rejects with `actor.not_allowed` but for support, `agency.not_found`, `agency.deleted`; `export.failed`, also
   * where there is such a file already.
   */
  exportAgency(code: string, file: string, options: { actor: Actor }): Promise<AgencyExport>
  /**
   * Deletes a suspended agency for good: every row of it, in pieces, but the note of its name, and of who deleted it
   * when and by which export, under a code that is not given again (A9). Asked for is the file of an export of it as
   * it is now: one of before anything was changed, another export among it, is none. Killed in the middle, the agency
   * stays suspended, and is deleted by calling it again with the same export.
   *
   * Rejects with `actor.not_allowed` but for support, `agency.not_found`, `agency.not_suspended`,
   * `agency.not_exported`, `agency.deleted`; `export.failed` where the file cannot be read.
   */
  deleteAgency(code: string, file: string, options: { actor: Actor }): Promise<void>
  /** How many password hashes were computed: for tests, which count instead of measuring. */
  hashOperations(): number
  /** Lets the store go, once the acts under way have ended. Whatever is asked later has `directory.closed`. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Whether the file of an export is as it was written, and every history in it (A9, H): with the directory's key, and
 * nothing else. Gives what is in it.
 *
 * Rejects with `key.length`, `export.malformed` with the number of the `line`, `history.broken`, `history.cut`,
 * `history.removed`, `export.broken`, `export.failed`.
 */
export function verifyExport(file: string, options: { key: Uint8Array }): Promise<AgencyExport>

/**
 * Whether an export of histories is as it was written, with the directory's key and nothing else (H): that nothing
 * within its span was changed, left out, added or put in another order, and which span that is. Gives what is in it.
 *
 * Rejects with `key.length`, `export.malformed` with the number of the `line`, `history.broken`, `export.broken`,
 * `export.failed`.
 */
export function verifyHistoryExport(file: string, options: { key: Uint8Array }): Promise<HistoryExport>

/** A clock that a host's test moves by hand. */
export class ManualClock {
  constructor(now: Date)
  advance(ms: number): void
}

// --- signing in ---

/** What signing in, and each step of it, answers (E3). */
export type SignIn =
  | { status: 'granted', session: Session }
  | { status: 'change_password', step: Step }
  | { status: 'set_questions', step: Step }
  /** Every refusal looks the same; the reason is in the history. */
  | { status: 'refused' }

/** A recovery that was begun, and what its next step asks (E6, Q4). It looks the same for every name. */
export type Recovery =
  | { asks: 'code', token: Secret }
  | { asks: 'questions', questions: AskedQuestion[], token: Secret }
  | { asks: 'new_password', token: Secret }

export interface AskedQuestion {
  id: string
  text: Record<Locale, string>
}

// --- grants ---

/** A grant to be given: to whom, what, of whom (of everyone where nothing is said), until when, and why. */
export interface NewGrant {
  party: Id
  resource: Resource
  of?: Invitee | null
  endsAt: Moment
  reason?: string | null
}

// --- invitations ---

/** Who is invited: a party to an account of their own, or an application to its family's. */
export type Invitee = { party: Id } | { application: Id }

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

/** The Online Account column (I4): the linked e-mail or phone, else what the office may do next. */
export type OnlineAccount = { linked: string } | { action: OfficeAction }

// --- people ---

/** Whose something is. */
export type Whose = 'own' | { party: Id } | { application: Id }

export interface UserQuery extends Paging {
  /** Only those whose display, first, last or user name contains it. */
  filter?: string
  showDisabled?: boolean
  /** Only accounts that are not linked to a staff record yet (A2). */
  unlinkedOnly?: boolean
  sort?: UserColumn
  descending?: boolean
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
export interface Agency extends AgencyActs {}
export class Agency {
  private constructor()
  readonly id: Id
  readonly code: string
  readonly outbox: Outbox
  /**
   * The agency with someone acting. Where `send` is `later`, those whom it enrols are sent their first message later
   * (I10): accounts are made whole, but no link, password or message of theirs exists until `sendStaged`, so that
   * nothing is over while they wait; families and their applications are added, and not invited yet.
   */
  actingAs(actor: Actor, options?: From & { send?: Sending | null }): Office
  /** The public key of the agency's snapshots, to be built into its apps. */
  snapshotKey(): Promise<string>
}

/** What is to be changed of a party: what is left out stays, `null` clears. */
export interface PartyEdit {
  /** A person's name as it is written, or an organization's. */
  name?: string
  /** What they are called. */
  nickname?: string | null
  email?: string | null
  /** Phone, with or without its country. */
  phone?: string | null
  /** How they want to be written to. */
  preferred?: Method | null
  /** Their language. */
  locale?: Locale | null
  /** How the host knows them; unique in the agency. */
  externalId?: string | null
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

  /**
   * Grants a resource to one of the office staff: of one client or application, or of all, until a moment (V).
   * The reason is in at most 200 characters: an emergency, say. Rejects with `party.not_found`, or the findings of
   * `checkGrant`, and after them `text.too_long`, `text.control_character`; `grant.duplicate` where they have this
   * very grant already.
   */
  grant(given: NewGrant): Promise<Id>

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
   * Holds a roster of ties against the agency: what would come of every row
   * (R, B). It writes nothing. Each end is a party that the agency knows (C4).
   */
  previewTies(roster: TieRoster): Promise<TiePreview>
  /**
   * Makes and ends the ties that a preview let pass, and enrols by policy whom
   * one makes somebody's emergency contact, payer or community (R). It can be
   * run again after a crash or with next month's roster; `stopped` is as that
   * of `create`.
   */
  createTies(preview: TiePreview, options?: UnderWay): Promise<{ rows: TieResult[], stopped: CarekeyError | null }>

  /**
   * Edits a party (A6). What is left out stays as it is; `null` clears it. A contact that is corrected is followed up
   * (C2): what was sent to the old one is dead, and is sent again where its user had not come yet; where they had, they
   * are asked to confirm the new one, and the owner of the old one is told. The account that was made for the party goes
   * by its name and language; of other accounts nothing changes. Where nothing is a change, nothing is written.
   *
   * Rejects with `party.not_found`; `party.exists` for an external identifier of another party; or the findings about
   * name, e-mail, phone, and the username where it follows.
   */
  editParty(party: Id, edit: PartyEdit): Promise<Edited>

  /**
   * Each item has its own result (I9). `asOf`: when the office looked at the
   * list, so that a second click sends nothing twice. Where a signal stops it,
   * the items that were not reached have `act.cancelled`.
   */
  batch(given: UnderWay & { action: OfficeAction, items: Invitee[], method?: Method | null, asOf: Moment }):
    Promise<BatchRow[]>

  /**
   * Sends those who wait their first message, now, each with its own result (I10). A party stands for its account; of a
   * family that has none, it is sent its invitation. Who waits no longer has `enrolment.not_staged`, so running it
   * again sends nothing twice. Where a signal stops it, the items that were not reached have `act.cancelled`.
   */
  sendStaged(given: UnderWay & { items: ({ account: Id } | { party: Id })[] }): Promise<SentRow[]>

  /**
   * Makes many ties (R): `relate` for each, with a result for each. Run again, it makes none twice: one that is there
   * has `tie.duplicate`. Where a signal stops it, those that were not reached have `act.cancelled`.
   */
  relateAll(given: UnderWay & { ties: NewTie[] }): Promise<DoneRow[]>
  /**
   * Gives many grants (V): `grant` for each, with a result for each. Run again with the same ends, it gives none twice:
   * one that is there has `grant.duplicate`. Where a signal stops it, those that were not reached have `act.cancelled`.
   */
  grantAll(given: UnderWay & { grants: NewGrant[] }): Promise<DoneRow[]>

  /** The list of users (A3). */
  users(query?: UserQuery): Promise<UserPage>
  /**
   * All lines of the feed after a cursor, by kind and time, read page by page, up to those that are there when the last
   * page is read (H). Each line has the cursor from which to go on after it; `limit` is how many are read at a time.
   */
  eachFeedLine(
    query?: { after?: string | null, kinds?: Iterable<EventKind>, since?: Moment | null, until?: Moment | null, limit?: number }
  ): AsyncGenerator<FeedLine, void, undefined>
  /**
   * Writes out the lines of a span of time, of all histories of the agency or of one account's, into a new file of
   * JSON lines (H). Its history says so first. The file is there whole, or not at all, and its owner alone can read it;
   * `verifyHistoryExport` verifies it. Without `until` it ends now.
   *
   * Rejects with `actor.not_allowed`, `account.not_found`, `history.broken`, `history.cut`; `export.failed`, also where
   * there is such a file already.
   */
  exportHistory(file: string, range?: { account?: Id | null, since?: Moment | null, until?: Moment | null }):
    Promise<HistoryExport>
  /**
   * Removes from the histories the lines that the file of an export of all of them has in it: those of before its
   * moment, from the first on (H). In each history a checkpoint stays, so that what remains is verified as before.
   * Killed in the middle, it goes on when it is called again with the same export. Only support does it.
   *
   * Rejects with `actor.not_allowed` but for support, `history.not_exported`, `export.malformed`, `export.broken`,
   * `history.broken`, `history.cut`; `export.failed` where the file cannot be read.
   */
  trimHistory(file: string): Promise<Trimmed>
  eachUser(query?: Omit<UserQuery, 'offset'>): AsyncGenerator<User, void, undefined>

  /**
   * What a text looks like to whoever gets it: one that may be set, or with `null` the one that is sent (N). It is
   * filled in with sample values in its language; its links, codes and passwords open nothing. Nothing is written, and
   * nobody gets it.
   *
   * Rejects with `actor.not_allowed`, and the findings of `message.checkTemplate`.
   */
  previewText(given: { kind: MessageKind, method: Method, locale: Locale, text: MessageText | null }):
    Promise<{ subject: string | null, body: Secret }>

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
   * `snapshot.older`, `snapshot.other_agency`, `snapshot.forged`, `snapshot.other_viewer`,
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
