// What a page gets when it is there, loaded or put in place
import { makeDraggable } from './board.js'
import { all, one } from './dom.js'
import { resume, tickSaved } from './autosave.js'
import { tick } from './clock.js'
import { countAll } from './counting.js'
import { restore, savesItself } from './drafts.js'
import { hideClosed } from './gaps.js'
import { showSingleKeys } from './keyboard.js'
import { showNotify } from './notices.js'
import { showPasskeys } from './passkeys.js'
import { showWaiting } from './queue.js'

// On a phone the filters are one row that scrolls: the chosen one is not out of sight.
const showChosen = chip => {
  const row = chip.closest('.filters'), before = row.clientWidth / 4
  row.scrollLeft += chip.getBoundingClientRect().left - row.getBoundingClientRect().left - before
}

export const dress = () => {
  showSingleKeys()
  all('[data-draft]').forEach(area => savesItself(area) ? resume(area) : restore(area))
  showWaiting()
  showPasskeys()
  showNotify()
  countAll(document)
  all('[data-gaps]').forEach(hideClosed)
  tick()
  tickSaved()
  makeDraggable()
  all('.filters [aria-current]').forEach(showChosen)
  all('input[data-zone]').forEach(field => { field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone })
}
// The first field that is wrong, in sight
export const showWrong = () => {
  const wrong = one('main [aria-invalid="true"]')
  wrong?.closest('dialog')?.showModal()
  return wrong
}
