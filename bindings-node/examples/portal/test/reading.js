// A page as its user meets it: what every page owes, read by the browser.

/** All that a reader would stumble over; nothing where the page is as it should be. */
export const reading = (page) => page.evaluate(() => {
  const wrong = []
  const shown = (one) => one.getClientRects().length > 0
  for (const input of document.querySelectorAll('input, select, textarea')) {
    if (input.type === 'hidden' || input.hidden) continue
    const label = [...input.labels ?? []].map((one) => one.textContent.trim()).join(' ') || input.getAttribute('aria-label')
    if (!label) wrong.push(`no label: ${input.name}`)
  }
  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((one) => Number(one.tagName[1]))
  if (levels.filter((level) => level === 1).length !== 1) wrong.push(`${levels.filter((level) => level === 1).length} headings of the first level`)
  levels.reduce((before, level) => {
    if (level > before + 1) wrong.push(`h${before} is followed by h${level}`)
    return level
  }, levels[0] ?? 1)
  for (const button of document.querySelectorAll('button, a.button')) {
    const name = button.getAttribute('aria-label') ?? button.textContent.trim()
    if (!/\p{L}{2,}/u.test(name)) wrong.push(`a button says nothing: ${button.outerHTML}`)
    // By voice one says what one sees.
    if (button.hasAttribute('aria-label') && !name.includes(button.textContent.trim())) wrong.push(`said otherwise than shown: ${name}`)
  }
  const named = [...document.querySelectorAll('main button')].filter(shown).map((one) => [one.name, one.value, one.form?.action, one.getAttribute('aria-label') ?? one.textContent.trim(), one.form?.querySelector('[name=id]')?.value].join('|'))
  for (const one of new Set(named)) if (named.filter((other) => other === one).length > 1) wrong.push(`two buttons are the same: ${one}`)
  const error = document.querySelector('.notice.error')
  if (error && document.activeElement !== error && !error.contains(document.activeElement)) wrong.push('the focus is not on what is wrong')
  for (const empty of document.querySelectorAll('.empty')) if (empty.textContent.trim() === '') wrong.push('an empty state says nothing')
  for (const busy of document.querySelectorAll('[data-busy]')) if (!busy.querySelector('[role=status]')) wrong.push('a busy form does not say so')
  if (!document.title || !document.documentElement.lang) wrong.push('no title or language')
  return wrong
})
