// Written by core/surface from the core: change it there, not here.

import type { PersonName } from './answers'
import type { Finding, Id, Moment, Params } from './basics'
import type { Who } from './roster'
import type { ActorKind, DateOrder, EventKind, Locale, Method, PartyKind, Resource, Role, RosterColumn, TieKind, UsernameScheme } from './words'

/** A resource that a member of the office staff may see (rule V). */
export interface Grant extends Period {
  /** To whom. It counts while they are of the office staff. */
  to: Id
  /** What. */
  resource: Resource
  /** The client, or for `application` the application, whose it is; `null` for every one. */
  of?: Id | null
}

/** One line of a history. It never holds a password, a code, a token or an answer. Its digest is in hexadecimal. */
export interface HistoryLine {
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

/** The facts of one invitation (I2). Its secret is not among them. */
export interface Invitation {
  /** Where it was sent, in canonical form. */
  contact: string
  /** How it was sent. */
  method: Method
  /** When it was issued. */
  issuedAt: Moment
  /** From when on it is dead; the moment itself is outside. */
  expiresAt: Moment
  /** When a newer one took its place, or unlink ended it. */
  supersededAt?: Moment | null
  /** When it was redeemed. */
  redeemedAt?: Moment | null
}

/** What the agency knows of a party: enough to know it again and to see what a roster would change. */
export interface Known {
  /** The party. */
  party: Id
  /** Its login, where it has one. */
  account?: Id | null
  /**
   * Whether its login is active: its user has come (E2). A contact that the office corrects is then
   * confirmed by its user first (C1).
   */
  active?: boolean
  /**
   * Whether its login was made for another party, and this one was linked to it (I8): what the
   * office writes of this one changes nothing in it (C2).
   */
  joined?: boolean
  /**
   * Whether it is no party yet, but a login that was made before its record (A2): `party` is then
   * the identifier of the login.
   */
  unrecorded?: boolean
  /** Whether it was deleted (U4): nothing is left of it but that the names of `ownNames` were its own. */
  deleted?: boolean
  /** Whether an invitation was sent to it, from which its login comes (E1). */
  invited?: boolean
  /** How the host knows it. */
  externalId?: string | null
  /** Its name as `PersonName.key` gives it. */
  nameKey: string
  /** Its name as it is shown. */
  displayName: string
  /** What it is called. */
  nickname?: string | null
  /** What it is to the agency. */
  roles?: Iterable<Role>
  /** The username of its login, in canonical form. */
  usernameCanonical?: string | null
  /** The usernames that its login had before, in canonical form (U4). */
  ownNames?: string[]
  /** What the office wrote down, in canonical form. */
  emailCanonical?: string | null
  /** What the office wrote down, in E.164. */
  phoneE164?: string | null
  /** The e-mail address of its login, in canonical form (C1). */
  accountEmail?: string | null
  /** The phone number of its login, in E.164 (C1). */
  accountPhone?: string | null
  /** How it wants to be written to. */
  preferred?: Method | null
  /** The language of its messages. */
  locale?: Locale | null
  /** The note of its login. */
  note?: string | null
}

/** The text of a message, with `{field}` where a value comes. */
export interface MessageText {
  /** The subject of an e-mail; an SMS has none. */
  subject?: string | null
  /** The text itself, plain, with its line breaks. */
  body: string
}

/** One row that wants a username. A blank text counts as none. */
export interface NameRequest {
  /** The line of the row: what other rows are told, and by which the batch knows the row again. */
  line: number
  /** How the username comes about. */
  scheme: UsernameScheme
  /** The person. */
  name?: Partial<PersonName>
  /** The username, where the row gives one. */
  username?: string | null
  /** The e-mail address, where the row gives one. */
  email?: string | null
  /** The phone number, where the row gives one. */
  phone?: string | null
  /**
   * The name in canonical form that this person has already. It is never a clash, and a staff
   * member who asks for no other keeps it.
   */
  own?: string | null
  /**
   * The names in canonical form that this person had before: they may come back to one of them,
   * also where it was retired (rule U4).
   */
  earlier?: string[]
}

/** A person or an organization to be added. */
export interface NewParty {
  /** Person or organization. */
  kind?: PartyKind
  /** A person's name as it is written (`Wright, Sue` or `Sue Wright`), or an organization's. */
  name: string
  /** What they are to the agency. */
  roles?: Iterable<Role>
  /**
   * How the host knows them; unique in the agency. It is read as a roster's: what systems write
   * where there is none (`n/a`, `0`, `#REF!`) is none (C4).
   */
  externalId?: string | null
  /** E-mail. */
  email?: string | null
  /** Phone, with or without its country. */
  phone?: string | null
  /** How they want to be written to. */
  preferred?: Method | null
  /** Their language. */
  locale?: Locale | null
}

/**
 * A member of the office staff whose account is made before their staff record (A2), or who becomes
 * an account manager (A1).
 */
export interface NewStaff {
  /** Given name. */
  firstName: string
  /** Family name. */
  lastName: string
  /** E-mail; an account manager needs one. */
  email?: string | null
  /** Phone; an account manager needs one. */
  phone?: string | null
  /** A username that someone typed, in place of the generated one. */
  username?: string | null
}

/** A tie to be made: `who` becomes the `kind` of `of`. */
export interface NewTie {
  /** What `who` is to `of`. */
  kind: TieKind
  /** The one who has the part: the emergency contact, the payer … */
  who: Id
  /** The one whose relationship it is: the client, as a rule. */
  of: Id
  /** From when; `None` for now. */
  beginsAt?: Moment | null
  /** Until when; the moment itself is outside. */
  endsAt?: Moment | null
  /** The document that it rests on, in at most 200 characters: what a personal representative is one by (V). */
  reference?: string | null
}

/** What the rules need to know of a party. */
export interface PartyFacts {
  /** Which one. */
  id: Id
  /** Person or organization. */
  kind: PartyKind
  /** What it is to the agency. */
  roles?: Iterable<Role>
}

/** From a moment, and until one or open-ended (rule R). The first moment is inside, the last one outside. */
export interface Period {
  /** From this moment on, itself included. */
  beginsAt: Moment
  /** Until this moment, itself excluded; `null` for no end. */
  endsAt?: Moment | null
}

/** What a password may not be made of: whose it is, and of which agency. */
export interface Person {
  /** The person's names: each whole (`Felicia Conner`) or in parts. */
  names?: string[]
  /** The username. */
  username?: string | null
  /** The e-mail address. */
  email?: string | null
  /** The agency's name. */
  agency?: string | null
}

/**
 * How a file is to be read, where it does not say so itself: what a host or an office keeps for its
 * exports. In JSON: `{"sheet": "Staff", "columns": {"Aide": "name", "Branch": null}, "role":
 * "caregiver", "statuses": {"Per visit": true, "Pool": false}}`.
 */
export interface Reading {
  /** The sheet of a workbook, by its name; of a text, nothing. */
  sheet?: string | null
  /**
   * What titles of the file mean, without regard to case, marks and blanks; `null` for a column
   * that is passed over. What is not here is read by the titles that carekey knows.
   */
  columns?: Record<string, RosterColumn | null>
  /**
   * What words of a status mean, without regard to case, marks and blanks: whether who has it is
   * there still, of a tie whether it holds. What is not here is read by the words that carekey
   * knows (`roster.status_unclear` where it knows none).
   */
  statuses?: Record<string, boolean>
  /** The role of everyone, where the file has no column for it. */
  role?: Role | null
  /**
   * The encoding of a text, by a name of the WHATWG Encoding Standard (`macintosh`, `windows-1250`,
   * `shift_jis`), where it is not told by the file itself.
   */
  encoding?: string | null
  /**
   * The order of day and month, where the dates of a roster of ties, or the days of leaving of one
   * of people, have neither the year first nor a day beyond 12 anywhere.
   */
  dates?: DateOrder | null
  /**
   * The most rows that a roster may have: 250,000 where nothing is said. For more than those the
   * file may have more than 32 MiB, in proportion.
   */
  mostRows?: number | null
}

/** One person or organization of a roster. A blank says nothing: it never takes away what the agency knows. */
export interface RosterRow {
  /** The line of the file on which it begins, counted from 1. */
  line: number
  /** What the party is to the agency. */
  role: Role | null
  /** The person's name; empty for an organization. */
  name: PersonName
  /** The organization's name, or the one that the person belongs to. */
  organization: string | null
  /** As it was typed. */
  username: string | null
  /** As it was typed. */
  email: string | null
  /** As it was typed. */
  phone: string | null
  /** How they want to be written to. */
  preferred: Method | null
  /** The language of their messages. */
  locale: Locale | null
  /** How the host knows them. */
  externalId: string | null
  /** A free note. */
  note: string | null
  /** What the file says of an account. Information only: what counts is what the agency knows. */
  alreadyCreated: boolean | null
  /** What was found when it was read. */
  findings: Finding[]
}

/** A typed, dated, directed tie: `who` is the `kind` of `of`. */
export interface Tie extends Period {
  /** What `who` is to `of`. */
  kind: TieKind
  /** The one who has the part: the emergency contact, the payer. */
  who: Id
  /** The one whose relationship it is: the client, as a rule. */
  of: Id
}

/** The life of one token: a session, or a step that was begun (E5, E6). It is kept beside its digest (E5). */
export interface TokenLife {
  /** When it ends, used or not. */
  expiresAt: Moment
  /** When it was last used. */
  usedAt: Moment
  /** How long it may be left unused, in milliseconds; `null`: as long as it lasts. */
  idleMs: number | null
  /** The account's epoch when it was made: all of an older epoch have ended. */
  epoch: number
  /** Whether it was ended. */
  ended: boolean
}

/** Someone who looks: an account and all that it is linked to. */
export interface Viewer {
  /** Whether the account is fully set up, and neither disabled nor deleted. */
  active: boolean
  /** The parties linked to the account: one, as a rule. */
  parties: PartyFacts[]
  /** The ties of these parties, as `who`, to others. */
  ties?: Tie[]
  /** The grants to these parties. */
  grants?: Grant[]
  /** The applications linked to the account. */
  applications?: Id[]
}

/**
 * A decision as it is kept, so that it is asked once. Once `create` has made the other person, keep
 * `{ same: … }` with the new party in place of `'another'`.
 */
export interface WhoDecision {
  /** Which rows it is about: 64 hexadecimal digits. */
  said: string
  /** What was decided. */
  who: Who
}
