// Boards: a card dragged to a column, or moved by < and >, presses what in it leads there.
// Where there is a choice, the menu opens.
import { all, on } from './dom.js'
import { acts } from './keyboard.js'
import { onDress } from './parts.js'
import { tell } from './toast.js'

const columns = () => all('[data-column]')
const columnOf = target => target?.closest?.('[data-column]')
const buttonsTo = (column, card) => all(`[data-to="${CSS.escape(column.dataset.column)}"]`, card)

const move = (card, column) => {
  const found = buttonsTo(column, card)
  if (found.length === 1) found[0].click()
  else if (found.length) {
    found[0].closest('[popover]')?.showPopover()
    found[0].focus()
  }
  return found.length > 0
}
const shift = by => {
  const card = document.activeElement?.closest('[data-card]'), from = columns().indexOf(columnOf(card))
  if (!card) return
  const ahead = by > 0 ? columns().slice(from + 1) : columns().slice(0, from).reverse()
  if (!ahead.some(column => move(card, column))) tell('There is no way from here in that direction.')
}
Object.assign(acts, { '>': () => shift(1), '<': () => shift(-1) })

onDress(() => {
  if (!document.body.matches('.read-only')) all('[data-card]').forEach(card => { card.draggable = true })
})
let dragged = null
on('dragstart', event => {
  dragged = event.target.closest?.('[data-card]')
  if (!dragged) return
  event.dataTransfer.setData('text/plain', dragged.id)
  event.dataTransfer.effectAllowed = 'move'
})
on('dragover', event => {
  const column = columnOf(event.target)
  all('[data-over]').forEach(other => other !== column && delete other.dataset.over)
  if (!dragged || !column || !buttonsTo(column, dragged).length) return
  event.preventDefault()
  column.dataset.over = ''
})
on('drop', event => {
  const column = columnOf(event.target)
  if (!dragged || !column) return
  event.preventDefault()
  move(dragged, column)
})
on('dragend', () => {
  dragged = null
  all('[data-over]').forEach(column => delete column.dataset.over)
})
