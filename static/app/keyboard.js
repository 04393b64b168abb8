// The keyboard: single letters press what carries them, j and k go from row to row
import { all, on, one } from './dom.js'
import { find } from './finder.js'
import { kept } from './storage.js'

const singleKeys = () => kept(store => store.getItem('single-keys')) !== 'off'
export const showSingleKeys = () => {
  const box = one('#single-keys')
  if (box) box.checked = singleKeys()
}
on('change', ({ target }) => {
  if (target.id === 'single-keys') kept(store => store.setItem('single-keys', target.checked ? 'on' : 'off'))
})

const notTypedIn = '[type=checkbox], [type=radio], [type=button], [type=submit]'
const isTyping = field => field.isContentEditable || field.matches(`textarea, select, input:not(${notTypedIn})`)

const step = by => {
  const rows = all('[data-row]').filter(row => row.offsetParent)
  const at = rows.indexOf(document.activeElement?.closest('[data-row]')), last = rows.length - 1
  const row = rows[at < 0 ? (by > 0 ? 0 : last) : Math.min(Math.max(at + by, 0), last)]
  if (!row) return
  const first = one('a[href]', row) || one('button', row)
  first?.focus()
  row.scrollIntoView({ block: 'nearest' })
}
const press = letter => {
  const row = document.activeElement?.closest('[data-row]'), target = `[data-key="${CSS.escape(letter)}"]`
  const found = (row && one(target, row)) || all(target).find(item => !item.closest('[data-row]'))
  if (!found || document.body.matches('.read-only') && !found.checkVisibility()) return false
  if (found.matches('input:not([type=checkbox]), textarea, select')) found.focus()
  else found.click()
  return true
}
// g and a letter go to a page
const pages = {
  t: '/', c: '/companies', p: '/contacts', i: '/interviews', o: '/openings', r: '/referrals', s: '/settings',
}
const patience = 1500 // milliseconds for the letter
let goingSince = -Infinity
const isGoing = ({ timeStamp }) => timeStamp - goingSince < patience
const go = letter => {
  goingSince = -Infinity
  if (pages[letter]) location.assign(pages[letter])
}
// Escape leaves what is typed or open for the row, or the button, it belongs to
const stepBack = target => {
  const drop = target.closest('details.drop[open]'), row = target.closest('[data-row]')
  if (drop) drop.open = false
  const back = drop ? one('summary', drop) : row && one('a[href]', row)
  back?.focus()
  return Boolean(back)
}
export const acts = {
  j: () => step(1),
  k: () => step(-1),
  '/': find,
  '?': () => one('#keys')?.showModal(),
}

const isFind = event =>
  (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k'
const isOthers = event => event.ctrlKey || event.metaKey || event.altKey || event.isComposing
  || event.defaultPrevented || event.repeat && !'jk'.includes(event.key)
on('keydown', event => {
  const { key } = event
  const isInside = one('dialog[open], :popover-open')
  if (key === 'Escape' && !isInside && stepBack(event.target)) { event.preventDefault(); return }
  if (isFind(event)) { if (find()) event.preventDefault(); return }
  if (isOthers(event) || isTyping(event.target) || isInside) return
  if (key.length > 1 || key === ' ' || !singleKeys()) return
  if (isGoing(event)) go(key)
  else if (key === 'g') goingSince = event.timeStamp
  else if (acts[key]) acts[key]()
  else if (!press(key)) return
  event.preventDefault()
})
