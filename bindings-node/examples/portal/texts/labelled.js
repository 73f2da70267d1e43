// How people call the stable words of carekey: it says so itself.

import { message } from 'carekey'

export const labelled = (set, locale) => Object.fromEntries(message.labels(set, locale).map(({ word, label }) => [word, label]))
