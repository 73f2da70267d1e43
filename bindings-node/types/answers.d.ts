// Written by core/surface from the core: change it there, not here.

import type { Finding, Id, Params, Secret } from './basics'
import type { Invitee, OnlineAccount, Whose } from './engine'
import type { PolicyDocument } from './policy'
import type { Reason } from './rules'
import type { ActorKind, AdministrativeAct, AgencyState, EventKind, LinkAct, Locale, MessageKind, MessageState, Method, OfficeAct, PartyKind, Resource, ReviewKind, Role, RosterColumn, RowOutcome, Scope, SessionKind, Standing, State, TieKind, TieOutcome } from './words'

/** What an export of an agency has in it (A9). */
export interface AgencyExport {
  /** The code of the agency. */
  agency: string
  /** Since when it was suspended then, if it was. */
  suspendedAt: Date | null
  /** The SHA-256 of all bytes, in hexadecimal, as `sha256sum` says it. */
  sha256: string
  /** How many rows are in it; how many of each table its last line says. */
  rows: number
}

/** An agency as its directory knows it, whatever its state (A9). */
export interface AgencyRow {
  /** The code by which the directory knows it. */
  code: string
  /** Its name. */
  name: string
  /** How it stands. */
  state: AgencyState
  /** Since when it stands so: created, suspended, being deleted, deleted. */
  since: Date
  /** Who suspended or deleted it. */
  by: string | null
  /** Why it was suspended. */
  reason: string | null
  /** The SHA-256 of the export that the deletion rests on, in hexadecimal. */
  export: string | null
}

/** The settings of an agency. */
export interface AgencySettings {
  /**
   * The code by which the directory knows it: 1 to 32 letters, digits, dots, hyphens or
   * underscores. It never changes.
   */
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
  /** Where they go as well, where the agency has several owners. An address that is in both gets one message. */
  ownerEmails: string[]
  /** The time zone in which messages tell moments, by its IANA name: `America/Toronto`. By default UTC. */
  timeZone: string | null
  /** Every number and switch. */
  policy: PolicyDocument
}

/** What somebody may do for the office, and on whom (A7). */
export interface Allowed {
  /** The act. */
  act: OfficeAct
  /** On people who have no other roles than these. */
  roles: Role[]
}

/** An application as the office's list shows it (I4). */
export interface ApplicationRow {
  /** Its identifier. */
  id: Id
  /** The number that the office knows it by. */
  number: string
  /** The family's name. */
  familyName: string
  /** The family. */
  family: Id
  /** When it was submitted. */
  submittedAt: Date
  /** The linked e-mail or phone, else what the office may do next. */
  onlineAccount: OnlineAccount
  /** Until when the current invitation is good, if one was sent. */
  invitedUntil: Date | null
  /**
   * Where the current invitation went, in canonical form; of one that was printed, the contact that
   * goes with its code.
   */
  invitedContact: string | null
  /** How it went there. */
  invitedMethod: Method | null
  /** Where the current invitation stands. */
  invitation: Standing | null
}

/** What came of one item of a batch (I9). */
export interface BatchRow {
  /** The item. */
  item: Invitee
  /** Whether it was done. */
  done: boolean
  /** Why not, and what else there is to say. */
  findings: Finding[]
}

/** What came of one of many (A5). */
export interface DoneRow {
  /** The account: the one that was named, or that the party has now. */
  account: Id | null
  /** The party that was named; of a tie, who has the part; of a grant, to whom. */
  party: Id | null
  /** The tie that was made. */
  tie: Id | null
  /** The grant that was given. */
  grant: Id | null
  /** The username of an account that was made, as it is shown. */
  username: string | null
  /** Whether it was done. */
  done: boolean
  /** A temporary password that no message could carry, to be handed over. */
  handOver: Secret | null
  /** Why not, and what else there is to say. */
  findings: Finding[]
}

