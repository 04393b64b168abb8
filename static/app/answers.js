// What the server could not take: the page stays, with what was typed, and the answer stands in a dialog over it.
import { all, button, element, on, one, takeOver } from './dom.js'
import { account } from './storage.js'
import { dismiss, tell } from './toast.js'

const stillHere = 'What you typed is still on this page.'

// Who has something to send again once that may help
const retries = []
export const onRetry = act => retries.push(act)
let lastSent = null
export const remember = (form, submitter) => { lastSent = { form, submitter } }
onRetry(() => {
  const { form, submitter } = lastSent ?? {}
  if (form?.isConnected) form.requestSubmit(submitter?.isConnected ? submitter : null)
})
const retry = () => {
  one('#answer').close()
  retries.forEach(act => act())
}

const showInDialog = (title, parts, mayPass) => {
  const dialog = one('#answer')
  if (!dialog) return
  one('#answer-title').textContent = title
  one('[data-answer]').replaceChildren(...parts, ...mayPass ? [button('Try again', retry, 'go')] : [])
  if (!dialog.open) dialog.showModal()
  const first = one('[data-answer] input:not([type=hidden])') || one('[data-answer] > button')
  first?.focus()
}
const fail = (title, then) => showInDialog(title, [element('p', `${stillHere} ${then}`)], true)
export const unreachable = () => fail('Inroad cannot be reached', 'Try again when you are connected.')
export const tooSlow = () => fail('Inroad took too long to answer', 'It may have been saved all the same.')

export const showAnswer = (html, status) => {
  const main = one('main', new DOMParser().parseFromString(html, 'text/html')), title = main && one('h1', main)
  if (!title) { fail('That did not work', 'Try again in a moment.'); return }
  all('[data-typed]', main).forEach(typed => typed.remove())
  title.remove()
  // What was typed must not go with this page.
  all('a', main).forEach(link => { link.target = '_blank' })
  const parts = [...main.children, ...status === 401 ? [] : [element('p', stillHere)]]
  showInDialog(title.textContent, parts, status === 429 || status >= 500)
}

// Logging in without leaving: only as the one whose words these are.
on('submit', async event => {
  const form = event.target
  if (!form.matches('#answer [action="/login"]')) return
  takeOver(event)
  form.elements.only.value = account
  try {
    const told = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
    if (told.ok) retry()
    else showAnswer(await told.text(), told.status === 422 ? 401 : told.status)
  } catch { unreachable() }
}, true)

export const loggedOut = html => {
  const logIn = () => {
    lastSent = null
    dismiss()
    showAnswer(html, 401)
  }
  tell('You were logged out. Log in, and what you write is saved.', button('Log in', logIn, 'small undo'))
}
