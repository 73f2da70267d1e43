// Written by core/surface from the core: change it there, not here.

import type { Decision, Email, Label, PersonName, Phone } from './answers'
import type { Checked, Finding, Id, Moment, Params, Secret, SecretText } from './basics'
import type { OnlineAccount } from './engine'
import type { Invitation, MessageText, PartyFacts, Period, Tie, TokenLife, Viewer } from './given'
import type { Policy, PolicySettings } from './policy'
import type { ByPolicy, Contact, InvitationCode, Of } from './rules'
import type { Cell, HashKind, Locale, MessageKind, Method, OfficeAction, Page, PartyKind, Resource, Role, Scope, Stage, Standing, State, TieKind, WordSet } from './words'

declare module './rules' {
  namespace account {
    /**
     * Where an account goes when its user has chosen a password (E2): to the questions, unless they
     * are set or the policy asks none.
     */
    function afterPassword(stage: Stage, options?: ByPolicy & { questionsSet?: boolean }): Stage
    /** Where an account goes when the questions are set (E2). */
    function afterQuestions(stage: Stage): Stage
    /** The state that is shown (E2): `disabled` hides the stage. */
    function state(stage: Stage, options?: { disabled?: boolean }): State
    /** Whether it is good at that moment, for an account of that epoch. The moment of a limit itself is outside. */
    function isLive(life: TokenLife, options: { now: Moment, epoch: number }): boolean
    /** A new session (E5): an idle and an absolute limit, or with "remember me" so many days, used or not. */
    function session(given: ByPolicy & { now: Moment, remember?: boolean, epoch?: number }): TokenLife
    /** A new step that lasts so long. */
    function step(given: { now: Moment, lastsMs: number, epoch?: number }): TokenLife
  }

  namespace invitation {
    /**
     * A new invitation to a contact in canonical form, good from now for the lifetime of the
     * policy: by default 14 × 24 hours (I2), whatever the clocks on the wall do meanwhile.
     */
    function issue(given: ByPolicy & { contact: string, method: Method, now: Moment }): Invitation
    /**
     * Uses it up (I7).
     *
     * @throws {CarekeyError} `invitation.expired` where its time is over, which whoever holds the
     * right code may know, since they need a new one; `invitation.refused` where it was redeemed or
     * superseded before. The invitation is then as before.
     */
    function redeem(invitation: Invitation, now: Moment): Invitation
    /** Where it stands. What happened to it outweighs that its time is over. */
    function standing(invitation: Invitation, now: Moment): Standing
    /**
     * Ends it: a newer one takes its place, or unlink wants no one to come back by it (I5, I6).
     * Ending it again keeps the first moment.
     */
    function supersede(invitation: Invitation, now: Moment): Invitation
    /**
     * How long it can still be redeemed; zero unless it is live.
     *
     * In milliseconds.
     */
    function timeLeft(invitation: Invitation, now: Moment): number
    /**
     * Reads a code as someone typed it: in any case, O as 0, I and L as 1, blanks and hyphens
     * passed over.
     *
     * No store is asked. The findings, one at most, are about the field `code`:
     *
     * * `code.malformed`: there are not ten letters and digits;
     * * `code.mistyped`: there are, and one of them is no character of a code or the check
     *   character does not fit. It is a slip, not a guess, and need not count as a failure.
     */
    function parseCode(code: SecretText): Checked<InvitationCode>
    /**
     * Reads a token, alone or within a link.
     *
     * It is the last run of exactly 32 letters and digits that is one, so it is found behind a `#`,
     * as a parameter or as a part of the path, in angle brackets, and with the full stop of a
     * sentence behind it.
     *
     * Where there is none (a part was not copied), the finding is `link.malformed` about the field
     * `link`.
     */
    function parseLink(link: SecretText): Checked<Secret>
    /**
     * Why an action cannot be done with an item, as one row of a batch says it (I9); `null` where
     * it can. An action can be done exactly where it is the `invitation.nextAction`.
     *
     * Inviting what was invited before is `invitation.already_sent`, so a batch that is run twice
     * sends nothing twice. The field is `action`.
     */
    function checkAction(action: OfficeAction, options: { linked: boolean, sent: boolean }): Finding | null
    /**
     * How an invitation is sent, and where to (I1).
     *
     * * A method that a batch asks for is used or nothing is: the office said so.
     * * Else the preferred one is used.
     * * Else, or where the preferred one has no contact, e-mail is used, and SMS where there is no
     *   e-mail: that it is sent at all matters more to a family than the way.
     *
     * Contacts are taken in canonical form; a blank one counts as none. Where nothing can be sent
     * there is one `invitation.no_contact` for each contact that would mend it, about the field
     * `email` or `phone`, e-mail first.
     */
    function chooseMethod(options?: { preferred?: Method | null, asked?: Method | null, email?: string | null, phone?: string | null }):
      Checked<{ method: Method, contact: string }>
    /**
     * What the office can do next with an item that is linked to an account or not, and for which
     * an invitation was ever sent or not (I4). After Unlink an item counts as sent, so that
     * Reinvite is next (I6).
     */
    function nextAction(given: { linked: boolean, sent: boolean }): OfficeAction
    /**
     * What the Online Account column shows for an item: the e-mail or phone that it is linked with,
     * else the next action (I4).
     */
    function onlineAccount(given: { linkedContact?: string | null, sent: boolean }): OnlineAccount
  }