/** What came of editing a party. */
export interface Edited {
  /** What is otherwise now; `null` where all was so already. */
  changes: { field: string, before: string | null, after: string | null }[]
  /** Whether what had been sent to the old contact went out again, to the new one (C2). */
  sentAgain: boolean
  /**
   * What else there is to say: `contact.to_be_confirmed` of each contact that waits for its user
   * (C2), where no invitation could go out again, and what the checks warn of.
   */
  findings: Finding[]
}

/** What came of enrolling someone. */
export interface Enrolled {
  /**
   * The new account; `null` where the scheme makes it later (families, when they redeem their code)
   * or where the findings forbid it.
   */
  account: Id | null
  /** The username, as it is shown. */
  username: string | null
  /** The invitation that was sent (families). */
  invitation: Id | null
  /** A temporary password that no message could carry, to be handed over in person. */
  handOver: Secret | null
  /** Why there is no account or no message, and what else there is to say. */
  findings: Finding[]
}

/** A line of the feed (H). */
export interface FeedLine {
  /** The account whose history it is in; `null` for the agency's own. */
  account: Id | null
  /** From where what came after this line is asked for. */
  cursor: string
  /** Whose history it is: an account's, or the agency's own. */
  subject: Id
  /** 1 for the first line, without gaps. */
  sequence: number
  /** When. */
  at: Date
  /** What. */
  kind: EventKind
  /** What sort of actor. */
  actor: ActorKind
  /** The actor's account. */
  actorAccount: Id | null
  /** The actor's name as it was then. */
  actorName: string
  /** Before, after, and what else there is to say. */
  details: Params
  /** From where: an address or a device. */
  source: string | null
  /** The keyed hash of this line and the one before, 32 bytes. */
  mac: string
}

/** A page of the feed (H). */
export interface FeedPage {
  /** The lines, in the order in which they came to be seen. */
  lines: FeedLine[]
  /**
   * From where what came after is asked for: after the last line here or, where no more fit, after
   * all that were there, those that did not fit too.
   */
  next: string
  /** Whether more fit already. */
  more: boolean
}

/** Someone who was deleted, as far as anything is left to say. */
export interface Former {
  /** The party that they were. */
  party: Id
  /** When they were deleted. */
  deletedAt: Date
}

/** A grant as the office lists it. */
export interface GrantRow {
  /** The grant. */
  grant: Id
  /** To whom. */
  to: Id
  /** Their name, as it is shown. */
  toName: string
  /** What. */
  resource: Resource
  /** The client or the application whose it is; `null` for every one. */
  of: Id | null
  /** The client's name, as it is shown, or the application's number. */
  ofName: string | null
  /** From when. */
  beginsAt: Date
  /** Until when; the moment itself is outside. Nothing only where the grant was given before every one had an end. */
  endsAt: Date | null
  /** Why it was given. */
  reason: string | null
}

/** What an export of histories has in it (H). */
export interface HistoryExport {
  /** The code of the agency. */
  agency: string
  /** Whose history it is; `null` for all, the agency's own among them. */
  account: Id | null
  /** From which moment on; `null` for from the first line that was there. */
  since: Date | null
  /** Before which moment. */
  until: Date
  /** The SHA-256 of all bytes, in hexadecimal, as `sha256sum` says it. */
  sha256: string
  /** How many lines are in it. */
  lines: number
  /** How many lines of these histories had been removed before it was made. */
  removed: number
}

/** An invitation as the office sees it: never what it says. */
export interface InvitationRow {
  /** The invitation. */
  invitation: Id
  /** How it went. */
  method: Method
  /** Where to, in canonical form. */
  contact: string
  /** From when on it is dead. */
  expiresAt: Date
  /** Where it stands. */
  standing: Standing
}

/** What someone who opened an invitation's link is shown. Looking uses nothing up (I7). */
export interface InvitationView {
  /** The agency's name. */
  agency: string
  /** The application's number, where it is for one. */
  application: string | null
  /** Until when it is good. */
  expiresAt: Date
}

