// Small things that a press does on the page itself
import { all, on, one } from './dom.js'

const insert = button => {
  const into = one(button.dataset.into)
  into.setRangeText(button.dataset.insert, into.selectionStart, into.selectionEnd, 'end')
  into.focus()
  into.dispatchEvent(new Event('input', { bubbles: true }))
}
on('click', event => {
  const inserts = event.target.closest('[data-insert]'), opens = event.target.closest('[data-dialog]')
  if (inserts) insert(inserts)
  if (event.target.closest('[data-print]')) print()
  const dialog = opens && one(opens.dataset.dialog)
  if (dialog?.showModal) { event.preventDefault(); dialog.showModal() }
  if (event.target.matches('dialog[open]')) event.target.close() // pressed beside it
})

// With Shift, all between the last box and this one become as this one is
let last
on('click', event => {
  const box = event.target
  if (!box.matches('td.tick input')) return
  const boxes = all('td.tick input'), [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b)
  if (event.shiftKey && from >= 0) boxes.slice(from, to + 1).forEach(other => { other.checked = box.checked })
  last = box
})
on('change', ({ target }) => {
  if (target.matches('[data-submit]')) target.form.requestSubmit()
  const { ticks } = target.dataset
  if (ticks) all(`[type=checkbox][name="${CSS.escape(ticks)}"]`).forEach(box => { box.checked = target.checked })
})