  namespace message {
    /** The address of the page: `{base}/sign-in`. The base is one that `message.checkLinkBase` passed. */
    function address(given: { page: Page, base: string }): string
    /** The page that a message of that kind leads to. */
    function page(kind: MessageKind): Page
    /**
     * Reads the address that links begin with (N), and returns it as it stands in links: in ASCII,
     * without a slash at the end.
     *
     * It begins with `https://`, or with `http://` on the machine itself, where people try things
     * out; it may have a port and a path, and has no query, no fragment, no user and no password.
     * Anything else is `agency.link_base` about the field `link_base`.
     */
    function checkLinkBase(text: string): Checked<string>
    /**
     * Checks a text that an agency wants in the place of a shipped one.
     *
     * First about the field `subject`, then about `body`, each in this order:
     *
     * * `template.subject`: an e-mail without a subject, an SMS with one;
     * * `template.empty`: a body of blanks;
     * * `text.too_long`: a subject over 200 characters, an e-mail over 10,000, an SMS over 480,
     *   before it is filled in; its fields are not looked at then;
     * * `text.control_character`: any besides line breaks and tabs of a body;
     * * `template.unknown_field`, `template.secret_in_subject`: once for each name, in the order in
     *   which they appear;
     * * `template.no_secret`: once for each secret that the body lacks.
     */
    function checkTemplate(given: { kind: MessageKind, method: Method, text: MessageText }): Finding[]
    /**
     * The fields of a kind of message.
     *
     * * `agency`: its name. `name`: of whom it is written to, or, in a message to the owner, of
     *   whom it is from. `username`: of the account.
     * * `contact`: where an invitation was sent, which is asked together with the code; or where
     *   the owner can answer to.
     * * `page`: the address of the page that it leads to (`message.page`).
     * * `portal`: the address where people sign in, which they are asked to bookmark (S0): that of
     *   `sign_in`.
     * * `valid`: how long its secret is good (`message.span`).
     * * `when`: when it happened (`message.moment`).
     * * `link`, `code`, `password`: secrets.
     * * `text`: what someone writes to the owner. It may well be about their health, so it is kept
     *   as a secret is.
     *
     * A notice of change names neither the old nor the new value: it goes to the contact that may
     * be in wrong hands, too.
     */
    function fields(kind: MessageKind): { params: string[], secrets: string[] }
    /**
     * How people of that language call a stable word, as a page shows it: it begins with a capital.
     *
     * A language that the host loaded is called as its file calls it where the texts have no name
     * for it.
     *
     * @throws {CarekeyError} `input.unknown_word` where the set has no such word.
     */
    function label(set: WordSet, word: string, locale: Locale): string
    /** All words of a set in the order of their labels, as a form lets people choose among them. */
    function labels(set: WordSet, locale: Locale): Label[]
    /** The message as the office sees it in its list: filled in, with `•••` for each secret of its kind. */
    function masked(given: { kind: MessageKind, text: MessageText, params?: Params }): MessageText
    /**
     * A moment in words, in the offset that it has: `November 2, 2026 at 09:05 UTC`, `2 de
     * noviembre de 2026 a las 09:05 UTC-5`.
     */
    function moment(at: Moment, locale: Locale): string
    /**
     * When a message that has now failed `tries` times, counting from 1, may be tried again (rule
     * N); `null` where it is abandoned, because the policy allows no further try.
     *
     * The first wait is the policy's, and each further one is twice as long, up to a day. By
     * default: 60 s, 2 min, 4 min … 64 min, and abandoned with the eighth failure, about two hours
     * after the first.
     */
    function retryAt(given: ByPolicy & { tries: number, now: Moment }): Date | null
    /** The text that ships for a kind of message, a method and a language. Every kind has one in every language. */
    function shipped(given: { kind: MessageKind, method: Method, locale: Locale }): MessageText
    /**
     * How long something is good, in words: `14 days`, `24 hours`, `10 minutes`.
     *
     * In days from two days on, in hours from two hours on, in minutes below; always rounded down,
     * so that no one is promised more than there is.
     */
    function span(lastsMs: number, locale: Locale): string
  }

