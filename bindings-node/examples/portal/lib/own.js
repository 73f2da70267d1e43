// Who is signed in, for the acts that take their session.

/** The session of who asks; an error, which leads to signing in, where nobody is signed in. */
export function ownSession ({ carekey }) {
  carekey.signedIn()
  return carekey.session
}

/** What was wrong with what somebody asked for themselves; that their session is over, and anything else, goes on. */
export function ownFindings (error) {
  if (error.code === 'session.ended' || !['invalid', 'conflict', 'refused'].includes(error.kind)) throw error
  return error.findings.length > 0 ? error.findings : [error]
}
