// A day as an office types it, in the agency's time zone.

/** How far that zone is ahead of UTC at a moment, in milliseconds. */
function ahead (at, timeZone) {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  const [, sign, hours, minutes] = parts.find(({ type }) => type === 'timeZoneName').value.match(/([+-])(\d+):(\d+)/) ?? []
  return sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0
}

/** The moment at which a day begins; nothing where none is given or it is no day. */
export function beginOf (day, timeZone) {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(midnight)) return null
  // The clocks may be put on or back between the guess and the moment.
  const guess = midnight - ahead(midnight, timeZone)
  return new Date(midnight - ahead(guess, timeZone))
}

/** The last millisecond of a day. */
export function endOf (day, timeZone) {
  const begin = beginOf(day, timeZone)
  if (!begin) return null
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return new Date(beginOf(next, timeZone).getTime() - 1)
}
