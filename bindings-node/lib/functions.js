'use strict'

// Written by core/surface from the core: change it there, not here.

const { native, now: call, options, pack, text } = require('./border')

const account = {
  afterPassword: (stage, given) => call(() => native.accountAfterPassword(pack({ ...options(given), stage }))),
  afterQuestions: (stage) => call(() => native.accountAfterQuestions(pack({ stage }))),
  state: (stage, given) => call(() => native.accountState(pack({ ...options(given), stage }))),
  isLive: (life, given) => call(() => native.accountIsLive(pack({ ...options(given), life }))),
  session: (given) => call(() => native.accountSession(pack(options(given)))),
  step: (given) => call(() => native.accountStep(pack(options(given))))
}

const invitation = {
  issue: (given) => call(() => native.invitationIssue(pack(options(given)))),
  redeem: (invitation, now) => call(() => native.invitationRedeem(pack({ invitation, now }))),
  standing: (invitation, now) => call(() => native.invitationStanding(pack({ invitation, now }))),
  supersede: (invitation, now) => call(() => native.invitationSupersede(pack({ invitation, now }))),
  timeLeft: (invitation, now) => call(() => native.invitationTimeLeft(pack({ invitation, now }))),
  parseCode: (code) => call(() => native.invitationParseCode(pack({}), text(code, 'code'))),
  parseLink: (link) => call(() => native.invitationParseLink(pack({}), text(link, 'link'))),
  checkAction: (action, given) => call(() => native.invitationCheckAction(pack({ ...options(given), action }))),
  chooseMethod: (given) => call(() => native.invitationChooseMethod(pack(options(given)))),
  nextAction: (given) => call(() => native.invitationNextAction(pack(options(given)))),
  onlineAccount: (given) => call(() => native.invitationOnlineAccount(pack(options(given))))
}

const message = {
  address: (given) => call(() => native.messageAddress(pack(options(given)))),
  page: (kind) => call(() => native.messagePage(pack({ kind }))),
  checkLinkBase: (text) => call(() => native.messageCheckLinkBase(pack({ text }))),
  checkTemplate: (given) => call(() => native.messageCheckTemplate(pack(options(given)))),
  fields: (kind) => call(() => native.messageFields(pack({ kind }))),
  label: (set, word, locale) => call(() => native.messageLabel(pack({ set, word, locale }))),
  labels: (set, locale) => call(() => native.messageLabels(pack({ set, locale }))),
  masked: (given) => call(() => native.messageMasked(pack(options(given)))),
  moment: (at, locale) => call(() => native.messageMoment(pack({ at, locale }))),
  retryAt: (given) => call(() => native.messageRetryAt(pack(options(given)))),
  shipped: (given) => call(() => native.messageShipped(pack(options(given)))),
  span: (lastsMs, locale) => call(() => native.messageSpan(pack({ lastsMs, locale })))
}

const name = {
  display: (name) => call(() => native.nameDisplay(pack({ name }))),
  key: (name) => call(() => native.nameKey(pack({ name }))),
  parse: (text) => call(() => native.nameParse(pack({ text })))
}

const password = {
  checkHash: (stored) => call(() => native.passwordCheckHash(pack({}), text(stored, 'stored'))),
  hashingMemory: () => call(() => native.passwordHashingMemory(pack({}))),
  isBlockListed: (password) => call(() => native.passwordIsBlockListed(pack({}), text(password, 'password'))),
  limitHashingMemory: (kib) => { call(() => native.passwordLimitHashingMemory(pack({ kib }))) },
  temporary: (given) => call(() => native.passwordTemporary(pack(options(given))))
}

const questions = {
  normalise: (answer) => call(() => native.questionsNormalise(pack({}), text(answer, 'answer')))
}

const relationship = {
  inForce: (period, at) => call(() => native.relationshipInForce(pack({ period, at }))),
  overlaps: (period, other) => call(() => native.relationshipOverlaps(pack({ period, other }))),
  isValid: (period) => call(() => native.relationshipIsValid(pack({ period }))),
  checkTie: (given) => call(() => native.relationshipCheckTie(pack(options(given)))),
  conveyed: (who, ties, at) => call(() => native.relationshipConveyed(pack({ who, ties, at }))),
  conveys: (kind) => call(() => native.relationshipConveys(pack({ kind }))),
  roleFits: (role, kind) => call(() => native.relationshipRoleFits(pack({ role, kind })))
}

const username = {
  canonical: (typed, given) => call(() => native.usernameCanonical(pack({ ...options(given), typed }))),
  checkContact: (text, given) => call(() => native.usernameCheckContact(pack({ ...options(given), text }))),
  checkEmail: (text) => call(() => native.usernameCheckEmail(pack({ text }))),
  checkPhone: (text, given) => call(() => native.usernameCheckPhone(pack({ ...options(given), text }))),
  checkStaffName: (typed, given) => call(() => native.usernameCheckStaffName(pack({ ...options(given), typed }))),
  skeleton: (canonical) => call(() => native.usernameSkeleton(pack({ canonical })))
}

const visibility = {
  cell: (role, resource) => call(() => native.visibilityCell(pack({ role, resource }))),
  checkGrant: (given) => call(() => native.visibilityCheckGrant(pack(options(given)))),
  checkPolicy: (policy) => call(() => native.visibilityCheckPolicy(pack({ policy }))),
  decide: (given) => call(() => native.visibilityDecide(pack(options(given)))),
  sees: (given) => call(() => native.visibilitySees(pack(options(given))))
}

module.exports = { account, invitation, message, name, password, questions, relationship, username, visibility }
