// Written by core/surface from the core: change it there, not here.

import type { AgencySettings, Decision, InvitationView, OwnContact, OwnSession, Party, Recovered, Session, Sight, SignedIn } from './answers'
import type { Id, SecretText, TokenText } from './basics'
import type { From, ListPage, Paging, Recovery, Redeemed, SignIn, TypedTwice, Whose } from './engine'
import type { HistoryLine } from './given'
import type { Answer } from './rules'
import type { Locale, Method, Resource, State } from './words'

/** The acts of the agency that need no hand. */
export interface AgencyActs {
  /**
   * Whether an account may see a resource now, and why (V). Default deny: an account or a party of
   * another agency is one that is not there.
   *
   * Rejects with `account.not_found`, `party.not_found`, `application.not_found`, or those of the
   * store.
   */
  canSee(viewer: Id, resource: Resource, of: Whose): Promise<Decision>
  /**
   * Everything that an account sees now: its own, that of everyone it is tied to, its applications,
   * and what is granted to it by name. A grant for every client stands for itself and is not listed
   * client by client.
   *
   * Rejects with `account.not_found`, or those of the store.
   */
  sees(viewer: Id): Promise<Sight[]>
  /**
   * Every account that sees a resource of a client or an application now, and why: the other way
   * round.
   *
   * Rejects with `party.not_found`, `application.not_found`, or those of the store.
   */
  seenBy(resource: Resource, of: Whose): Promise<{ account: Id, decision: Decision }[]>
  /**
   * A snapshot of what an account may see, for an app to decide by without a network until it
   * lapses (V, `snapshot`): as `canSee`, it answers for what is now. It lasts as long as the policy
   * says.
   *
   * Rejects with `account.not_found`, `account.deleted`, `account.disabled`, or those of the store.
   */
  snapshot(viewer: Id): Promise<string>
  /**
   * The contacts of one's own account (C1): where its user is reached, and which wait to be
   * confirmed; e-mail first, of each kind those that nobody objected to, the earliest of them
   * first.
   *
   * Rejects with `session.ended`.
   */
  contacts(session: TokenText, options?: From): Promise<OwnContact[]>
  /**
   * Changes one's own e-mail address or phone number, with one's password (C3). The new one is sent
   * a link to confirm it, and takes the place of the one of its kind, and of the username where
   * that is the same (U1, U2), when it is confirmed; the earlier one is told, and of a number the
   * e-mail address as well, with a link to object for 30 days. Only the latest that was asked for
   * can be confirmed. One that is theirs already takes back what waits.
   *
   * Whether somebody else has the address is said to whoever confirms it, who has it, and to nobody
   * else.
   *
   * Rejects with `session.ended`; `password.current_wrong`, counted as at sign-in (E4); the
   * findings about the address, such as `email.malformed`; `contact.objected` where its owner
   * objected and the office has not decided; `contact.too_often` where ten messages about changes
   * went to either contact within a day.
   */
  changeContact(given: From & { session: TokenText, password: SecretText, method: Method, address: string }):
    Promise<OwnContact>
  /**
   * In which language its user is written to from now on (C3). What the office writes down of the
   * party later, unless it is another language, leaves it so.
   *
   * Rejects with `session.ended`.
   */
  setLanguage(given: From & { session: TokenText, language: Locale }): Promise<void>
  /**
   * Confirms a new e-mail address or phone number by the link that was sent to it (C2, C3). It
   * takes the place of the earlier one, and where that was the username, the username follows (U1).
   * Gives the username.
   *
   * Rejects with `link.malformed`; `contact.objected` where the owner of the earlier contact
   * objected; `step.refused` where the link is not or no longer good; the findings about the
   * username.
   */
  confirmContact(given: From & { link: SecretText }): Promise<string>
  /**
   * Objects to a new e-mail address or phone number, by the link that was sent to the earlier one
   * (C2, C3), for 30 days and whatever whoever holds the account did meanwhile. The change and all
   * that came after it are taken back: the earlier contact and username hold again, and all
   * sessions and devices of the account end. Where the user asked for the change, or the new
   * contact was confirmed, the password is gone as well, and the questions are those of before:
   * whoever has the earlier contact recovers the account by it. The new one proves nothing, and
   * stands in the office's review until it has decided.
   *
   * Rejects with `link.malformed`; `step.refused` where the link is not or no longer good: used,
   * too old, the office has decided, the account is deleted.
   */
  objectToContact(given: From & { link: SecretText }): Promise<void>
  /**
   * Where the user of a session is signed in: their sessions, and the devices from which they
   * signed in before (E5); the latest first, sessions before devices. What is over is not among
   * them.
   *
   * Rejects with `session.ended`.
   */
  sessions(session: TokenText): Promise<OwnSession[]>
  /**
   * Ends one of the user's own sessions, this one too, or lets go of a device and of the sessions
   * that began at it (E5).
   *
   * Rejects with `session.ended`; `session.not_found` where none of theirs has that identifier,
   * whoever has it else, or it is over.
   */
  endSession(given: From & { session: TokenText, id: Id }): Promise<void>
  /**
   * Ends all of the user's sessions but this one, and lets go of all devices but that which it
   * began at (E5). What a sign-in elsewhere led to is begun again. Gives how many sessions and
   * devices there were.
   *
   * Rejects with `session.ended`.
   */
  endOtherSessions(session: TokenText, options?: From): Promise<number>
  /**
   * Sends what a signed-in user writes to the agency's owner, in the template of the message; where
   * there are several owners, to each. It waits sealed, as codes do: it may be about someone's
   * health.
   *
   * Rejects with `session.ended`; `actor.not_allowed` where the user may not (V); `text.too_long`
   * over 5,000 characters; `email.missing` where the agency has no address of its owner.
   */
  messageOwner(given: From & { session: TokenText, text: SecretText }): Promise<void>
  /**
   * Begins a recovery: by the policy it sends a code to the stored contact, or asks the security
   * questions (Q5). For unknown names, and for accounts that cannot be recovered, the answer and
   * the work are the same.
   *
   * Rejects with those of the store.
   */
  recover(given: From & { username: string }): Promise<Recovery>
  /**
   * Takes a code that was sent (E6), and says what is asked next.
   *
   * Rejects with `recovery.refused`, whatever is wrong: the code, its time, the token, the account.
   */
  recoveryCode(given: From & { step: TokenText, code: SecretText }): Promise<Recovery>
  /**
   * Takes the answers to all questions that were asked, and says only whether they are right
   * together (Q4). The fifth wrong set ends the recovery; where nothing but questions is asked, it
   * makes further ones wait (E4).
   *
   * Rejects with `recovery.refused`, whatever is wrong.
   */
  recoveryAnswers(given: From & { step: TokenText, answers: Answer[] }): Promise<Recovery>
  /**
   * Chooses the new password and ends the recovery: all sessions end, the failures are forgotten,
   * and nobody is signed in by it (E6).
   *
   * Rejects with `step.refused`; the findings about the password, after which the step stays open.
   */
  finishRecovery(given: TypedTwice & From & { step: TokenText }): Promise<Recovered>
  /**
   * What an invitation's link leads to. It never uses the link up: mail scanners open links (I7).
   *
   * Rejects with `link.malformed`; `invitation.expired` where its time is over;
   * `invitation.refused` in every other case.
   */
  lookAtInvitation(link: SecretText): Promise<InvitationView>
  /**
   * Redeems a code together with the contact it was sent to or the application's number (I3),
   * exactly once, however many try at the same time (I7). With a session, it links to that account;
   * without, to a new one (I8), and never to one that exists (`sign_in_first`).
   *
   * Wrong codes are counted and keep nobody waiting: the code is too long to be found, and no
   * stranger can keep the right one from being taken.
   *
   * Rejects with `code.malformed` and `code.mistyped` without asking the store; `session.ended`
   * where a session was given that is over; `invitation.expired` for the right code after its time;
   * `invitation.refused` in every other case.
   */
  redeemCode(given: From & { code: SecretText, with: string, session?: TokenText | null }): Promise<Redeemed>
  /**
   * Redeems the confirmed link of an invitation, exactly once (I7, I8).
   *
   * Rejects with `link.malformed`; else as `Agency.redeemCode`.
   */
  redeemLink(given: From & { link: SecretText, session?: TokenText | null }): Promise<Redeemed>
  /**
   * Who this session belongs to, if it is live: not idle or old, its account neither disabled nor
   * deleted, its password the same. A lock refuses passwords and ends no session (E4).
   *
   * Rejects with `session.ended`, whatever the reason; or those of the store.
   */
  session(session: TokenText): Promise<SignedIn>
  /**
   * Ends this session. Ending one that is over is no error.
   *
   * Rejects with those of the store.
   */
  signOut(session: TokenText, options?: From): Promise<void>
  /**
   * Signs in. Every refusal looks the same and costs the same, whether the name is unknown, the
   * password wrong or empty, the account disabled, locked or expired (E3).
   *
   * Failures from devices that are not known are counted together, and make further passwords from
   * such devices wait; a device whose token is given is counted by itself (E4).
   *
   * Rejects with only those of the store: a refusal is an answer.
   */
  signIn(given: From & { username: string, password: SecretText, remember?: boolean, device?: SecretText | null }):
    Promise<SignIn>
  /**
   * Whose activation this link is: the username to show beside the password fields. Looking never
   * uses the link up (I7).
   *
   * Rejects with `link.malformed`; `step.refused` where the link is not or no longer good.
   */
  activation(link: SecretText): Promise<string>
  /**
   * Sets the first password by the link of the activation message (S0). The contact that it went to
   * is proven by it (C1). It signs nobody in: the answer is the state that sign-in will find.
   *
   * Rejects with `link.malformed`; `step.refused` where the link is not or no longer good, the
   * account disabled; the findings about the password.
   */
  activate(given: TypedTwice & From & { link: SecretText }): Promise<State>
  /**
   * Chooses a password: takes the step that `change_password` or a redeemed invitation began, and
   * goes on to what comes next.
   *
   * Rejects with `step.refused`; the findings about the password. The step stays open after
   * findings.
   */
  choosePassword(given: TypedTwice & From & { step: TokenText }): Promise<SignIn>
  /**
   * Sets the security questions: takes the step that `set_questions` began, and signs in.
   *
   * Rejects with `step.refused`; the findings about the answers. The step stays open after
   * findings.
   */
  setQuestions(given: From & { step: TokenText, answers: Answer[] }): Promise<SignIn>
  /**
   * How many security questions whoever holds this step, or this session, answers (Q1): the largest
   * number that the policy has for a role of theirs. So a page knows how many to show.
   *
   * Rejects with `step.refused`, where it is neither.
   */
  questionCount(step: TokenText): Promise<number>
  /**
   * Changes one's own security questions, with one's password (Q5): by the rules by which they were
   * first set (Q1 to Q4). What somebody began of a recovery ends; all proven contacts of the user
   * are told.
   *
   * Rejects with `session.ended`; `password.current_wrong`, counted as at sign-in (E4); the
   * findings about the answers.
   */
  changeQuestions(given: From & { session: TokenText, password: SecretText, answers: Answer[] }): Promise<void>
  /**
   * Changes the password of someone who is signed in. Their other sessions and devices end; this
   * one goes on under new tokens, remembered if it was (E5). It is no sign-in.
   *
   * Rejects with `session.ended`; the findings about the passwords, with `password.current_wrong`
   * among them.
   */
  changePassword(given: TypedTwice & From & { session: TokenText, current: SecretText }): Promise<Session>
  /**
   * The agency's own history: settings, managers, rosters, ties, grants. Lines of one moment that
   * two handles wrote are in no order of their own.
   *
   * Rejects with those of the store.
   */
  agencyHistory(): Promise<HistoryLine[]>
  /**
   * Whether the history of an account is as it was written.
   *
   * Rejects with `history.broken` with the number of the first line that is not as it was written,
   * or that the feed has before its predecessor; `history.cut` where lines are missing at the end;
   * those of `Agency.history`.
   */
  verifyHistory(account: Id): Promise<void>
  /**
   * Whether the agency's own history is as it was written, and whether every account whose history
   * it ever saw begin still has one.
   *
   * Rejects with `history.broken`, `history.cut`, or `history.removed` with the account whose
   * history is gone.
   */
  verifyAgencyHistory(): Promise<void>
  /**
   * Removes what is over and of no more use: tokens a day after their end, counts of failures and
   * codes when no rule looks at them any more, sent, abandoned and withdrawn messages after
   * `messageDays`, changes of contacts to which nobody can object any more and answers of before
   * them. Refusals that no history tells yet are told first. How many rows lists have is counted
   * anew. To be called now and then, from a job of the host's. Says how many rows went.
   *
   * Rejects with those of the store.
   */
  tidy(given: { messageDays: number }): Promise<number>
  /**
   * The history of an account, first line first. It outlives the account. What was refused and not
   * told yet, is told now: one line for each reason and day (E4).
   *
   * Rejects with `account.not_found`, or those of the store.
   */
  history(account: Id): Promise<HistoryLine[]>
  /**
   * A party.
   *
   * Rejects with `party.not_found`; `party.merged` with the one that it was merged `into` (A6); or
   * those of the store.
   */
  party(party: Id): Promise<Party>
  /**
   * Parties whose name, nickname, e-mail, phone or external identifier has each word of the text in
   * it, whatever their order, case and marks, by name as the agency's language sorts it (A4, A6):
   * `Conner, Felicia` finds Felicia Conner, and `munoz` Ana Muñoz. A phone number is found however
   * it is written, and a party's own identifier finds that party.
   *
   * Rejects with those of the store.
   */
  findParties(text: string, options?: Paging): Promise<ListPage<Party>>
  /** All of them, page by page: as `findParties`. */
  eachParty(text: string): AsyncGenerator<Party, void, undefined>
  /**
   * Reminds those who were sent an activation link, a temporary password or an invitation and have
   * not come, on the days of the policy (I10); there are none by default. To be called about once a
   * day, from a job of the host's. Says how many reminders it put in the outbox.
   *
   * One that was missed is made up for, several by one message; one run sends nobody two. A
   * reminder says the link and the code that were sent before, which are good for as long as they
   * were; of a temporary password, that it was sent. Nobody is reminded of what was redeemed,
   * replaced, cancelled or is over, who is disabled or deleted, or whose contact was objected to;
   * nor of what was printed, or sent before this release of carekey.
   *
   * Rejects with those of the store; what was written until then stays, and is not written again.
   */
  remind(): Promise<number>
  /**
   * What it has set.
   *
   * Rejects with those of the store.
   */
  settings(): Promise<AgencySettings>
}
