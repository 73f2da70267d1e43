'use strict'

/**
 * An error that the core words: for the package alone, so it is not declared.
 *
 * @type {(kind: string, code: string, params?: Record<string, string>) => import('..').CarekeyError}
 */
const fault = /** @type {any} */ (require('..').CarekeyError).fault

module.exports = { fault }
