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
  const dialog = opens && one(opens.dataset.dialog)
  if (dialog?.showModal) { event.preventDefault(); dialog.showModal() }
  if (event.target.matches('dialog[open]')) event.target.close() // pressed beside it
})
on('change', ({ target }) => {
  if (target.matches('[data-submit]')) target.form.requestSubmit()
  const { ticks } = target.dataset
  if (ticks) all(`[type=checkbox][name="${CSS.escape(ticks)}"]`).forEach(box => { box.checked = target.checked })
})
