// The frame of every page.

import { html } from './html.js'
import { button, notice } from './parts.js'

const MARK = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <path d="M16 3 4 12.5V28h8v-8a4 4 0 0 1 8 0v8h8V12.5Z"/></svg>`

/**
 * A whole page. `wide` is for tables; `here` is where it is looked at again,
 * where it answers a form that is sent elsewhere, and `null` where it cannot be; `keeps` names the form that another
 * language sends once more, so that nothing of it is lost.
 */
export function layout (view, { title, body, wide = false, wayIn = false, here = view.here, keeps }) {
  const { t, locale, agency, me, tabs, path, mailbox } = view
  const other = locale === 'en' ? 'es' : 'en'
  return html`<!doctype html>
<html lang="${locale}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="referrer" content="no-referrer">
  <title>${title} · ${agency}</title>
  <link rel="icon" href="/public/mark.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/public/portal.css">
  <script src="/public/portal.js" defer></script>
</head>
<body${wayIn && html` class="way-in"`}>
  <a class="skip" href="#main">${t.skip}</a>
  <header class="top">
    <div class="bar">
      <a class="brand" href="/">${MARK}<span>${agency}</span></a>
      <div class="end">
        ${keeps ? html`<button class="quiet" lang="${other}" form="${keeps}" name="speak" value="${other}" formnovalidate>${t.otherLanguage}</button>` : here && html`<form method="post" action="/language">
          <input type="hidden" name="formToken" value="${view.formToken}">
          <input type="hidden" name="locale" value="${other}">
          <input type="hidden" name="back" value="${here}">
          <button class="quiet" lang="${other}">${t.otherLanguage}</button>
        </form>`}
        ${me && html`<form method="post" action="/sign-out">
          <input type="hidden" name="formToken" value="${view.formToken}">
          ${button(t.signOut, { kind: 'quiet' })}
        </form>`}
      </div>
    </div>
    ${me && menu(t.tabs.mine, tabs.mine, path)}
    ${me && tabs.office.length > 0 && menu(t.tabs.office, tabs.office, path, t.tabs.office)}
  </header>
  <main id="main" tabindex="-1" class="${wide ? 'wide' : wayIn ? 'narrow' : 'middle'}">
    ${notice(view.flash)}
    ${body}
  </main>
  <footer class="foot"><p>${t.footer(agency)}${mailbox && html` · <a href="/mail">${t.mail.title}</a>`}</p></footer>
</body>
</html>`
}

const menu = (label, links, path, shown) => html`<nav class="tabs" aria-label="${label}">
  ${shown && html`<span class="tabs-label" aria-hidden="true">${shown}</span>`}
  <ul>${links.map(([href, text]) =>
    html`<li><a href="${href}"${(path === href || path.startsWith(`${href}/`)) && html` aria-current="page"`}>${text}</a></li>`)}</ul>
</nav>`
