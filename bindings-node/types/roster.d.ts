import type { Outline, PersonName, Summary, TieCheck, TieRosterRow } from './answers'
import type { Finding, Id, Moment, Rows } from './basics'
import type { Known, Reading, RosterRow, WhoDecision } from './given'
import type { Policy, PolicySettings } from './policy'
import type { Locale, Role, RowAction, RowState, TieEnd, TieKind, TieOutcome } from './words'

/** A row of the host's own. A `passwordHash` that another system made is taken over with a new account (P7). */
export type NewRow = Partial<Omit<RosterRow, 'findings' | 'name'>> & {
  name?: Partial<PersonName>
  passwordHash?: string
}

/** Who a row is about that may be about someone known (C4): this party, or none of those. */
export type Who = { same: Id } | 'another'

/** The verdict on one row (U4, B). */
export interface RowCheck {
  line: number
  state: RowState
  action: RowAction
  /** How a list shows it. */
  display: string
  party: Id | null
  /** Whom it may be about, where that waits for a decision (C4): the first ten. */
  maybe: Id[]
  /** The decision by which it is about whom it is about. */
  decision: WhoDecision | null
  /** The earlier line that is about the same person. */
  sameAs: number | null
  hasAccount: boolean
  username: string | null
  /** The username in canonical form (U6). */
  canonical: string | null
  email: string | null
  /** In E.164. */
  phone: string | null
  findings: Finding[]
  /** Free at that moment, the best first (U5). */
  suggestions: string[]
  changes: { field: string, before: string | null, after: string | null }[]
  row: RosterRow
}

/**
 * People and organizations to be enrolled (B). Reading rejects with
 * `roster.unreadable`, `roster.encoding`, `roster.empty`, `roster.malformed`,
 * `roster.too_large`, `roster.workbook`, `roster.sheet_needed` and, as findings, `roster.column_missing` and
 * `roster.column_repeated`.
 */
export class Roster {
  private constructor()
  /**
   * The bytes of a CSV (UTF-8, UTF-16 with a BOM or Windows-1252; comma, semicolon or tab) or of a
   * workbook (xlsx, xls, ods), or the text of a CSV.
   */
  static fromCsv(csv: Uint8Array | string, reading?: Reading): Promise<Roster>
  static fromFile(path: string | URL, reading?: Reading): Promise<Roster>
  /**
   * What a file has to choose from: the sheets of a workbook, and the titles
   * with what each is read as. For a page that asks an office how its file is to
   * be read, also where reading rejected for that.
   */
  static outline(csv: Uint8Array | string, reading?: Reading): Promise<Outline>
  /** A title for each column, and rows of cells. */
  static fromTable(titles: string[], rows: string[][]): Promise<Roster>
  static fromRows(rows: NewRow[]): Promise<Roster>
  readonly rows: Rows<RosterRow>
  /** About the file as a whole. */
  readonly findings: Finding[]
  /** Holds it against what a host with its own database knows, by the rules alone. */
  preview(given: {
    known?: Known[]
    /** Usernames that are or were in use (U4). */
    taken?: string[]
    /** Those of people who were deleted. */
    retired?: string[]
    /** Those that earlier previews left (C4). */
    decisions?: WhoDecision[]
    policy?: Policy | PolicySettings
    prefix: string
    country: string
  }): Promise<Preview>
}

/** A roster held against the agency, and where people decide on suggestions and on who is who. It writes nothing. */
export class Preview {
  private constructor()
  readonly rows: Rows<RowCheck>
  readonly findings: Finding[]
  /** Whom the agency knows in a role of the roster, and who is not on it. */
  readonly gone: Id[]
  summary(): Summary
  byRole(): { role: Role | null, summary: Summary, lines: number[] }[]
  /** Takes the first suggestion of every row that waits; how many there were (U5). */
  acceptSuggestions(): number
  /** Takes a suggestion, or a name that someone typed. Throws `roster.no_such_row`. */
  accept(line: number, username: string): RowCheck
  /** Leaves the row failed until someone types a name that passes. Throws `roster.no_such_row`. */
  decline(line: number): void
  /**
   * Lets the person of a row share the login of whoever has their e-mail address
   * (`roster.may_share`): two of one household. They are added without a login, and
   * `create` sends an invitation to the address: whoever signs in there and takes it
   * up sees what is theirs too (I8). Throws `roster.no_such_row`.
   */
  share(line: number): RowCheck
  /**
   * Decides who a row is about that waits with `roster.maybe_same` (C4): one of
   * those it may be about, any other whom the agency knows, or someone else. All
   * rows are judged again; a decision may be taken anew.
   *
   * @throws {CarekeyError} `roster.nothing_to_decide`, `party.not_found`, `roster.repeated_row`; nothing is changed then
   */
  decide(line: number, who: Who): RowCheck
  /** Many decisions at once; where one cannot be taken, none is. Throws as `decide`. */
  decideAll(decisions: { line: number, who: Who }[]): void
  /** Those on who rows are about that were taken here, to be brought along the next time. */
  readonly decisions: WhoDecision[]
  /** The rows to be corrected, with what is wrong; no cell runs as a formula. */
  failedCsv(options?: { locale?: Locale }): string
  allCsv(options?: { locale?: Locale }): string
}

/** A tie of the host's own: `who` is the `kind` of `of`. */
export type NewTieRow = Partial<Omit<TieRosterRow, 'findings' | 'beginsAt' | 'endsAt'>> & {
  kind?: TieKind | null
  beginsAt?: Moment | null
  endsAt?: Moment | null
}

/**
 * Ties to be made and ended (R, B): who is what of whom, from when and until
 * when. It is read as a {@link Roster} is, and reading rejects with the same.
 * Needed are the columns *who*, *kind* and *of*. A date alone is the beginning
 * of that day in the agency's time zone, and *until* the first moment outside.
 */
export class TieRoster {
  private constructor()
  /** The bytes of a CSV or of a workbook (xlsx, xls, ods), or the text of a CSV. */
  static fromCsv(csv: Uint8Array | string, reading?: Reading): Promise<TieRoster>
  static fromFile(path: string | URL, reading?: Reading): Promise<TieRoster>
  /** A title for each column, and rows of cells. */
  static fromTable(titles: string[], rows: string[][], reading?: Reading): Promise<TieRoster>
  static fromRows(rows: NewTieRow[]): Promise<TieRoster>
  readonly rows: TieRosterRow[]
  /** About the file as a whole. */
  readonly findings: Finding[]
}

/** A roster of ties held against the agency, and where people say who ends are that are not certain. It writes nothing. */
export class TiePreview {
  private constructor()
  readonly rows: TieCheck[]
  readonly findings: Finding[]
  /** How many rows there are of each outcome that any has. */
  readonly counts: Partial<Record<TieOutcome, number>>
  /**
   * Says who an end is that is not certain by itself (C4): one of those that it
   * may be, or any other that the agency knows. All rows are judged again; it
   * may be said anew.
   *
   * @throws {CarekeyError} `roster.nothing_to_decide`, `party.not_found`; nothing is changed then
   */
  accept(line: number, end: TieEnd, party: Id): TieCheck
  /** Many at once; where one cannot be taken, none is. Throws as `accept`. */
  acceptAll(accepted: { line: number, end: TieEnd, party: Id }[]): void
  /** The rows to be corrected, with what is wrong; no cell runs as a formula. */
  failedCsv(options?: { locale?: Locale }): string
}
