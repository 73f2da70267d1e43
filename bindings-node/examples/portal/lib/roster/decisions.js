// Decides what was decided, and says what stands then: who is who first, for
// the names of a person follow from it (C4, U5).

/** Who each row is about, whose login it shares, and its name; what could not be taken is said of its line. */
export function decideAll (preview, given, { acceptSuggestions = false }) {
  const { refused, attempt } = attempts()
  for (const [line, who] of of(given, 'who')) attempt(line, () => preview.decide(line, who === 'another' ? who : { same: who }))
  const shares = new Set()
  for (const [line] of of(given, 'share')) if (attempt(line, () => preview.share(line))) shares.add(line)
  const names = new Map()
  const take = (line, name) => attempt(line, () => preview.accept(line, name)) && names.set(line, name)
  const typed = new Map(of(given, 'typed'))
  for (const [line, name] of of(given, 'name')) if (!typed.has(line)) take(line, name)
  for (const [line, name] of typed) take(line, name)
  if (acceptSuggestions) {
    const waiting = rowsOf(preview).filter(({ state }) => state === 'waiting').map(({ line }) => line)
    preview.acceptSuggestions()
    const now = new Map(rowsOf(preview).map((row) => [row.line, row]))
    for (const line of waiting) if (now.get(line).state === 'pass') names.set(line, now.get(line).username)
  }
  return { rows: rowsOf(preview), names, refused, shares, whos: standing(preview, given) }
}

/** Decisions one by one: what one of them was refused for is said of its line, and stops no other. */
export function attempts () {
  const refused = new Map()
  const attempt = (line, act) => {
    try {
      act()
      return true
    } catch (error) {
      // What waits no more, since something else was decided, is said by its verdict.
      if (error.kind !== 'not_found') refused.set(line, invalid(error))
      return false
    }
  }
  return { refused, attempt }
}

export const rowsOf = (preview) => preview.rows.toArray()

/** What there is to decide anew of each line: nobody yet, a party, or another. */
function standing (preview, given) {
  const asked = rowsOf(preview).filter(({ line, maybe, decision }) => maybe.length > 0 || (decision && given[`who-${line}`]))
  return new Map(asked.map(({ line, decision }) => [line, decision ? decision.who.same ?? 'another' : '']))
}

/** The same as a form has them. */
export const asGiven = ({ whos, names, shares }) => Object.fromEntries([
  ...[...whos].filter(([, who]) => who).map(([line, who]) => [`who-${line}`, who]),
  ...[...names].map(([line, name]) => [`name-${line}`, name]),
  ...[...shares].map((line) => [`share-${line}`, 'yes'])
])

/** The lines of which something was decided, with what. */
export const of = (given, what) => Object.entries(given).flatMap(([key, value]) => {
  const line = new RegExp(`^${what}-(\\d+)$`).exec(key)?.[1]
  return line ? [[Number(line), value]] : []
})

function invalid (error) {
  if (error.kind !== 'invalid') throw error
  return error.findings.length > 0 ? error.findings : [error]
}
