// Capturing, with a network or without: what is captured is kept in this browser until the server took it.
import { sendWaiting } from './sending.js'
import { account, drop, keep, waiting } from './waiting.js'

const one = (selector, within = document) => within.querySelector(selector)
const isOffline = () => one('[data-offline]') !== null
const element = (name, text, ...classes) => {
  const made = document.createElement(name)
  made.textContent = text
  made.classList.add(...classes)
  return made
}
const press = (label, act, ...classes) => {
  const button = element('button', label, 'btn', 'small', ...classes)
  button.type = 'button'
  button.onclick = act
  return button
}
const say = words => {
  const out = one('[data-sent]')
  if (out) out.textContent = words
}

const lineOf = capture => {
  const line = document.createElement('li'), told = document.createElement('div')
  const words = element('b', [capture.title, capture.text, capture.url].filter(Boolean).join(' ').slice(0, 120))
  words.dir = 'auto'
  const state = capture.refused ? `Not sent: ${capture.refused}` : 'Waits to be sent'
  told.append(words, document.createElement('br'), element('small', state, ...capture.refused ? ['late'] : []))
  const undo = async () => { await keep(capture); await show() }
  const throwAway = async () => {
    await drop(capture.id)
    line.replaceChildren(element('span', 'Thrown away.'), press('Undo', undo))
    one('button', line).focus()
  }
  line.append(told, press('Throw away', throwAway))
  return line
}
const show = async () => {
  const card = one('[data-waiting]'), captures = await waiting()
  one('ul', card).replaceChildren(...captures.map(lineOf))
  card.hidden = !captures.length
}

// The browser wakes the worker for it, where it knows how to.
const wakeLater = async () => {
  const { sync } = await navigator.serviceWorker?.ready ?? {}
  await sync?.register('captures').catch(() => {})
}
const capture = async fields => {
  const id = fields.id || crypto.randomUUID()
  await keep({ title: '', text: '', url: '', ...fields, id, account: await account(), at: Date.now() })
  await show()
  wakeLater()
  return id
}
const send = async () => {
  const taken = await sendWaiting()
  await show()
  return taken
}
const sayTaken = () => {
  if (isOffline()) say('Sent. Open Inroad to look at it.')
  else location.reload()
}
const sendAndShow = async () => { if (await send()) sayTaken() }

// What is typed is kept first, so that no failing network takes it away; the server says itself what it cannot take.
const form = one('[data-capture]')
const sendTyped = async () => {
  const area = one('textarea', form), id = await capture({ id: form.elements.id?.value, text: area.value.trim() })
  const taken = await send(), left = (await waiting()).find(other => other.id === id)
  if (left?.refused && !isOffline()) {
    await drop(id)
    form.submit()
    return
  }
  if (!left && !isOffline()) { location.assign(`/captures/${id}`); return }
  if (form.elements.id) form.elements.id.value = crypto.randomUUID()
  area.value = ''
  if (taken) sayTaken()
}
let isKnown = false
form.addEventListener('submit', event => {
  const area = one('textarea', form), isEmpty = !area.value.trim()
  if (!isOffline() && (isEmpty || !isKnown)) return
  event.preventDefault()
  if (isEmpty) area.focus()
  else sendTyped()
})

// Shared without a network: kept at once, and no second time when the page is loaded again.
const takeShared = async () => {
  const shared = new URLSearchParams(location.search)
  const fields = Object.fromEntries(['title', 'text', 'url'].map(name => [name, shared.get(name) || '']))
  if (!isOffline() || location.pathname !== '/capture' || !Object.values(fields).some(Boolean)) return
  await capture(fields)
  history.replaceState(null, '', '/capture')
}
const begin = async () => {
  isKnown = Boolean(await account())
  if (isOffline()) {
    one('[data-known]').hidden = !isKnown
    one('[data-unknown]').hidden = isKnown
  }
  if (!isKnown) return
  await takeShared()
  await show()
  await sendAndShow()
  addEventListener('online', sendAndShow)
  setInterval(() => { if (!one('[data-waiting]').hidden) sendAndShow() }, 15000)
}
begin().catch(() => {}) // a browser that keeps nothing
