// What a message still lacks has small fields. What is written there goes into the text, and its subject,
// while they stand as they were filled.
import { all, on, one, textOf } from './dom.js'
import { count } from './counting.js'
import { keep } from './drafts.js'
import { fillAll } from './placeholders.js'

const sources = new WeakMap()
const texts = group => ['', '-subject'].map(end => one(group.dataset.gaps + end)).filter(Boolean)
const standsAsFilled = part => sources.get(part)?.filled === textOf(part)

const fill = group => texts(group).forEach(part => {
  if (!standsAsFilled(part)) sources.set(part, { source: textOf(part) })
  const known = sources.get(part)
  known.filled = fillAll(known.source, all('[data-gap]', group).map(field => [field.dataset.gap, field.value]))
  if (part.value == null) { part.textContent = known.filled; return }
  part.value = known.filled
  keep(part)
  count(part)
})
// A field whose gap is gone, other than by what stands in the field, is done with.
export const hideClosed = group => {
  const open = texts(group).flatMap(part => [textOf(part), standsAsFilled(part) ? sources.get(part).source : ''])
  all('[data-gap]', group).forEach(field => {
    field.closest('.field').hidden = !open.some(text => text.includes(field.dataset.gap))
    group.hidden = !one('.field:not([hidden])', group)
  })
}
on('input', ({ target }) => {
  if (target.matches('[data-gap]')) fill(target.closest('[data-gaps]'))
  const group = all('[data-gaps]').find(group => one(group.dataset.gaps) === target)
  if (group) hideClosed(group)
})

// In a field beside a message, Enter does not send: it leads on.
on('keydown', event => {
  const { key, target } = event
  if (key !== 'Enter' || event.isComposing || !target.matches('[data-gap], [data-enter]')) return
  event.preventDefault()
  if (target.dataset.enter) { one(target.dataset.enter)?.click(); return }
  const group = target.closest('[data-gaps]'), fields = all('[data-gap]', group)
  const next = fields[fields.indexOf(target) + 1] || one(group.dataset.gaps)
  next.focus()
})