/** A link as the office lists it (C5). */
export interface LinkRow {
  /** The link. */
  link: Id
  /** The account. */
  account: Id
  /** Its username, as it is shown. */
  username: string
  /** The application, where the link is for one alone. */
  application: Id | null
  /** That application's number. */
  number: string | null
  /** Since when. */
  since: Date
  /** Until when; the moment itself is outside. */
  endsAt: Date | null
  /** By which act it came to be. */
  act: LinkAct
  /** Who did it, as their name was then. */
  by: string
}

/** What a merge does, or did. */
export interface Merged {
  /** The party that has everything now. */
  party: Id
  /** The roles that it had not. */
  roles: Role[]
  /**
   * What it had not and got, by name: `nickname`, `email`, `phone`, `preferred`, `language`,
   * `external_id`, `invitation`.
   */
  given: string[]
  /** The ties that moved to it, those that were joined among them. */
  ties: Id[]
  /** Of these, those that both had: one has the time of both now, and these none. */
  joined: Id[]
  /** The ties between the two, which are over. */
  ended: Id[]
  /** The grants that moved, and those of the other's data. */
  grants: Id[]
  /** The links that moved to it. */
  links: Id[]
  /** The applications that moved to it. */
  applications: Id[]
  /** The invitations that moved to it. */
  invitations: Id[]
  /** The invitations, of either, that are dead: there is an account, or one is enough. */
  cancelled: Id[]
}

/** A message as the office sees it: its secrets masked. */
export interface MessageRow {
  /** Its identifier. */
  id: Id
  /** What it says. */
  kind: MessageKind
  /** How it goes. */
  method: Method
  /** Where to. */
  address: string
  /** The subject of a mail. */
  subject: string | null
  /** The text, with `•••` for each secret. */
  body: string
  /** Where it stands. */
  state: MessageState
  /** How often it was tried. */
  tries: number
  /** When it was put here. */
  createdAt: Date
  /** When it may be claimed next. */
  dueAt: Date
  /** When it was sent or abandoned. */
  closedAt: Date | null
}

/** A contact of one's own account (C1). */
export interface OwnContact {
  /** E-mail or SMS. */
  method: Method
  /** The address, or the number in E.164. */
  address: string
  /** Since when it is shown to be the user's: recovery codes and notices go to such ones alone. */
  provenAt: Date | null
  /** Until when it waits to be confirmed, where it does: it takes the place of the one of its kind then. */
  confirmUntil: Date | null
  /** When the owner of the earlier one objected to it: it waits for the office. */
  objectedAt: Date | null
}

/** The same, as its user sees it (E5). */
export interface OwnSession {
  /** By which it is ended; it is no token. */
  id: Id
  /** A session, or a device. */
  kind: SessionKind
  /** Since when: the sign-in. */
  since: Date
  /**
   * When it was last used: of a session to 15 seconds, of a remembered one to an hour; of a device
   * its last sign-in.
   */
  lastUsedAt: Date
  /** When it ends at the latest. */
  until: Date
  /** From where it began, as the host worded it. */
  source: string | null
  /** Whether it is a session that is remembered, used or not. */
  remembered: boolean
  /** The device that a session began at, while that is known. */
  device: Id | null
  /** Whether it is the session that asks, or the device that this began at. */
  current: boolean
}

/** A party as the agency knows it. */
export interface Party {
  /** Its identifier. */
  id: Id
  /** Person or organization. */
  kind: PartyKind
  /** The name as it is shown. */
  displayName: string
  /** Given name. */
  firstName: string | null
  /** Second given name or its initial. */
  middleName: string | null
  /** Family name; the whole name of a person who has one name. */
  lastName: string | null
  /** What it is called. */
  nickname: string | null
  /** What it is to the agency now: what the office made it, and what its ties in force convey. */
  roles: Role[]
  /** Those of its roles that nothing but ties in force conveys: they end with them. */
  conveyed: Role[]
  /** How the host knows it. */
  externalId: string | null
  /** E-mail, as it was typed. */
  email: string | null
  /** Phone, in E.164. */
  phone: string | null
  /** How it wants to be written to, where it said so. */
  preferred: Method | null
  /** Its language, where that is not the agency's. */
  locale: Locale | null
  /** When the agency came to know it. */
  createdAt: Date
  /** Its login: of a family that several have, the first. */
  account: Id | null
  /** All its logins, those that are linked to an application of it among them (C5). */
  accounts: Id[]
}

