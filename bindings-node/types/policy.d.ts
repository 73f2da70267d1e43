import type { Checked, Finding } from './basics'
import type { EnrolmentScheme, OfficeAct, RecoveryMethod, Resource, Role, Stage, UsernameScheme } from './words'

/**
 * A policy as a document: every number and switch that an agency may set (P1).
 * It is the same document in every language and in the store, so its names are
 * not spelt in JavaScript's way. Times are in the unit their name ends with.
 */
export interface PolicyDocument {
  /** Usernames (U). */
  username: {
    /** The scheme of each role; one that is not named has its default. */
    schemes: Partial<Record<Role, UsernameScheme>>
    /** `{prefix}`, `{first}`, `{middle}`, `{last}` and letters; `{first:1}` is an initial. */
    staff_pattern: string
    /** A Windows logon name has at most 20. */
    staff_max_length: number
  }
  /** Passwords (P1 to P6). Lengths count code points after NFC (P3). */
  password: {
    min_length: number
    min_length_with_second_factor: number
    digit: boolean
    upper: boolean
    lower: boolean
    /** Whether it needs a character that is neither letter nor numeral. */
    special: boolean
    /** How many of the last passwords are barred, besides the current one (P4). */
    history: number
    /** Whether passwords that attackers try first are barred (P5). */
    block_list: boolean
    /** Whether passwords made of the person's or the agency's names are barred. */
    personal: boolean
    /** The cost of one Argon2id hash (P6). */
    cost: { memory_kib: number, passes: number, lanes: number }
  }
  /** Temporary passwords (P8). */
  temporary_password: { length: number, lifetime_hours: number }
  /** Security questions (Q1, Q2). */
  questions: { count: number, by_role: Partial<Record<Role, number>>, answer_min_length: number }
  /** Which role gets its first password how (E1). */
  enrolment: {
    schemes: Partial<Record<Role, EnrolmentScheme>>
    activation_hours: number
    step_minutes: number
    reminder_days: number[]
  }
  /** Counting failures (E4): per account and way in, and per network that attempts come from. */
  throttle: {
    failures: number
    first_wait_seconds: number
    longest_wait_seconds: number
    close_after: number
    /** How many different names may fail from one network within the window before attempts from there wait. */
    source_names: number
    source_window_minutes: number
    /** How many leading bits of an address are its network. */
    source_prefix_v4: number
    source_prefix_v6: number
  }
  /** Sessions (E5), and how long a device is known after a sign-in (E4). */
  session: { idle_minutes: number, absolute_hours: number, remember_days: number, device_days: number }
  /** Forgotten passwords (E6, Q4, Q5). */
  recovery: {
    method: RecoveryMethod
    /** At least; a code has more where strangers guess. */
    code_digits: number
    email_minutes: number
    sms_minutes: number
    code_tries: number
    /** How many messages with a code that is not used go to one contact within 24 hours. */
    messages_per_day: number
    answer_tries: number
  }
  /** Invitations (I2). */
  invitation: { lifetime_hours: number }
  /** Access snapshots (V). */
  snapshot: { lifetime_hours: number }
  /** Cells of the matrix that the agency takes away (V). */
  visibility: { taken_away: Partial<Record<Role, Resource[]>>, opened: Partial<Record<Role, Resource[]>> }
  /** Waiting messages (N). */
  outbox: { lease_seconds: number, first_retry_seconds: number, tries: number }
  /** How many account managers an agency may have (A1). */
  account_managers: number
  /** What each office role may do, on people of which roles (A7). */
  office: { delegated: Partial<Record<Role, Partial<Record<OfficeAct, Role[]>>>> }
}

/** A document of which some is given; what is left out has its default. */
export type PolicySettings = {
  [Group in keyof PolicyDocument]?: PolicyDocument[Group] extends number
    ? number
    : { [Name in keyof PolicyDocument[Group]]?: Name extends 'cost'
        ? Partial<PolicyDocument['password']['cost']>
        : PolicyDocument[Group][Name] }
}

/** Every number and switch that an agency may set. Never changes; a changed one is a new one. */
export interface Policy extends Readonly<PolicyDocument> {}

export class Policy {
  /**
   * What is left out has its default. Names that there are not are refused; a
   * number outside what carekey can keep is told by {@link findings} and
   * refused where the policy is to be kept.
   *
   * @throws {CarekeyError} `policy.malformed`
   */
  constructor(settings?: PolicySettings)
  /** S2's rule, the default: 8 characters, a numeral, a capital, a special character. */
  static agency(): Policy
  /** 9 characters, upper, lower, number, special, the last 10 barred, locked after 3. */
  static evvState(): Policy
  /** 15 characters, 8 beside a second factor, no composition rules. */
  static nist80063b4(): Policy
  /** A document or its text; nothing, and the findings, where it cannot be kept. */
  static read(document: string | PolicySettings): Checked<Policy>
  /** Every number outside what carekey can keep: `policy.out_of_range` and others. */
  findings(): Finding[]
  /** Where it departs from NIST SP 800-63B-4, OWASP ASVS 5.0 or the HIPAA security rule, with the citation. */
  departures(): Finding[]
  /** How someone of that role is enrolled (E1, E2). */
  scheme(role: Role): { username: UsernameScheme, enrolment: EnrolmentScheme, firstStage: Stage }
  toJSON(): PolicyDocument
}
