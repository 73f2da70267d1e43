import * as carekey from './index.js'

export * from './index.js'
export default carekey