  namespace name {
    /** How a list shows the person: first and last name. */
    function display(name: Partial<PersonName>): string
    /**
     * The form by which a roster knows the same name again: first, middle and last name in NFKC,
     * case-folded, blanks folded.
     */
    function key(name: Partial<PersonName>): string
    /**
     * Reads a name written as `Last, First Middle (Nickname)` or as `First Middle Last`.
     *
     * Blanks are folded and the text is brought to NFC. A suffix stays with the last name, and so
     * do particles. One word is a last name. Without a comma all words between the first and the
     * last are middle names: who has two last names writes them before a comma. Between brackets or
     * quotes is what the person is called. Titles, credentials and signs are no part of the name:
     * `Dr. Jane Doe, RN` is Jane Doe.
     *
     * Findings, on the field `name`: `name.missing`, `text.too_long` (more than 200 characters),
     * `text.control_character` (also for one that reorders the text around it), `name.several`
     * (`John & Mary Smith`), `name.not_person` (`The Smith Family`, `Vacant`), `name.unclear`
     * (`Jane Doe, JD`: a first name or a degree), and for each thing that was left aside the
     * warning `name.set_aside`.
     */
    function parse(text: string): Checked<PersonName>
  }

  namespace password {
    /**
     * Tells what a stored hash is, without any password (P7): at import, before the row is taken.
     *
     * A kind that cannot be taken over is `hash.unsupported` with the `kind` where its form tells
     * which it is, and `hash.unrecognised` where not. What says that there is no password that can
     * be used is `unusable`, with the warning `hash.unusable`: the row passes, nothing is stored,
     * and the person is enrolled as new.
     *
     * The bounds, above which a hash is refused before any memory is taken: Argon2id 1 GiB (`m`),
     * 10 passes (`t`), 16 lanes (`p`); bcrypt cost 16; PBKDF2 and SHA-crypt 10,000,000 rounds;
     * phpass 2^24; scrypt 1 GiB, r 128, p 16 and N·r·p 2^26.
     */
    function checkHash(stored: SecretText): Checked<HashKind>
    /** What hashing holds of the memory of this process (P6). */
    function hashingMemory(): { limitKib: number, takenKib: number, keptKib: number, mostKib: number, waiting: number }
    /**
     * Whether a password is among those that attackers try first (P5): listed, or a word, a name, a
     * date or a row of keys with what people put around it.
     *
     * Case and compatibility forms aside: `PASSWORD1!` and fullwidth letters are found under
     * `password1!`. Nothing is asked over a network.
     */
    function isBlockListed(password: SecretText): boolean
    /**
     * Sets how much memory all hashes of this process may hold at a time, in KiB: 64 MiB for each
     * core where nobody does (P6).
     *
     * It is the operator's word, and the process has one such limit, of however many directories:
     * the last call holds. A hash that finds too little left waits its turn; one that is larger
     * than the limit runs alone.
     */
    function limitHashingMemory(kib: number): void
    /**
     * Makes a temporary password (P8): at least 12 characters, more where either policy asks for
     * more, with all four kinds of characters whatever the policy asks, and not block-listed.
     *
     * Every such password is as likely as any other: one that lacks a kind is drawn again whole.
     * Twelve characters have some 60 bits. Not a function to call with a source that always says
     * the same, on which it never ends.
     */
    function temporary(options?: ByPolicy): Secret
  }

