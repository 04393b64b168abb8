// Jumping to the search field. Where there is none, Contacts has one.
// What is typed until it is there goes along, and presses nothing.
import { on, one } from './dom.js'
import { leave, left, takeLeft } from './storage.js'

const field = () => one('main [type=search]')
let jumpedAt = 0
export const isJumping = () => Date.now() - jumpedAt < 1000
export const typeAhead = letter => leave('search', (left('search') || '') + letter)

export const search = () => {
  if (field()) {
    field().focus()
    field().select()
    return
  }
  jumpedAt = Date.now()
  leave('search', '')
  location.assign('/contacts')
}
export const enterTyped = () => {
  const typed = takeLeft('search'), into = typed != null && field()
  if (!into) return
  jumpedAt = Date.now()
  into.value += typed
  into.focus()
  into.setSelectionRange(into.value.length, into.value.length)
}
on('submit', event => { if (event.target.matches('main [role=search]')) leave('search', '') })
