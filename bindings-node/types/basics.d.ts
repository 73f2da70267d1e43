import type { Code } from './codes'
import type { ErrorKind, Locale, Severity } from './words'

/** An identifier: a UUID as text. Those made later sort later. */
export type Id = string

/** A moment that is given: a `Date`, or a text in RFC 3339 where it is finer than a millisecond. */
export type Moment = Date | string

/** What texts speak of: by the name that {@link CodeEntry.params} lists. */
export type Params = Record<string, string | number>

/** One thing that a check has to say. A check returns all of them, in a fixed order. */
export interface Finding {
  code: Code
  /** What it is about: the name of a field. */
  field: string
  severity: Severity
  params: Params
  /** What would do instead, where there is something. */
  suggestion: string | null
  /** In English; {@link findingMessage} has it in every language. */
  message: string
}

/** What a check made of its input, and what it has to say. */
export interface Checked<T> {
  /** `null` where a finding is an error. */
  value: T | null
  findings: Finding[]
}

/** A finding, or an error, in the language of its reader. */
export function findingMessage(finding: { code: Code, params?: Params }, locale: Locale): string

/** A line of the table of codes. */
export interface CodeEntry {
  code: Code
  severity: Severity
  /** The names of the parameters that its text may speak of. */
  params: string[]
  /** The rule that it comes from. */
  rule: string
}

/** The whole table of codes. */
export function codes(): CodeEntry[]

/**
 * What can go wrong, thrown and rejected alike. Its text holds no secret and
 * nothing personal.
 *
 * What was given and is not what is taken has `input.wrong_type`,
 * `input.unknown_word` or `id.malformed`; a closed directory has
 * `directory.closed`; a fault of carekey's own has `internal.fault`, and the
 * process lives.
 */
export class CarekeyError extends Error {
  private constructor()
  readonly name: 'CarekeyError'
  readonly kind: ErrorKind
  /** That of the first finding which is an error, where there are findings. */
  readonly code: Code
  readonly params: Params
  /** All that is wrong with what was given; empty where it is one thing. */
  readonly findings: Finding[]
}

/**
 * A text that must never be printed: a password, a code, a link, a token.
 * `toString`, `JSON.stringify` and `util.inspect` show `•••`.
 */
export class Secret {
  constructor(value: string)
  /** The text itself. */
  reveal(): string
  toString(): string
  toJSON(): string
}

/** Whatever takes a secret takes it bare too. */
export type SecretText = Secret | string

/** A token: alone, or in the session, step or recovery that it came with. */
export type TokenText = SecretText | { token: Secret }

/** Many rows that came over in one piece; a row becomes an object when it is looked at. */
export class Rows<Row> implements Iterable<Row> {
  private constructor()
  readonly length: number
  /** The row of that index, from the end where it is negative. */
  at(index: number): Row | undefined
  toArray(): Row[]
  toJSON(): Row[]
  [Symbol.iterator](): Generator<Row, void, undefined>
}