/** All that the office knows of a party. */
export interface PartyFile {
  /** The party; its conveyed roles are those of the moment that was asked for, or of now. */
  party: Party
  /** Which accounts belong to it and to its applications (C5), the latest first. */
  links: LinkRow[]
  /** What it is to others, and what others are to it (R), the latest begun first. */
  ties: TieRow[]
  /** What it may see beyond the matrix (V), the latest begun first. */
  grants: GrantRow[]
  /** Its current invitation, as it stands now. */
  invitation: InvitationRow | null
  /** Its applications, the newest first (I4). */
  applications: ApplicationRow[]
}

/**
 * An invitation on paper: what is printed, and handed over (I10). It is shown once: what is stored
 * of it are keyed digests.
 */
export interface PrintedCode {
  /** The invitation. */
  invitation: Id
  /** The code, in groups. */
  code: Secret
  /** The link, for a square that a phone reads. */
  link: Secret
  /**
   * What is asked for together with the code: the party's e-mail or phone as the office has it. It
   * becomes the username (U2).
   */
  contact: string
  /** The application's number, which is asked for in its place. */
  application: string | null
  /** From when on it is dead; the moment itself is outside. */
  expiresAt: Date
}

/** A recovery that is over: a new password is set, and nobody is signed in by it. */
export interface Recovered {
  /** Where the account stands. */
  state: State
  /**
   * The token by which the device that it was done at is known from now on: to be kept there, and
   * given with the sign-in that comes next, which no stranger can keep waiting then (E4). It opens
   * nothing.
   */
  device: Secret
  /** Until when it is good. */
  deviceExpiresAt: Date
}

/** One thing of the access review. */
export interface ReviewItem {
  /** Why it stands here. */
  kind: ReviewKind
  /** The account it is about. */
  account: Id | null
  /** The parties it is about: one, or all that share something. */
  parties: Id[]
  /** The application, for an invitation to one. */
  application: Id | null
  /** The names, as they are shown. */
  names: string[]
  /**
   * The contacts it is about: of an objection the new one and the earlier ones of the account, one
   * of which the office takes away; of an own contact the party's and the account's.
   */
  contacts: string[]
  /** Since when: created, lapsed, last used. */
  since: Date | null
}

/** What came of one row of a roster. */
export interface RowResult {
  /** The line of the row. */
  line: number
  /** What came of it. */
  outcome: RowOutcome
  /** The party, where there is one. */
  party: Id | null
  /** The account, where there is one. */
  account: Id | null
  /** The username, as it is shown. */
  username: string | null
  /** A temporary password that no message could carry, to be handed over. */
  handOver: Secret | null
  /** Why it failed, and what else there is to say. */
  findings: Finding[]
}

/** What came of sending to one who waited (I10). */
export interface SentRow {
  /** The account that was sent to. */
  account: Id | null
  /** The party that was named, or that the account was made for. */
  party: Id | null
  /** The username of the account, as it is shown. */
  username: string | null
  /** Whether it was done. */
  done: boolean
  /** A temporary password that no message could carry, to be handed over. */
  handOver: Secret | null
  /** Why not, and what else there is to say. */
  findings: Finding[]
}

/** A session that was granted. The tokens go to the user and nowhere else. */
export interface Session {
  /** Whose it is. */
  account: Id
  /** 256 random bits in base64url; only a digest is kept. */
  token: Secret
  /** When it ends at the latest. */
  expiresAt: Date
  /** Whether it is remembered (E5): what keeps its token outlives the browser. */
  remembered: boolean
  /**
   * Where the user came from a device that was not known: the token by which it will be, to be kept
   * there until `device_expires_at` and given with the next sign-in (E4). It opens nothing.
   */
  device: Secret | null
  /** Until when a token of the device is good, new or known: longer with each sign-in. */
  deviceExpiresAt: Date
}

