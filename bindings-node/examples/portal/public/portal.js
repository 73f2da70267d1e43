// What pages do by themselves. Everything works without it, in more steps.

// A link of a message carries its token behind the #, where no server and no
// mail scanner sees it. It is taken out of the address and posted; posting looks
// and uses nothing up. Who has the page open already loads nothing by it.
const link = document.querySelector('[data-fragment]')
const take = () => {
  if (location.hash.length < 2) return
  link.value = location.href
  history.replaceState(null, '', location.pathname)
  link.form.submit()
}
if (link) {
  take()
  addEventListener('hashchange', take)
}

// What came of a form is where its reader goes on.
document.querySelector('[data-focus]')?.focus()

// The rules of a password, ticked off as someone types. carekey decides, on the
// server; what was typed is not kept there.
const typed = document.querySelector('[data-rules]')
if (typed) {
  const rules = document.getElementById('rules')
  const status = document.getElementById('rules-status')
  const { formToken, username } = typed.form.elements
  const show = ({ lines }) => {
    const words = [rules.dataset.unmet, rules.dataset.met]
    rules.replaceChildren(...lines.map(({ met, label }) => {
      const item = document.createElement('li')
      item.className = met ? 'met' : 'unmet'
      const said = Object.assign(document.createElement('span'), { className: 'unseen', textContent: `${words[Number(met)]}:` })
      item.append(said, ' ', Object.assign(document.createElement('span'), { textContent: label }))
      return item
    }))
    const met = lines.filter((line) => line.met).length
    status.textContent = `${words[1]}: ${met} / ${lines.length}`
  }
  let timer
  let latest = 0
  const ask = async () => {
    const asked = ++latest
    const answer = await fetch('/password/rules', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-form-token': formToken.value },
      body: JSON.stringify({ password: typed.value, username: username?.value })
    })
    // Only the answer to what is typed now.
    if (answer.ok && asked === latest) show(await answer.json())
  }
  typed.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, 150)
  })
}

// A file that is larger than may be sent is said before it is.
for (const file of document.querySelectorAll('[data-most]')) {
  file.addEventListener('change', () => {
    const tooLarge = file.files[0]?.size > Number(file.dataset.most)
    file.setCustomValidity(tooLarge ? file.dataset.tooLarge : '')
    if (tooLarge) file.reportValidity()
  })
}

// What takes a while says so, and is sent once. A button that brings a file leaves the page as it is.
for (const form of document.querySelectorAll('[data-busy]')) {
  const said = form.querySelector('[data-busy-said]')
  const busy = (is) => {
    form.setAttribute('aria-busy', String(is))
    said.textContent = is ? form.dataset.busy : ''
  }
  form.addEventListener('submit', (event) => {
    if (form.getAttribute('aria-busy') === 'true') event.preventDefault()
    else if (!event.submitter?.hasAttribute('data-stays')) busy(true)
  })
  // Who comes back finds it ready again.
  window.addEventListener('pageshow', () => busy(false))
}
