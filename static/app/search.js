// A list's own search: after Enter the cursor stays in its field.
import { on, one } from './dom.js'
import { leave, takeLeft } from './storage.js'

const field = () => one('main .search [type=search]')
export const enterTyped = () => {
  const into = takeLeft('search') != null && field()
  if (!into) return
  into.focus()
  into.setSelectionRange(into.value.length, into.value.length)
}
on('submit', event => { if (event.target.matches('main [role=search]')) leave('search', '') })