/** A session that is live, or a device that is known (E5), as the office sees it. Nothing of it opens anything. */
export interface SessionRow {
  /** By which it is ended; it is no token. */
  id: Id
  /** A session, or a device. */
  kind: SessionKind
  /** Since when: the sign-in. */
  since: Date
  /**
   * When it was last used: of a session to 15 seconds, of a remembered one to an hour; of a device
   * its last sign-in.
   */
  lastUsedAt: Date
  /** When it ends at the latest. */
  until: Date
  /** From where it began, as the host worded it. */
  source: string | null
  /** Whether it is a session that is remembered, used or not. */
  remembered: boolean
  /** The device that a session began at, while that is known. */
  device: Id | null
}

/** Who a session belongs to. */
export interface SignedIn {
  /** The account. */
  account: Id
  /** The first party that the account is linked to, where it is (A2). */
  party: Id | null
  /** All parties that it is linked to (C5). */
  parties: Id[]
  /** The username, as it is shown. */
  username: string
  /** The name, as it is shown. */
  displayName: string
  /** Whether it is an account manager (A1). */
  isManager: boolean
  /** When the session ends at the latest. */
  expiresAt: Date
}

/** What a split did. */
export interface Split {
  /** The party that is there again. */
  party: Id
  /** The one that it had been merged into. */
  of: Id
  /** What moved back: ties, grants, links, applications and invitations. */
  moved: Id[]
  /**
   * What is not as it was before the merge: ties, grants, links and invitations that were ended
   * since, or that the merge had ended for good; and the party itself, where it has lost a role
   * that was taken away since, or where what is written down of both was corrected since, which
   * stays with the other one.
   */
  changed: Id[]
}

/** One line of the list of those who wait to be sent something (I10). */
export interface StagedRow {
  /** The account; `null` for a family, whose account comes with its invitation. */
  account: Id | null
  /** The party; `null` for an account that came before its staff record (A2). */
  party: Id | null
  /** As it is shown. */
  displayName: string
  /** Since when it waits. */
  since: Date
}

/** A step that was begun: whoever holds the token may take it, once. */
export interface Step {
  /** 256 random bits in base64url; only a digest is kept. */
  token: Secret
  /** Until when it can be taken. */
  expiresAt: Date
}

/** A text as it is sent. */
export interface TextRow {
  /** Of which kind of message. */
  kind: MessageKind
  /** By which way. */
  method: Method
  /** In which language. */
  locale: Locale
  /** The subject of an e-mail; an SMS has none. */
  subject: string | null
  /** The text itself, plain, with its line breaks. */
  body: string
  /** Whether it is the agency's own, in the place of the one that ships. */
  own: boolean
}

/** What came of one row of a roster of ties. */
export interface TieResult {
  /** The line of the row. */
  line: number
  /** What came of it. */
  outcome: TieOutcome
  /** The tie, where there is one. */
  tie: Id | null
  /** The one who has the part, where that is certain. */
  who: Id | null
  /** The one whose relationship it is, where that is certain. */
  of: Id | null
  /** The account that was made for `who`, where the tie enrolled them. */
  account: Id | null
  /** Their username, as it is shown. */
  username: string | null
  /** A temporary password that no message could carry, to be handed over. */
  handOver: Secret | null
  /**
   * Why it failed, and what else there is to say: also why `who` could not be enrolled, which keeps
   * no tie from being made.
   */
  findings: Finding[]
}

/** A tie as the office lists it. */
export interface TieRow {
  /** The tie. */
  tie: Id
  /** What `who` is to `of`. */
  kind: TieKind
  /** The one who has the part. */
  who: Id
  /** Their name, as it is shown. */
  whoName: string
  /** The one whose relationship it is. */
  of: Id
  /** Their name, as it is shown. */
  ofName: string
  /** From when. */
  beginsAt: Date
  /** Until when; the moment itself is outside. */
  endsAt: Date | null
  /** The document that it rests on. */
  reference: string | null
}

