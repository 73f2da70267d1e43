// What every bench in Node prints and measures by: core/benches/table/mod.rs.

/** The shortest time of each of several pieces of work, which take turns, in nanoseconds. */
export async function turns (...works) {
  const best = works.map(() => Infinity)
  for (let turn = 0; turn < 5; turn++) {
    for (const [index, work] of works.entries()) {
      const started = process.hrtime.bigint()
      const done = work()
      if (done instanceof Promise) await done
      best[index] = Math.min(best[index], Number(process.hrtime.bigint() - started))
    }
  }
  return best
}

/** What one of so many took. */
export function each (all, times) {
  const nanos = all / times
  if (nanos < 1e3) return `${nanos.toFixed(0)} ns`
  return nanos < 1e6 ? `${(nanos / 1e3).toFixed(2)} µs` : `${(nanos / 1e6).toFixed(2)} ms`
}

/** Prints ours and a peer's at the same work, and how often each did it. */
export function beside (work, [ours, times], [peer, theirs, theirTimes = times], note = '') {
  const ratio = (theirs / theirTimes) / (ours / times)
  console.log(`beside | ${work} | ${each(ours, times)} | ${peer}: ${each(theirs, theirTimes)} | ${ratio.toFixed(2)} | ${note}`)
}
