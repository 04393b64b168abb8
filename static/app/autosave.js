// Saving by itself: a form posts what it would post when pressed. What is not saved yet stays in this browser,
// with what it was based on.
import { onRetry, loggedOut } from './answers.js'
import { all, on, one, takeOver } from './dom.js'
import { savesItself } from './drafts.js'
import { savedAgo } from './spoken_time.js'
import { keepUnsaved, settle, takeUp } from './unsaved.js'

const notYet = 'Not saved yet: kept in this browser'
const soon = 2000, later = 5000, muchLater = 15000

const states = new WeakMap()
const atFirst = () => ({ timer: 0, busy: Promise.resolve(), savedAt: 0 })
const stateOf = form => states.get(form) || states.set(form, atFirst()).get(form)
const unsaved = form => all('textarea', form).filter(area => area.value !== area.defaultValue)
const unsavedForms = () => all('form[data-autosave]').filter(form => unsaved(form).length)
const sayState = (form, words, late = false) => {
  const out = one(form.dataset.autosave)
  if (!out) return
  out.textContent = words
  out.classList.toggle('late', late)
}
export const tickSaved = () => all('form[data-autosave]').forEach(form => {
  const { savedAt } = stateOf(form)
  if (savedAt && !unsaved(form).length) sayState(form, savedAgo(Math.round((Date.now() - savedAt) / 1000)))
})
setInterval(tickSaved, 1000)

// What pages before this one could not save is sent from here.
export const resume = area => { if (takeUp(area)) saveSoon(area.form, 0) }

const schedule = (form, wait) => {
  const state = stateOf(form)
  state.timer ||= setTimeout(() => { state.timer = 0; if (form.isConnected) save(form) }, wait)
}
const saveSoon = (form, wait = soon) => {
  sayState(form, notYet)
  schedule(form, wait)
}
// What is said of a save that was not taken, and when it is tried again, if ever
const refusal = async (status, told, html) => {
  if (told.problems) return [`Not saved: ${Object.values(told.problems)[0]}`, 0]
  if (status === 404) return ['Not saved: this talk is no longer there. Your words are kept in this browser', 0]
  if (status !== 401) return [notYet, later]
  loggedOut(await html())
  return [`${notYet} until you log in`, muchLater]
}
const send = async (form, state) => {
  const sent = all('textarea', form).map(area => [area, area.value])
  const body = new URLSearchParams(new FormData(form))
  const keepalive = document.hidden && `${body}`.length < 6e4, signal = AbortSignal.timeout(15000)
  let words = notYet, wait = later
  try {
    const options = { method: 'POST', headers: { Accept: 'application/json' }, body, keepalive, signal }
    const answer = await fetch(form.action, options)
    const isJson = answer.headers.get('content-type')?.startsWith('application/json')
    const told = isJson ? await answer.json() : {}
    if (answer.ok && told.fields) {
      sent.forEach(([area, text]) => told.fields[area.name] && settle(area, text, told.fields[area.name]))
      state.savedAt = Date.now()
      if (unsaved(form).length) saveSoon(form)
      else sayState(form, 'Saved')
      return
    }
    [words, wait] = await refusal(answer.status, told, () => answer.text())
  } catch { /* the server cannot be reached; try again */ }
  sayState(form, words, true)
  if (wait) schedule(form, wait)
}
// One after the other: what hangs may not arrive after what is newer.
const save = form => {
  const state = stateOf(form)
  clearTimeout(state.timer)
  state.timer = 0
  return state.busy = state.busy.then(() => send(form, state))
}
// What was typed before this came
export const saveTyped = () => unsavedForms().forEach(form => {
  unsaved(form).filter(area => area.matches('[data-draft]')).forEach(keepUnsaved)
  saveSoon(form)
})
const saveAll = () => Promise.all(unsavedForms().map(save))

on('input', ({ target }) => {
  if (!savesItself(target)) return
  if (target.matches('[data-draft]')) keepUnsaved(target)
  saveSoon(target.form)
})
on('submit', event => {
  if (!event.target.matches('[data-autosave]')) return
  takeOver(event)
  save(event.target)
}, true)
// Another form of the page would put a new page in place: what is typed goes first.
on('htmx:confirm', event => {
  if (!unsavedForms().length) return
  event.preventDefault()
  saveAll().finally(() => event.detail.issueRequest(true))
})
onRetry(saveAll)
addEventListener('online', saveAll)
on('visibilitychange', () => { if (document.hidden) saveAll() })