/** What was removed of an agency's histories (H). */
export interface Trimmed {
  /** Before which moment the lines were. */
  until: Date
  /** How many lines were removed by this call. */
  lines: number
}

/** One user of the list (A3). */
export interface User {
  /** The account. */
  account: Id
  /** The first party it is linked to. */
  party: Id | null
  /** First and last name. */
  displayName: string
  /** Given name. */
  firstName: string | null
  /** Family name. */
  lastName: string | null
  /** The logon name. */
  username: string
  /** Where the account stands. */
  state: State
  /** Whether it is an account manager. */
  isManager: boolean
  /** The last sign-in. */
  lastLogon: Date | null
  /** When the account was created. */
  created: Date
  /** Since when it is disabled. */
  disabled: Date | null
  /** By whom, whatever was done to it since; `null` for an account that was disabled before carekey kept it. */
  disabledBy: string | null
  /** The last administrative act and by whom. */
  description: { act: AdministrativeAct, by: string, text: Record<Locale, string> } | null
  /** A free note (A5). */
  note: string | null
  /** Since when its first message waits to be sent (I10). */
  staged: Date | null
}

/** A page of the list of users. */
export interface UserPage {
  /** The users, in the order asked for. */
  users: User[]
  /** How many fit the query, on all pages. */
  found: number
  /** How many accounts of the agency are not disabled. */
  active: number
}

/** The parties of one role, with their number. */
export interface WindowGroup {
  /** The role. */
  role: Role
  /** How many parties have it, on all pages. */
  total: number
  /** The page asked for, by name. */
  rows: WindowRow[]
}

/** One party of the bulk window (S0). */
export interface WindowRow {
  /** The party. */
  party: Id
  /** Person or company, as it is shown. */
  displayName: string
  /** The username, where there is an account. */
  username: string | null
  /** E-mail, as it was typed. */
  email: string | null
  /** Cell, as it was typed. */
  phone: string | null
  /** The account: whether it exists already. */
  account: Id | null
  /** The account's status. */
  state: State | null
  /** The account's free note. */
  note: string | null
  /** Since when the account's first message waits to be sent (I10). */
  staged: Date | null
}

/** The end of a chain, kept with the record whose history it is (rule H). */
export interface HistoryHead {
  /** How many lines there are. */
  length: number
  /** The keyed hash over the last line's mac and the length; empty for none. */
  mac: string
}

/** A stable word, and how people call it. */
export interface Label {
  /** The word of the API. */
  word: string
  /** What a page shows. */
  label: string
}

/** The name of a person. */
export interface PersonName {
  /** The first name. */
  first: string | null
  /** The middle name or names, or their initials. */
  middle: string | null
  /** The last name, with its particles (`van der`) and its suffix (`Jr.`). */
  last: string | null
  /** What the person is called; no username is made from it. */
  nickname: string | null
}

/** A typed, dated, directed tie: `who` is the `kind` of `of`. */
export interface TieFound {
  /** What `who` is to `of`. */
  kind: TieKind
  /** The one who has the part: the emergency contact, the payer. */
  who: Id
  /** The one whose relationship it is: the client, as a rule. */
  of: Id
  /** From this moment on, itself included. */
  beginsAt: Date
  /** Until this moment, itself excluded; `null` for no end. */
  endsAt: Date | null
}

/**
 * What a file has to choose from, where it does not say itself how it is to be read: what a page
 * asks an office, before and after it is told.
 */
export interface Outline {
  /** The sheets of a workbook, in its order; of a text, none. */
  sheets: string[]
  /**
   * The titles of the header, in the order of the file, blank ones left out; none while it has to
   * be told which sheet is meant. Where no line has those of a roster, the likeliest.
   */
  titles: Titled[]
}

/** How many rows there are of each kind. The last five add up to the first. */
export interface Summary {
  /** All rows. */
  rows: number
  /** Pass, and make an account. */
  create: number
  /** Pass, and change something. */
  update: number
  /** Pass, and change nothing. */
  unchanged: number
  /** Wait for a decision. */
  waiting: number
  /** Fail. */
  failed: number
}