  namespace questions {
    /**
     * An answer as it is compared and hashed (Q3): NFKC, case-folded, letters, digits and their
     * accents only, with one blank between words.
     *
     * Doing it twice changes nothing. Each answer is hashed like a password, with its own salt.
     */
    function normalise(answer: SecretText): Secret
  }

  namespace relationship {
    /** Whether that moment lies within. */
    function inForce(period: Period, at: Moment): boolean
    /** Whether there is a moment at which both are in force. */
    function overlaps(period: Period, other: Period): boolean
    /**
     * Whether it does not end before it begins.
     *
     * It may end at the moment it begins: that is how something is called off before its time, or
     * at once. It is then never in force.
     */
    function isValid(period: Period): boolean
    /**
     * Whether a tie may be made (rule R). `existing` are the ties that are there already, any of
     * them; those of others do no harm.
     *
     * The findings, in this order:
     *
     * * `tie.to_itself` (field `of`): both ends are the same;
     * * `tie.unfit` (field and parameter `end`: `who`, then `of`): that end cannot have this part,
     *   see the table;
     * * `tie.ends_before_it_begins` (field `ends_at`), or when it begins;
     * * `tie.end_missing` (field `ends_at`): a personal representative is one until a moment;
     * * `tie.duplicate` (field `kind`): the same tie is there at a time that both cover. The
     *   reverse one is another tie, and so is one of another kind.
     * | kind | who | of |
     * |---|---|---|
     * | emergency contact | a person | anyone |
     * | individual | a person | a person |
     * | organization associated | an organization | anyone |
     * | possible payer, payer, guardian, personal representative | anyone | a person |
     * | community | an organization | a person |
     * | manager | a person of the office staff | anyone |
     * | caregiver | a person who is a caregiver | a person |
     *
     * The one for whom care is paid, housed or given need not be a client yet.
     */
    function checkTie(given: { kind: TieKind, who: PartyFacts, of: PartyFacts, period: Period, existing?: Tie[] }):
      Finding[]
    /**
     * The roles that the ties of a party convey at that moment (rule R): they begin and end with
     * the ties, and are stored nowhere.
     */
    function conveyed(who: Id, ties: Tie[], at: Moment): Role[]
    /**
     * The role that a tie gives to whoever has it, and by which it enrols them (rule R, S1). It is
     * theirs while the tie is in force.
     *
     * A manager and a caregiver have their role before the tie, and keep it after. The other ties
     * give none: to be someone's guardian, relative or possible payer opens nothing by itself. A
     * personal representative sees by the tie what the client sees, and has no role by it.
     */
    function conveys(kind: TieKind): Role | null
    /**
     * Whether a person, or an organization, can have that role (rule R).
     *
     * An organization and a community are organizations. A payer, a family and an employer may be
     * either: people pay bills, agencies apply for a child, and both employ. All other roles are
     * for people.
     *
     * Returns `party.role_unfit` on the field `roles` where it cannot.
     */
    function roleFits(role: Role, kind: PartyKind): Finding | null
  }

