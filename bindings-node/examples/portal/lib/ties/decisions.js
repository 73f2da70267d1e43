// Who the ends of ties are, where the roster does not say it for certain (C4).

import { attempts, of } from '../roster/decisions.js'

export const ENDS = ['who', 'of']

/** Says who they are, line by line: `ends` has those that were taken, by the name of their field. */
export function decideEnds (preview, given) {
  const { refused, attempt } = attempts()
  const ends = new Map()
  for (const end of ENDS) {
    for (const [line, party] of of(given, end)) {
      if (attempt(line, () => preview.accept(line, end, party))) ends.set(`${end}-${line}`, party)
    }
  }
  return { ends, refused }
}

/** The same as a form has them. */
export const asGiven = ({ ends }) => Object.fromEntries(ends)
