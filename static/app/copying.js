// Copying, then opening where the words are to go
import { all, byId, on, one, say, textOf } from './dom.js'
import { messageLink } from './message_link.js'
import { placeholdersIn } from './placeholders.js'

const linkWith = (address, from) => messageLink(address, textOf(from), byId(`${from.id}-subject`)?.textContent)

const write = async from => {
  try {
    await navigator.clipboard.writeText(from.value ?? from.textContent.trim())
  } catch { // not offered without https
    if (from.select) from.select()
    else getSelection().selectAllChildren(from)
    document.execCommand('copy')
  }
}
const saidOn = button => {
  say('Copied')
  const label = one('[data-label]', button)
  if (!label || label.dataset.was) return
  label.dataset.was = label.textContent
  label.textContent = 'Copied'
  setTimeout(() => {
    label.textContent = label.dataset.was
    delete label.dataset.was
  }, 2000)
}
// A message with gaps is copied when that is asked for twice.
const askedFor = new WeakMap()
const waits = from => {
  const open = placeholdersIn(from.value ?? '')
  if (!open.length || askedFor.get(from) === from.value) return false
  askedFor.set(from, from.value)
  const again = 'Press again to copy it anyway.'
  say(`Still to fill in: ${open.join(', ')}. ${again}`)
  byId(`${from.id}-fill`)?.append(` ${again}`)
  const field = all(`[data-gaps="#${from.id}"] [data-gap]`).find(field => field.checkVisibility())
  ;(field || from).focus()
  return true
}
const copy = async button => {
  const from = one(button.dataset.copy)
  if (!from || waits(from)) return
  const address = button.dataset.open || button.getAttribute('href'), to = address && linkWith(address, from)
  await write(from)
  saidOn(button)
  if (to && /^(https?:|\/)/.test(to)) window.open(to, '_blank', 'noopener,noreferrer')
  else if (to && /^(mailto|tel|sms):/.test(to)) location.assign(to)
}

on('click', event => {
  const mails = event.target.closest('[data-message]'), copies = event.target.closest('[data-copy]')
  if (mails) mails.href = linkWith(mails.getAttribute('href'), one(mails.dataset.message))
  if (copies) { event.preventDefault(); copy(copies) }
})
