// carekey: accounts and access for care agencies.
//
// The engine is `Directory` → `Agency` → `Office`; the rules alone are the
// namespaces `username`, `password`, `visibility` and so on. Letters such as U3
// or I2 name the rule of the rulebook that a thing comes from.

export * from './types/answers'
export * from './types/basics'
export * from './types/codes'
export * from './types/engine'
export * from './types/functions'
export * from './types/given'
export * from './types/office'
export * from './types/policy'
export * from './types/roster'
export * from './types/rules'
export * from './types/words'
