// Catching a line of a talk, and handing over the word: the press is shown at once, and sent when it can be.
import { begin, hand, tick } from './clock.js'
import { all, on, one, takeOver } from './dom.js'
import { forget } from './drafts.js'
import { freshId } from './fresh_id.js'
import { enqueue } from './queue.js'

const take = (form, button) => {
  const fields = Object.fromEntries(new FormData(form)), now = Date.now(), id = freshId(now)
  if (button?.name) fields[button.name] = button.value
  const area = one('textarea', form)
  if (area) {
    pick(form, area.value.trim() ? null : button)
    if (!area.value.trim()) { area.focus(); return }
    fields.id = id
    area.value = area.defaultValue = ''
    forget(form)
  }
  const label = button ? button.firstChild.textContent.trim() : ''
  const clock = one(form.dataset.begins), share = one(form.dataset.share)
  if (clock) begin(clock, now)
  if (share) {
    hand(share, fields.speaker, now)
    all('button[aria-pressed]', form).forEach(other => other.setAttribute('aria-pressed', other === button))
  }
  tick()
  enqueue({ id, action: form.action, fields, at: now, label })
}
on('submit', event => {
  if (!event.target.matches('[data-queue]')) return
  takeOver(event)
  take(event.target, event.submitter)
}, true)

// A key pressed before there are words says what they will be; Enter then catches them.
const pick = (form, button) => all('button[data-digit]', form).forEach(other => {
  if (other === button) other.setAttribute('aria-pressed', 'true')
  else other.removeAttribute('aria-pressed')
})
on('keydown', event => {
  const form = one('form[data-catch]'), area = form && one('textarea', form)
  if (!form) return
  const pressed = event.altKey && !event.ctrlKey && one(`[data-digit="${event.code}"]`, form)
  const isPlainEnter = event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target === area
  const button = pressed || isPlainEnter && one('[aria-pressed="true"]', form)
  if (!button) return
  takeOver(event)
  take(form, button)
}, true)
