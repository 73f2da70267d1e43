// Every page of `carekey.django`, in the browser of the portal's tests: its reading,
// axe-core's, and its picture, in both languages. The site is a real one.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { path, served, submit } from './served.mjs'

const DJANGO = {
  '/sign-in': 'django-sign-in-phone',
  '/choose-password': 'django-choose-password-phone',
  '/set-questions': 'django-set-questions-phone-es',
  '/activate': 'django-activate-phone',
  '/invitation': 'django-invitation-phone',
  '/confirm': 'django-confirm-phone',
  '/object': 'django-object-phone',
  '/forgot': 'django-forgot-phone-es',
  '/change-password': 'django-change-password-phone',
  '/sessions': 'django-sessions-phone',
  '/contacts': 'django-contacts-phone',
  '/change-questions': 'django-change-questions-phone',
  '/language': 'django-language-phone',
  '/admin/carekey/': 'django-users-desktop',
  '/admin/carekey/users/<uuid:account>': 'django-user-desktop',
  '/admin/carekey/invitations': 'django-invitations-desktop-es',
  '/admin/carekey/history': 'django-history-desktop'
}

const { password, temporary, activation, invitation, pages, someone, signIn, see, seen } =
  await served('site.py', DJANGO, { prefix: 'django', cookie: 'django_language', enter: 'Log in' })

test('the door: signing in, its steps, and what mails lead to', async (t) => {
  const page = await someone(t)
  await page.goto('/sign-in')
  await see(page, 'sign-in')
  await signIn(page, 'nobody@example.com')
  await page.locator('.errorlist').first().waitFor()
  await see(page, 'refused', { again: false })
  await page.goto('/forgot')
  await see(page, 'forgot')
  await page.fill('[name=username]', 'mona@example.com')
  await submit(page, 'Continue')
  await see(page, 'forgot-code', { again: false })
  for (const name of ['activate', 'invitation', 'confirm', 'object']) {
    await page.goto(`/${name}`)
    await see(page, name)
  }
  // The script takes the link into the form, and out of the address.
  await page.goto(activation)
  assert.equal(path(page), '/activate')
  assert.equal(new URL(page.url()).hash, '')
  await see(page, 'activate-link', { again: false })
  await page.fill('[name=password]', 'short')
  await page.fill('[name=confirm]', 'shorter')
  await submit(page, 'Save password')
  await page.locator('.errorlist').first().waitFor()
  await see(page, 'activate-refused', { again: false })
  await page.goto(invitation)
  await submit(page, 'Accept your invitation')
  assert.equal(path(page), '/choose-password')
  await signIn(page, 'nils@example.com', temporary)
  assert.equal(path(page), '/choose-password')
  await see(page, 'choose-password')
  await page.fill('[name=password]', password)
  await page.fill('[name=confirm]', password)
  await submit(page, 'Save password')
  assert.equal(path(page), '/set-questions')
  await see(page, 'set-questions')
})

test('what users see to by themselves', async (t) => {
  const page = await someone(t)
  await signIn(page, 'mona@example.com')
  for (const name of ['change-password', 'contacts', 'change-questions', 'language']) {
    await page.goto(`/${name}`)
    await see(page, name)
  }
  await page.goto('/contacts')
  await page.fill('[name=address]', 'mona@example.org')
  await page.fill('[name=current]', 'Not#her password 1')
  await submit(page, 'Send me the link')
  await page.locator('.errorlist').waitFor()
  await page.fill('[name=current]', password)
  await submit(page, 'Send me the link')
  await page.getByText('To be confirmed until').waitFor()
  await see(page, 'contact-asked', { again: false })
  const other = await someone(t)
  await signIn(other, 'mona@example.com')
  await page.goto('/sessions')
  await see(page, 'sessions')
  await submit(page, 'End all others')
  await other.goto('/sessions')
  assert.equal(path(other), '/sign-in')
})

test('the pages of the office, in the frame of the admin', async (t) => {
  const page = await someone(t)
  await signIn(page, 'karl@example.com')
  await page.goto('/admin/carekey/')
  await see(page, 'users')
  await page.getByRole('link', { name: 'Mona Nash' }).click()
  await page.getByRole('heading', { name: 'Mona Nash' }).waitFor()
  await see(page, 'user')
  await submit(page, 'Disable')
  await page.getByRole('button', { name: 'Enable' }).waitFor()
  await see(page, 'user-disabled', { again: false })
  await submit(page, 'Enable')
  for (const name of ['invitations', 'history']) {
    await page.goto(`/admin/carekey/${name}`)
    await see(page, name)
  }
})

test('every page of the site was looked at', () => seen(pages))
