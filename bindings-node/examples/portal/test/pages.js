// Every page that has an address, and the picture that is of it: by the name that
// a story looks at it under, and the screen. `pages.test.js` holds the table
// against the routes, and `look` the address against the table.

import { pagesOf } from './table.js'

export const PAGES = {
  '/sign-in': 'sign-in-desktop',
  '/activate': 'activate-phone',
  '/activate/password': 'create-password-phone',
  '/password': 'choose-password-phone',
  '/questions': 'questions-phone-es',
  '/forgot': 'forgot-phone',
  '/forgot/next': 'forgot-code-phone',
  '/invitation': 'invitation-phone',
  '/invitation/accept': 'invitation-confirm-phone',
  '/confirm': 'confirm-link-phone',
  '/confirm/now': 'confirm-contact-phone',
  '/object': 'object-link-phone',
  '/object/now': 'object-contact-phone-es',
  '/home': 'client-home-desktop',
  '/calendar': 'payer-calendar-desktop',
  '/invoices': 'payer-invoices-phone',
  '/invoices/:number': 'invoice-desktop',
  '/service-plan': 'client-service-plan-phone',
  '/application': 'family-application-phone',
  '/message': 'client-message-phone-es',
  '/profile': 'profile-phone',
  '/profile/contact': 'own-contact-phone',
  '/profile/questions': 'own-questions-phone-es',
  '/profile/sessions': 'sessions-phone',
  '/office/users': 'users-desktop',
  '/office/users/:account': 'user-desktop',
  '/office/users/:account/sessions': 'user-sessions-desktop',
  '/office/people': 'people-desktop',
  '/office/former': 'former-desktop',
  '/office/people/new': 'add-person-desktop',
  '/office/people/:party': 'month-party-desktop',
  '/office/people/:party/end/:what/:id': 'party-end-desktop',
  '/office/people/:party/merge': 'month-merge-desktop-es',
  '/office/print/:what/:id': 'print-ask-desktop',
  '/office/staged': 'staged-desktop',
  '/office/accounts': 'bulk-accounts-desktop',
  '/office/roster': 'roster-desktop',
  '/office/roster/ties': 'ties-desktop',
  '/office/invitations': 'invitations-desktop',
  '/office/messages': 'messages-desktop-es',
  '/office/messages/:kind/:method/:locale': 'message-desktop',
  '/office/delegated': 'delegated-desktop',
  '/office/delegated/:role': 'delegated-edit-desktop',
  '/office/review': 'month-review-desktop',
  '/office/review/:account': 'objection-desktop',
  '/office/history': 'history-desktop',
  '/office/history/exports': 'exports-desktop',
  '/mail': 'mailbox-desktop'
}

/** Pages of an answer to a form, and others again, that the guide shows. */
const BESIDE = [
  'roster-preview-desktop', 'ties-preview-desktop', 'ties-done-desktop', 'client-home-phone-dark', 'users-phone', 'invitations-phone-es'
]

export const PORTAL = pagesOf(PAGES, BESIDE)
