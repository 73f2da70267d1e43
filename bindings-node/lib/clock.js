'use strict'

const { native, now, wrongType } = require('./border')

const handles = new WeakMap()

/** A clock that a host's test moves by hand. */
class ManualClock {
  constructor (start) {
    if (!(start instanceof Date)) throw wrongType('now', 'a Date')
    handles.set(this, now(() => native.Clock.at(start.getTime())))
  }

  advance (ms) {
    if (!Number.isFinite(ms)) throw wrongType('ms', 'a number')
    handles.get(this).advance(ms)
  }
}

/** The native clock, where there is one. */
function clockOf (clock) {
  if (clock === undefined || clock === null) return undefined
  if (!(clock instanceof ManualClock)) throw wrongType('clock', 'a ManualClock')
  return handles.get(clock)
}

module.exports = { ManualClock, clockOf }