/** A row of a roster of ties and its verdict. */
export interface TieCheck {
  /** The row. */
  row: TieRosterRow
  /** What comes of it. */
  outcome: TieOutcome
  /** The one who has the part, where that is certain. */
  who: Id | null
  /** Their name, as it is shown. */
  whoName: string | null
  /** Whom `who` may be, where that is not certain: the first ten. */
  whoMaybe: Id[]
  /** The one whose relationship it is, where that is certain. */
  of: Id | null
  /** Their name, as it is shown. */
  ofName: string | null
  /** Whom `of` may be, where that is not certain: the first ten. */
  ofMaybe: Id[]
  /** The tie that it is about, where the agency has it. */
  tie: Id | null
  /** From when it holds if the row passes. */
  beginsAt: Date | null
  /** Until when it holds if the row passes. */
  endsAt: Date | null
  /**
   * All there is to say: first what was found when the row was read, then who its ends are, then
   * whether the tie can be.
   */
  findings: Finding[]
}

/** One tie of a roster: `who` is the `kind` of `of`. Each end is named by one text or more. */
export interface TieRosterRow {
  /** The line of the file on which it begins, counted from 1. */
  line: number
  /** The one who has the part, by an identifier, an external id, an e-mail address, a phone number or a name. */
  who: string | null
  /** The name of the one who has the part. */
  whoName: string | null
  /** Their e-mail address, as it was typed. */
  whoEmail: string | null
  /** Their phone number, as it was typed. */
  whoPhone: string | null
  /** What `who` is to `of`. */
  kind: TieKind | null
  /** The one whose relationship it is, named as `who` is. */
  of: string | null
  /** The name of the one whose relationship it is. */
  ofName: string | null
  /** Their e-mail address, as it was typed. */
  ofEmail: string | null
  /** Their phone number, as it was typed. */
  ofPhone: string | null
  /** From when; `null` for the tie that is there, or else from now. */
  beginsAt: Date | null
  /** Until when, the moment itself outside; `null` says nothing of its end. */
  endsAt: Date | null
  /** The document that it rests on, of a tie that is made. */
  reference: string | null
  /** What was found when it was read. */
  findings: Finding[]
}

/** A title of a file, and what it is read as. */
export interface Titled {
  /** The title, cut to 64 characters: enough to say what it means. */
  title: string
  /** What the column is read as; `null` where it is passed over. */
  column: RosterColumn | null
}

/** An e-mail address that can be used as a username and written to. */
export interface Email {
  /** As it was typed, without the blanks around it, in NFC: what is shown and written to. */
  typed: string
  /** In canonical form: what is compared. */
  canonical: string
}

/** A phone number that can be used as a username and written to. */
export interface Phone {
  /** As it was typed, without the blanks around it: what is shown. */
  typed: string
  /** In E.164, `+12125550142`: what is compared and written to. */
  e164: string
}

/** A decision, with why. */
export interface Decision {
  /** Whether it is seen. */
  allowed: boolean
  /** How much of it; `null` where it is not seen. */
  scope: Scope | null
  /**
   * Where it is seen, every way that leads to it; where it is not, what forbids it or all that was
   * missing. Never empty; in the order of the roles.
   */
  because: Reason[]
}

/** A resource that a member of the office staff may see (rule V). */
export interface GrantFound {
  /** To whom. It counts while they are of the office staff. */
  to: Id
  /** What. */
  resource: Resource
  /** The client, or for `application` the application, whose it is; `null` for every one. */
  of: Id | null
  /** From this moment on, itself included. */
  beginsAt: Date
  /** Until this moment, itself excluded; `null` for no end. */
  endsAt: Date | null
}

/** One thing that a viewer sees. */
export interface Sight {
  /** What. */
  resource: Resource
  /** Whose. */
  of: Whose
  /** How much, and why. */
  decision: Decision
}
