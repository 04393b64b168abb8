// Counting against a limit, and what is still to fill in
import { element, on, one } from './dom.js'
import { isOver, lengthInWords, placeholdersIn } from './placeholders.js'

const countable = '[data-count], [data-fill]'
export const count = area => {
  const out = one(area.dataset.count), limit = Number(area.dataset.limit || 0)
  if (out) {
    out.textContent = lengthInWords(area.value, limit)
    out.classList.toggle('over', isOver(area.value, limit))
  }
  const list = one(area.dataset.fill)
  if (!list) return
  const marks = placeholdersIn(area.value).map(gap => element('mark', gap))
  list.replaceChildren(...marks.flatMap((mark, i) => [i ? ' ' : 'Still to fill in: ', mark]))
}
export const countAll = within => within.querySelectorAll(countable).forEach(count)
on('input', ({ target }) => { if (target.matches(countable)) count(target) })