  namespace username {
    /**
     * The canonical form of a typed username: what sign-in looks up and what must be unique in an
     * agency (rule U6).
     *
     * An e-mail address is folded to one case and its domain is brought to IDNA ASCII form (UTS
     * 46). A phone number becomes E.164, read with the agency's `country` (ISO 3166-1, two capital
     * letters) where it names none. All else is brought to NFC and folded to one case, after the
     * ideas of PRECIS (RFC 8265, UsernameCaseMapped). Blanks around it are dropped.
     *
     * Nothing is refused here: what is no username is simply never found. The canonical form of a
     * canonical form is itself, whatever the text.
     */
    function canonical(typed: string, options: { country: string }): string
    /**
     * Reads an e-mail address or a phone number (rule U2); `country` as in `username.checkPhone`.
     *
     * What has an `@` is checked as an e-mail address, with the findings of `username.checkEmail`;
     * what has digits and no letters as a phone number, with those of `username.checkPhone`. Else,
     * on the field `contact`: `contact.missing`, `contact.malformed`.
     */
    function checkContact(text: string, options: { country: string }): Checked<Contact>
    /**
     * Reads an e-mail address (rule U1).
     *
     * Accepted is `local@domain` with a dot-atom before the `@`, letters of any script included,
     * and a domain name with a dot. Quoted local parts, comments and display names are malformed:
     * each gives one mailbox a second spelling. So are characters that are not seen and letters of
     * full width, which no mail reaches. Where the address itself can be told, it is the
     * suggestion.
     *
     * Findings, on the field `email`, in this order: `email.missing`, `email.several` (two
     * addresses and more; the first is the suggestion), `email.malformed`, `email.too_long` (over
     * 254 octets as typed or in canonical form), `email.local_too_long` (over 64),
     * `email.ip_address`, `email.domain_without_dot`, `email.domain_invalid`, and the warning
     * `email.domain_slip` with the mended address as its suggestion.
     */
    function checkEmail(text: string): Checked<Email>
    /**
     * Reads a phone number (rule U2). Without a country code it is one of `country`, the agency's
     * (ISO 3166-1, two capital letters).
     *
     * It must be valid by the numbering plan of its country, after the metadata of libphonenumber;
     * a number that merely has a possible length is not accepted, since a message to it would never
     * arrive. Extensions and letters are malformed: no text message reaches an extension.
     *
     * Findings, on the field `phone`: `phone.missing`, `phone.malformed`, `phone.not_valid`,
     * `phone.several` (two numbers and more), and `phone.extension`. Where a number without what
     * stands about it is valid, it is the suggestion; nothing is completed.
     */
    function checkPhone(text: string, options: { country: string }): Checked<Phone>
    /**
     * Reads a staff name that someone typed (rule U3): a Windows logon name in ASCII without
     * blanks. The value is in lower case.
     *
     * Findings, on the field `username`, in this order: `username.missing`, `username.too_long`,
     * `username.forbidden_character` for each such character once (one that cannot be shown as
     * `U+0020`), `username.ends_with_dot`.
     */
    function checkStaffName(typed: string, options: { maxLength: number }): Checked<string>
    /**
     * What a name looks like: two names with one skeleton are taken for each other (UTS 39, section
     * 4), here without regard to case, since an `O` in a skeleton may stem from a zero. Of an
     * address with a domain of other letters it is that of these letters, which are what is shown.
     *
     * Expects the `username.canonical` form. The result is for comparing, not for showing.
     */
    function skeleton(canonical: string): string
  }

  namespace visibility {
    /** The cell of the matrix (rule V), before the agency takes any away. */
    function cell(role: Role, resource: Resource): Cell
    /**
     * Whether a grant may be given (rule V).
     *
     * The findings, in this order:
     *
     * * `grant.unfit` (field `resource`): the matrix does not open it to office staff by grant, but
     *   to all of them or to nobody;
     * * `grant.not_staff` (field `to`): it is not for office staff;
     * * `grant.never` (field `to`), once per role: they also have a role to which the resource is
     *   never open, so the grant would open nothing;
     * * `grant.ends_before_it_begins` (field `ends_at`), or when it begins;
     * * `grant.end_missing` (field `ends_at`): a grant is given until a moment.
     */
    function checkGrant(given: { to: PartyFacts, resource: Resource, period: Period }): Finding[]
    /** What an agency should know of the cells it takes away and opens (rule V): the findings of its policy. */
    function checkPolicy(policy?: Policy | PolicySettings): Finding[]
    /**
     * Whether, how much and why a viewer sees a resource at that moment (rule V).
     *
     * `of` says whose it is, `policy` which cells the agency took away. The module tells how the
     * decision is made. It takes time in proportion to the viewer's ties and grants; whoever asks
     * often prepares the viewer once: `PreparedViewer`.
     */
    function decide(given: ByPolicy & { viewer: Viewer, resource: Resource, of: Of, at: Moment }): Decision
    /**
     * How much of a resource a viewer sees at that moment (rule V); nothing for not at all.
     *
     * It is `visibility.decide` without the reasons: it takes no memory, and time in proportion to
     * the viewer's ties and grants. Whoever asks often prepares the viewer once: `PreparedViewer`.
     */
    function sees(given: ByPolicy & { viewer: Viewer, resource: Resource, of: Of, at: Moment }): Scope | null
  }
}
