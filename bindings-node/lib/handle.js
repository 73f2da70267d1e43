'use strict'

const { wrongType } = require('./border')

const handles = new WeakMap()

/** The native object behind one of ours. */
function handleOf (object, type, argument) {
  if (!(object instanceof type)) throw wrongType(argument, `a ${type.name}`)
  return handles.get(object)
}

function wrapped (object, handle) {
  handles.set(object, handle)
  return object
}

module.exports = { handleOf, wrapped }
