'use strict'

// Long work tells how far it has come, and stops where its signal says so.

const { later, native } = require('./border')

/**
 * Does the work of `call`, which is given what stops it and what it tells. What
 * `onProgress` throws stops it too, and comes out.
 */
async function underWay ({ signal, onProgress }, call) {
  const stop = new native.Stop()
  const abort = () => stop.stop()
  let thrown = /** @type {{ error: unknown } | undefined} */ (undefined)
  const tell = (done, total) => {
    if (thrown) return
    try {
      onProgress?.({ done, total })
    } catch (error) {
      thrown = { error }
      stop.stop()
    }
  }
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    const answer = await later(() => call(stop, tell)).finally(everythingTold)
    if (thrown) throw /** @type {{ error: unknown }} */ (thrown).error
    return answer
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

/** Progress and outcome come by two ways: the last progress may be a step behind. */
const everythingTold = () => new Promise((resolve) => setImmediate(resolve))

module.exports = { underWay }
