'use strict'

// The packages as they are published, installed by npm from a registry into an
// empty folder; and there, nowhere near the sources, the programs of the README
// and of the guide. They are installed once for all, so these are one test file.

require('./packed/packages')
require('./packed/readme')
require('./packed/frameworks')
require('./packed/next')
require('./packed/runtimes')
