// What a page gets when it is there, loaded or put in place
import { all, one } from './dom.js'
import { countAll } from './counting.js'
import { restore, savesItself } from './drafts.js'
import { hideClosed } from './gaps.js'
import { showSingleKeys } from './keyboard.js'
import { dressParts } from './parts.js'
import { showWaiting } from './queue.js'

// On a phone filters and sections are one row that scrolls: the chosen one is not out of sight.
const showChosen = chip => {
  const row = chip.closest('.filters, .sections'), before = row.clientWidth / 4
  row.scrollLeft += chip.getBoundingClientRect().left - row.getBoundingClientRect().left - before
}

export const dress = () => {
  showSingleKeys()
  all('[data-draft]').filter(area => !savesItself(area)).forEach(restore)
  showWaiting()
  countAll(document)
  all('[data-gaps]').forEach(hideClosed)
  dressParts()
  all(':is(.filters, .sections) [aria-current]').forEach(showChosen)
  all('input[data-zone]').forEach(field => { field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone })
}
// The first field that is wrong, in sight
export const showWrong = () => {
  const wrong = one('main [aria-invalid="true"]')
  wrong?.closest('dialog')?.showModal()
  return wrong
}
