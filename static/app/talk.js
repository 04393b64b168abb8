// A talk while it goes on: its clock, what is caught in it, and what saves itself
import './catching.js'
import { resume, saveTyped, tickSaved } from './autosave.js'
import { tick } from './clock.js'
import { all } from './dom.js'
import { savesItself } from './drafts.js'
import { onDress } from './parts.js'

onDress(() => {
  all('[data-draft]').filter(savesItself).forEach(resume)
  tick()
  tickSaved()
})
saveTyped()
