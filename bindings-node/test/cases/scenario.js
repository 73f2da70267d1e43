'use strict'

// Plays a scenario: what an agency does, act by act, and what comes of it.
// Agency 104, "Harbor Home Care", is there from the beginning; the clock
// starts at 2026-03-02T09:00:00Z and moves by `wait` alone.

const { CarekeyError } = require('../..')
const { acts } = require('./acts')
const { codes } = require('./plain')
const { World } = require('./world')

/** One outcome for each step. */
async function play (given) {
  const world = await World.open(given.settings ?? {}, given.policy ?? {})
  try {
    const outcomes = []
    for (const step of given.steps) outcomes.push(await one(world, step))
    return outcomes
  } finally {
    await world.close()
  }
}

async function one (world, { by = 'support:Pat Long', from, agency: code = '104', send, do: act, ...given }) {
  const agency = await world.agency(code)
  const actor = world.actor(by)
  const here = { world, agency, source: from, actor, office: agency.actingAs(actor, { source: from, send }) }
  if (!acts[act]) throw new Error(`no such step: ${act}`)
  try {
    return (await acts[act](here, given)) ?? 'done'
  } catch (error) {
    if (!(error instanceof CarekeyError)) throw error
    return { error: error.findings.length > 0 ? codes(error.findings) : [error.code] }
  }
}

module.exports = { play }
