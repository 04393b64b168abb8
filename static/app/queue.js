// Presses that must not be lost: each waits here, in its order, until the server took it;
// from any page, and after any crash.
import { loggedOut, onRetry } from './answers.js'
import { all, element, one } from './dom.js'
import { account, kept } from './storage.js'
import { tell } from './toast.js'

const storeKey = `draft:${account}:queue`
// What the browser has no room for, or is told not to keep, stays as long as the page.
let inMemory = null
const waiting = () => inMemory || kept(store => JSON.parse(store.getItem(storeKey)) || [], [])
const setWaiting = items => {
  const isKept = kept(store => {
    items.length ? store.setItem(storeKey, JSON.stringify(items)) : store.removeItem(storeKey)
    return true
  })
  inMemory = isKept ? null : items
}
const replace = (id, others) => setWaiting(waiting().flatMap(item => item.id === id ? others(item) : [item]))

const showLine = (form, { id, label, fields, refused }, isTaken) => {
  const list = one(form.dataset.catch), row = one(`[data-line="${id}"]`, list) || element('li', '')
  row.dataset.line = id
  const state = isTaken ? 'Saved' : refused || 'Not saved yet: kept in this browser'
  const box = element('div', '')
  box.append(element('b', label), ' ', element('bdi', fields.line), element('small', state, refused && 'late'))
  row.replaceChildren(box)
  if (!row.isConnected) list.prepend(row)
  all('.none', list).forEach(none => none.remove())
}
export const showWaiting = () => all('form[data-catch]').forEach(form =>
  waiting().filter(item => item.action === form.action).forEach(item => showLine(form, item)))

const post = item => {
  const ago = Math.max(0, Math.round((Date.now() - item.at) / 1000))
  const body = new URLSearchParams({ ...item.fields, ago }), signal = AbortSignal.timeout(15000)
  return fetch(item.action, { method: 'POST', headers: { Accept: 'application/json' }, body, keepalive: true, signal })
}
const maySucceedLater = status => [401, 403, 408, 429].includes(status) || status >= 500
const whyRefused = status => {
  const why = status === 404 ? 'this talk is no longer there' : 'Inroad could not take it'
  return `Not saved: ${why}. Your words are kept in this browser`
}
const savedMeanwhile = 'What you caught is saved by now. Load the page anew to file it.'
const done = (item, { ok: isTaken, status }) => {
  replace(item.id, item => isTaken || !item.fields.line ? [] : [{ ...item, refused: whyRefused(status) }])
  const form = all('form[data-catch]').find(form => form.action === item.action)
  if (!item.fields.line) return
  if (form) showLine(form, waiting().find(other => other.id === item.id) || item, isTaken)
  else if (location.pathname.endsWith('/wrap-up')) tell(savedMeanwhile)
}
let isFlushing = false
export const flush = async () => {
  if (isFlushing) return
  isFlushing = true
  for (let item; (item = waiting().find(item => !item.refused));) {
    try {
      const answer = await post(item)
      if (answer.status === 401) loggedOut(await answer.text())
      if (maySucceedLater(answer.status)) break
      done(item, answer)
    } catch { break /* the server cannot be reached; try again */ }
  }
  isFlushing = false
}
onRetry(flush)
addEventListener('online', flush)
setInterval(() => { if (waiting().length) flush() }, 5000)

export const enqueue = item => {
  setWaiting([...waiting(), item])
  showWaiting()
  flush()
}
