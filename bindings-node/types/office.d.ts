// Written by core/surface from the core: change it there, not here.

import type { Allowed, ApplicationRow, DoneRow, Enrolled, FeedPage, Former, GrantRow, Merged, MessageRow, Party, PartyFile, PrintedCode, ReviewItem, SessionRow, Split, StagedRow, TextRow, TieRow, User, WindowGroup } from './answers'
import type { Finding, Id, Moment } from './basics'
import type { Invitee, ListPage, Paging, TypedTwice, UnderWay } from './engine'
import type { ApplicationStanding, EventKind, Locale, MessageKind, MessageState, Method, PartyKind, Role, TieKind } from './words'

/** The acts of the office that need no hand. */
export interface OfficeActs {
  /**
   * Adds an application that a family submitted, and sends its invitation by the family's preferred
   * way (S3).
   *
   * Rejects with `application.number_missing`, `text.too_long`, `text.control_character`,
   * `application.exists`, `party.not_found`. Nobody to send to is no error: the findings say so
   * (I1).
   */
  addApplication(given: { number: string, family: Id, submittedAt?: Moment | null }):
    Promise<{ application: Id, findings: Finding[] }>
  /**
   * The applications, found by number or family name without regard to case and marks (S3, A4),
   * newest first, each with its Online Account column (I4).
   *
   * Rejects with `actor.not_allowed`, and those of the store.
   */
  applications(options?: Paging & { search?: string | null }): Promise<ListPage<ApplicationRow>>
  /** All of them, page by page: as `applications`. */
  eachApplication(options?: { search?: string | null }): AsyncGenerator<ApplicationRow, void, undefined>
  /**
   * The applications that a filter leaves, newest first, and how many they are: those that were
   * never invited, those whose invitation lapses by a moment, or has (I4).
   *
   * Rejects with `actor.not_allowed`, and those of the store.
   */
  applicationsBy(options?: Paging & { search?: string | null, standing?: ApplicationStanding | null, invitedBefore?: Moment | null, lapsesBefore?: Moment | null }):
    Promise<ListPage<ApplicationRow>>
  /** All of them, page by page: as `applicationsBy`. */
  eachApplicationBy(options?: { search?: string | null, standing?: ApplicationStanding | null, invitedBefore?: Moment | null, lapsesBefore?: Moment | null }):
    AsyncGenerator<ApplicationRow, void, undefined>
  /**
   * The application of that number (S3).
   *
   * Rejects with `actor.not_allowed`, `application.not_found`.
   */
  application(number: string): Promise<ApplicationRow>
  /**
   * What the actor may do for the office of what can be delegated, and on whom, so that pages hide
   * the rest (A7): everything on everybody for support, account managers and the host's own
   * program; what the policy delegates to their roles for the office; nothing for all others. Every
   * act is checked by itself all the same.
   *
   * Rejects with those of the store.
   */
  allowed(): Promise<Allowed[]>
  /**
   * A page of the feed: what happened in the agency after a cursor, by kind and time, in the order
   * in which it came to be seen (H). Ask with `next` for the page after it, also tomorrow and from
   * another host: every line is given once.
   *
   * A cursor is a text to be kept as it is. It holds in its agency, whatever the query asks for.
   *
   * Rejects with `cursor.malformed`; `cursor.removed` with the moment `since` which there are
   * lines, where its own went with those of before: what it had not given is gone, and stands in
   * the export; `cursor.not_found` where its line is not in this agency: it is that of another one,
   * or the store was put back to an earlier day, so that lines that were followed are not there;
   * `actor.not_allowed`, and those of the store.
   */
  feed(options?: Omit<Paging, 'offset'> & { after?: string | null, kinds?: Iterable<EventKind>, since?: Moment | null, until?: Moment | null }):
    Promise<FeedPage>
  /**
   * The file of a party (A6): the party itself with its links, ties both ways round, grants,
   * current invitation and applications. Links, ties and grants are those in force at a moment,
   * where one is given, otherwise all there ever were; of its names and contacts, what is written
   * down now.
   *
   * Rejects with `actor.not_allowed`, `party.not_found`, `party.merged`, and those of the store.
   */
  partyFile(party: Id, options?: { at?: Moment | null }): Promise<PartyFile>
  /**
   * The grants of a party, both ways round: what it was granted, and what of it was granted to
   * others (V). Those in force at a moment, where one is given; otherwise all there ever were. The
   * latest begun come first. One for every client stands with whom it was given to alone.
   *
   * Rejects with `actor.not_allowed`, `party.not_found`, and those of the store.
   */
  grants(party: Id, options?: { at?: Moment | null }): Promise<GrantRow[]>
  /**
   * Ends a grant, now or at a moment given; what it allowed is over then. An end only ever comes
   * earlier by it: one that is over, or ends before that moment already, stays as it is.
   *
   * Rejects with `grant.not_found`, `grant.ended`, `grant.ends_before_it_begins`, and
   * `party.not_found` where whoever had it was deleted.
   */
  endGrant(grant: Id, options?: { at?: Moment | null }): Promise<void>
  /**
   * Invites, by the party's preferred way or by the one that is named (I1).
   *
   * Rejects with `invitation.already_sent`, `invitation.already_linked`, `invitation.no_contact`;
   * `party.not_found`, `application.not_found`.
   */
  invite(item: Invitee, options?: { method?: Method | null }): Promise<void>
  /**
   * Sends a new invitation: 14 new days; the earlier one dies at once (I5).
   *
   * Rejects with `invitation.never_sent`, `invitation.already_linked`, `invitation.no_contact`;
   * `party.not_found`, `application.not_found`.
   */
  reinvite(item: Invitee, options?: { method?: Method | null }): Promise<void>
  /**
   * Ends every link of a party, those of its applications among them, or of one application, at
   * once, with every invitation by which whoever had it could come back; the accounts stay, their
   * sessions end (I6, C5).
   *
   * Rejects with `invitation.not_linked`; `party.not_found`, `application.not_found`.
   */
  unlink(item: Invitee): Promise<void>
  /**
   * Cancels the invitation of a party or an application that is out: its link and code are dead at
   * once (C5). It can be sent again.
   *
   * Rejects with `invitation.never_sent` where none is out; `party.not_found`,
   * `application.not_found`.
   */
  cancelInvitation(item: Invitee): Promise<void>
  /**
   * Deletes a person or an organization: names, contacts, password and answers go; ties, links and
   * grants end, those of their data among them; waiting messages go. The history stays (H), and the
   * username is never given to another (U4). An account that belongs to another party too stays
   * theirs. Of an account manager only support may.
   *
   * Rejects with `actor.not_allowed`, `party.not_found`; `manager.last` for the last account
   * manager.
   */
  deleteParty(party: Id): Promise<void>
  /**
   * Makes a new account and an account manager of it (A1). Only support does; the limit of the
   * policy holds under parallel attempts.
   *
   * Rejects with `actor.not_allowed`, `manager.limit`, `manager.name_missing`, `email.missing`,
   * `phone.missing`, and the findings about e-mail, phone and username.
   */
  addManager(given: { firstName: string, lastName: string, email?: string | null, phone?: string | null, username?: string | null }):
    Promise<Enrolled>
  /**
   * Makes an account manager of an account that is there already (A1).
   *
   * Rejects with `actor.not_allowed`, `manager.limit`, `manager.already`, `manager.name_missing`,
   * `email.missing`, `phone.missing`, `account.not_found`, `account.deleted`, `account.disabled`.
   */
  promote(account: Id): Promise<void>
  /**
   * Ends someone's being an account manager (A1); the account stays.
   *
   * Rejects with `actor.not_allowed`, `manager.not`, `manager.last`, `account.not_found`,
   * `account.deleted`.
   */
  removeManager(account: Id): Promise<void>
  /**
   * Hands a manager's place to another account, in one act: the number stays the same, so it works
   * at the limit and for the last one (A1).
   *
   * Rejects with `actor.not_allowed`, `manager.not`, `manager.already`, `manager.name_missing`,
   * `email.missing`, `phone.missing`, `account.not_found`, `account.deleted`, `account.disabled`;
   * `manager.last` where nobody who can act would remain.
   */
  handOver(given: { from: Id, to: Id }): Promise<void>
  /**
   * Makes the accounts of those who were ticked, by the scheme of a role that they have (S0); with
   * a code, they are sent an invitation. It is `createAccount` for each, in pieces that are each
   * one commit. Run again, it makes and sends nothing twice: who has an account has
   * `account.exists` in their row, with that account; whose invitation went out,
   * `invitation.already_sent`.
   *
   * `onProgress` is told before each piece, and `signal` may stop the work: what was not reached
   * has `act.cancelled` then, and can be run again.
   *
   * Rejects with `actor.not_allowed`, and those of the store, where nothing was reached. What is
   * wrong with one of them stands in its row: `account.exists`, `invitation.already_sent`,
   * `party.not_found`, `party.role_missing`, and the findings about the username.
   */
  createAccounts(given: UnderWay & { parties: Iterable<Id>, role: Role }): Promise<DoneRow[]>
  /**
   * Disables many accounts: those who left (A4). It is `disable` for each, in pieces that are each
   * one commit; run again, it does nothing twice.
   *
   * `onProgress` is told before each piece, and `signal` may stop the work: what was not reached
   * has `act.cancelled` then, and can be run again.
   *
   * Rejects with `actor.not_allowed`, and those of the store, where nothing was reached. What is
   * wrong with one of them stands in its row: `account.disabled` where it is already;
   * `manager.last`; `account.not_found`, `account.deleted`.
   */
  disableAll(given: UnderWay & { accounts: Iterable<Id> }): Promise<DoneRow[]>
  /**
   * Sends many their activation link, or their username with a new temporary password, once more.
   * It is `sendAgain` for each, in pieces that are each one commit.
   *
   * `asOf` is the moment at which the office looked at the list that they were chosen from: whom
   * something was sent at that moment or since has `enrolment.already_sent`, so that running it
   * again sends nothing twice.
   *
   * `onProgress` is told before each piece, and `signal` may stop the work: what was not reached
   * has `act.cancelled` then, and can be run again.
   *
   * Rejects with `actor.not_allowed`, and those of the store, where nothing was reached. What is
   * wrong with one of them stands in its row: `enrolment.already_sent`, `account.active`,
   * `account.disabled`, `account.not_found`, `account.deleted`.
   */
  sendAgainAll(given: UnderWay & { accounts: Iterable<Id>, asOf: Moment }): Promise<DoneRow[]>
  /**
   * Signs many out everywhere (E5). It is `endSessions` for each, in pieces that are each one
   * commit.
   *
   * `onProgress` is told before each piece, and `signal` may stop the work: what was not reached
   * has `act.cancelled` then, and can be run again.
   *
   * Rejects with `actor.not_allowed`, and those of the store, where nothing was reached. What is
   * wrong with one of them stands in its row: `account.not_found`, `account.deleted`.
   */
  endSessionsAll(given: UnderWay & { accounts: Iterable<Id> }): Promise<DoneRow[]>
  /**
   * Merges a party into another, since both are one person or organization (A6): its roles, ties,
   * grants, links, applications and invitations are the other's from now on, and what the other has
   * not written down. Ties that both have become one, unless they rest on different documents; ties
   * between the two end. No contact of an account moves. It is in no list any more; who asks for it
   * by its identifier is told of the other, and a roster that names it means the other.
   * `splitParty` undoes it.
   *
   * Where one of them is a personal representative or has one, support or an account manager does
   * it, and the client is told who decides for them from now on, as by `relate` (V).
   *
   * Rejects with `actor.not_allowed`, `party.not_found`, `party.merged`; `party.merge_unfit` for a
   * person and an organization, or for one alone; `party.two_accounts` where both have an account,
   * and may have but one (C5).
   */
  mergeParties(keep: Id, gone: Id): Promise<Merged>
  /**
   * What `mergeParties` would do. It writes nothing.
   *
   * Rejects with `actor.not_allowed`, `party.not_found`, `party.merged`, `party.merge_unfit`,
   * `party.two_accounts`, as `merge_parties`.
   */
  previewMerge(keep: Id, gone: Id): Promise<Merged>
  /**
   * Splits a party again from the one that it was merged into (A6): what was moved goes back, and
   * both are as before, but for what was ended or changed since, which `Split.changed` names. What
   * came to the other since the merge stays with it. Sessions of the accounts of both end, since
   * each has less now. Whoever of the two is left without an account, and became a client or had a
   * tie begin that enrols while they were one, is enrolled (R).
   *
   * Rejects with `actor.not_allowed`, also for a program where one of them is a personal
   * representative or has one (V); `party.not_found`; `party.not_merged`; `party.merged` where the
   * other has been merged itself: that one is to be split first. So is one that was merged later
   * into the same party, or that joined the same ties: `party.merged_later` says which.
   * `party.two_accounts` where one of them would have several and may have but one (C5): unlink
   * first.
   */
  splitParty(party: Id): Promise<Split>
  /**
   * The messages of the agency, newest first, their secrets masked; of one state, or of all.
   *
   * Rejects with `actor.not_allowed`, and those of the store.
   */
  messages(options?: Paging & { state?: MessageState | null }): Promise<ListPage<MessageRow>>
  /** All of them, page by page: as `messages`. */
  eachMessage(options?: { state?: MessageState | null }): AsyncGenerator<MessageRow, void, undefined>
  /**
   * Adds a person or an organization. A client is enrolled in the same act (R, S1); others when
   * they get the tie, the roster row or the invitation that calls for it.
   *
   * Rejects with `actor.not_allowed`, `party.exists` for a known external identifier, or the
   * findings about name, roles, e-mail and phone; `text.too_long`, `text.control_character` of name
   * and external identifier. That a client could not be enrolled is no error: the findings of the
   * enrolment say why.
   */
  addParty(given: { kind?: PartyKind, name: string, roles?: Iterable<Role>, externalId?: string | null, email?: string | null, phone?: string | null, preferred?: Method | null, locale?: Locale | null }):
    Promise<{ party: Id, enrolled: Enrolled | null }>
  /**
   * The parties of the agency by name (A6), those that fit the filter.
   *
   * What a page costs beside its rows: of a role, a reading of the ties that convey one and of
   * those who have it by them; without an account, a look through the links in force.
   *
   * Rejects with `actor.not_allowed`, and those of the store.
   */
  parties(options?: Paging & { text?: string | null, role?: Role | null, kind?: PartyKind | null, withoutAccount?: boolean }):
    Promise<ListPage<Party>>
  /** All of them, page by page: as `parties`. */
  eachParty(options?: { text?: string | null, role?: Role | null, kind?: PartyKind | null, withoutAccount?: boolean }):
    AsyncGenerator<Party, void, undefined>
  /**
   * Makes the account of a party that has none, by the scheme of a role that it has; with a code,
   * it is sent an invitation.
   *
   * Rejects with `account.exists`, `party.not_found`, `party.role_missing`;
   * `invitation.already_sent` where one went out already, which is for `reinvite`; or the findings
   * about the username.
   */
  createAccount(given: { party: Id, role: Role, username?: string | null }): Promise<Enrolled>
  /**
   * Sets what a party is to the agency, beside what its ties convey. Who becomes a client by it is
   * enrolled, and so are those whom ties of before make their emergency contact, payer or community
   * (R).
   *
   * Rejects with `party.not_found`, `party.role_unfit`; `party.two_accounts` for a family that
   * several accounts belong to, and that would be something else too (C5). That a client could not
   * be enrolled is no error: the findings of the enrolment say why.
   */
  setRoles(party: Id, roles: Iterable<Role>): Promise<Enrolled | null>
  /**
   * Makes an invitation that is printed and handed over, and sends nothing (I10): 14 days as any
   * other; the earlier one dies at once (I5). The code is redeemed together with the party's e-mail
   * or phone, by the preferred way or the one that is named, or with the application's number (I3).
   *
   * Nothing was sent to that contact, so redeeming proves none (C1): once a password was chosen,
   * its user is sent a link to confirm it. Whoever has no contact could get no username by the code
   * (U2): `invitation.no_contact` asks for one to be written down first.
   *
   * Rejects with `invitation.already_linked`, `invitation.no_contact`; `party.not_found`,
   * `application.not_found`.
   */
  printCode(item: Invitee, options?: { method?: Method | null }): Promise<PrintedCode>
  /**
   * Who is deleted and had this e-mail address, phone number or username (`username.retired`, U4),
   * so that their return is recognised. Of an address or number nothing but a keyed digest is left:
   * whose it was only the address itself tells.
   *
   * Rejects with `actor.not_allowed`, and those of the store.
   */
  former(name: string): Promise<Former | null>
  /**
   * Brings back a party that was deleted (U4): it is the same one again, with the name, roles and
   * contacts that are given now, and may have the usernames that were its own. Nothing else comes
   * back: no account, tie, grant, link or password. A client is enrolled in the same act, as by
   * `addParty`; for others `createAccount` makes a new account.
   *
   * Rejects with `actor.not_allowed`; `party.not_found` also where a person would come back as an
   * organization; `party.merged` for one that was merged; `party.exists` for a party that is not
   * deleted, or for another one's external identifier; the findings about name, roles, e-mail and
   * phone.
   */
  restoreParty(given: { party: Id, kind: PartyKind, name: string, roles: Iterable<Role>, externalId?: string | null, email?: string | null, phone?: string | null, preferred?: Method | null, locale?: Locale | null }):
    Promise<{ party: Id, enrolled: Enrolled | null }>
  /**
   * The access review: who has not activated, which invitations are stale, which e-mails and phones
   * are shared, whose party has no role left, who has not signed in for `unusedDays` (`UNUSEDDAYS`
   * where nobody says otherwise), who objected to a new contact, and who changed their own. Sorted
   * by kind, then by age.
   *
   * Rejects with `actor.not_allowed`, and those of the store.
   */
  review(given: { unusedDays: number }): Promise<ReviewItem[]>
  /**
   * Where a user is signed in: their sessions and the devices that are known (E5), the latest
   * first, sessions before devices. All of them end with `endSessions`.
   *
   * Rejects with `actor.not_allowed`, `account.not_found`.
   */
  sessions(account: Id): Promise<SessionRow[]>
  /**
   * Who waits to be sent their first message, longest first (I10): accounts that were made to be
   * sent to later, families that were never invited, and others who can only be invited: whose
   * role, be it by a tie in force with a client, is enrolled by a code, or whose address is the
   * login of somebody else, which they share. A family with applications is invited to those: it
   * stands in the list of applications. Who is disabled waits for nothing.
   *
   * Rejects with `actor.not_allowed`, and those of the store.
   */
  staged(options?: Paging): Promise<ListPage<StagedRow>>
  /** All of them, page by page: as `staged`. */
  eachStaged(): AsyncGenerator<StagedRow, void, undefined>
  /**
   * Every text that is sent: by kind, way and language, in each language that has texts, and in
   * those that the agency has written some in (N).
   *
   * Rejects with `actor.not_allowed`, and those of the store.
   */
  texts(): Promise<TextRow[]>
  /**
   * The text that is sent: the agency's own, or the one that ships (N).
   *
   * Rejects with `actor.not_allowed`, and those of the store.
   */
  text(given: { kind: MessageKind, method: Method, locale: Locale }): Promise<TextRow>
  /**
   * The ties of a party, both ways round: what it is to others, and what others are to it (R).
   * Those in force at a moment, where one is given; otherwise all there ever were. The latest begun
   * come first.
   *
   * Rejects with `actor.not_allowed`, `party.not_found`, `party.merged`, and those of the store.
   */
  ties(party: Id, options?: { at?: Moment | null }): Promise<TieRow[]>
  /**
   * Makes a tie: `who` becomes the `kind` of `of` (R). A tie that makes someone an emergency
   * contact, payer or community of a client enrols them by policy, if they have no account yet
   * (S1): now, or where it begins later, then.
   *
   * A personal representative is set by support or an account manager, and told to the client: at
   * all contacts of their account that are proven, before the first where it is reached, or else by
   * the contact that the office wrote down (V).
   *
   * One that ends when it begins is none: `tie.ends_before_it_begins`.
   *
   * Rejects with `actor.not_allowed`, `party.not_found`, or the findings of `checkTie`, and after
   * them `tie.reference_missing`, `text.too_long`, `text.control_character`. That someone could not
   * be enrolled is no error: the findings of the enrolment say why.
   */
  relate(given: { kind: TieKind, who: Id, of: Id, beginsAt?: Moment | null, endsAt?: Moment | null, reference?: string | null }):
    Promise<{ tie: Id, enrolled: Enrolled | null }>
  /**
   * Ends a tie, now or at a moment given; what it allowed is over then. An end only ever comes
   * earlier by it: one that is over, or ends before that moment already, stays as it is.
   *
   * Rejects with `tie.not_found`, `tie.ended`, `tie.ends_before_it_begins`.
   */
  endTie(tie: Id, options?: { at?: Moment | null }): Promise<void>
  /**
   * One user.
   *
   * Rejects with `actor.not_allowed`, `account.not_found`.
   */
  user(account: Id): Promise<User>
  /**
   * Makes an account for someone of the office before their staff record (A2), with a temporary
   * password: generated, or typed twice (P8).
   *
   * Rejects with the findings about names, username and password.
   */
  createStaffAccount(given: Partial<TypedTwice> & { firstName: string, lastName: string, email?: string | null, phone?: string | null, username?: string | null }):
    Promise<Enrolled>
  /**
   * Links an account that came before its staff record to that record (A2).
   *
   * Rejects with `account.already_linked`, `account.exists` where the party has another account;
   * `account.not_found`, `account.deleted`, `party.not_found`.
   */
  linkAccount(given: { account: Id, party: Id }): Promise<void>
  /**
   * Disables an account: its sessions, devices and begun steps end at once, and what waits to be
   * sent to it with a secret; time and manager are kept (A4).
   *
   * Rejects with `account.disabled` where it is; `manager.last`; `account.not_found`,
   * `account.deleted`.
   */
  disable(account: Id): Promise<void>
  /**
   * Enables an account again, in the stage it had (A4). A contact that was corrected meanwhile is
   * sent its link to confirm it now (C2).
   *
   * Rejects with `account.not_disabled`, `account.not_found`, `account.deleted`.
   */
  enable(account: Id): Promise<void>
  /**
   * Forgets the failures of an account (A4, E4): passwords from devices that are not known are
   * evaluated again, at once.
   *
   * Rejects with `account.not_found`, `account.deleted`.
   */
  unlock(account: Id): Promise<void>
  /**
   * Signs a user out everywhere (E5): all sessions of the account end, no device is known any more,
   * and what a sign-in led to is begun again. The password stays, and so do links and codes that
   * were sent.
   *
   * Rejects with `account.not_found`, `account.deleted`.
   */
  endSessions(account: Id): Promise<void>
  /**
   * Resets a password to one that the manager typed twice: sessions end, what was sent before is
   * dead, and its user must change it at the next sign-in (A4, P8). An account that waited to be
   * sent to waits no longer (I10): this password opens it. Of the last account manager who can act
   * only support resets it, since nobody can until they have come back (A1).
   *
   * Rejects with the findings about the password; `manager.last`; `account.not_found`,
   * `account.deleted`.
   */
  resetPassword(account: Id, given: TypedTwice): Promise<void>
  /**
   * Sends the activation link, or the username with a new temporary password, once more, by the
   * preferred way; what was sent before is dead. An account that waits to be sent to is sent it for
   * the first time (I10).
   *
   * Rejects with `account.active`, `account.disabled`, `account.not_found`, `account.deleted`.
   */
  sendAgain(account: Id): Promise<Enrolled>
  /**
   * Takes an e-mail address or a phone number from an account, because it has changed hands (C6):
   * the account is told at its other contacts, and signs in by one of those where this one was its
   * username. The name is free for its new owner then, who can be invited again. So is one that its
   * user has left (C3), by which nobody can object any more then.
   *
   * Where the owner of the earlier contact objected to a new one (C2), this is how the office
   * decides: it takes away the one that is not the user's. The new one taken, the earlier one
   * stays. The earlier one taken, the new one stands, as it did, or is sent a link to confirm it
   * where it had not; what its owner may have set since is over, further contacts too, and the user
   * recovers.
   *
   * Rejects with `contact.not_found` where the account has no such contact; `contact.last` where it
   * would have no username left: disable or delete it first; `contact.objected` where several were
   * objected to and it is not clear which one stands: take the wrong ones first;
   * `account.not_found`, `account.deleted`.
   */
  releaseContact(account: Id, contact: string): Promise<void>
  /**
   * Writes a free note on an account (A5); an empty one takes it away.
   *
   * Rejects with `text.too_long` over 2,000 characters, `text.control_character` for others than
   * ends of lines and tabs; `account.not_found`, `account.deleted`.
   */
  setNote(account: Id, note: string): Promise<void>
  /**
   * The bulk window (A5, S0): the parties of every role that has any, each role with its number and
   * the first `limit` parties after `offset`.
   *
   * Rejects with `actor.not_allowed`, and those of the store.
   */
  window(options?: Paging): Promise<WindowGroup[]>
}
