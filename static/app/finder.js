// Searching everything as one types: in the palette, and on its page. Read out as a field with a list of options.
import { all, byId, on, one } from './dom.js'

const pause = 120 // milliseconds without a letter before the server is asked
const listOf = finder => one('[data-found]', finder)
const hits = finder => all('[data-hit]', finder)
const current = finder => one('.at', listOf(finder))

const choose = (finder, hit) => {
  const field = one('input', finder), before = current(finder)
  before?.classList.remove('at')
  before?.setAttribute('aria-selected', 'false')
  hit?.classList.add('at')
  hit?.setAttribute('aria-selected', 'true')
  hit?.scrollIntoView({ block: 'nearest' })
  if (hit) field.setAttribute('aria-activedescendant', hit.id)
  else field.removeAttribute('aria-activedescendant')
}
// What is a list of links without a script is one of options with it: the cursor stays in the field.
const dressFound = finder => {
  const field = one('input', finder), list = listOf(finder), id = `${finder.id}-found`
  const roles = { section: 'group', ul: 'none', li: 'none', '[data-hit]': 'option' }
  Object.entries(roles).forEach(([part, role]) => all(part, list).forEach(found => found.setAttribute('role', role)))
  hits(finder).forEach((hit, i) => Object.assign(hit, { id: `${id}-${i}`, tabIndex: -1, ariaSelected: 'false' }))
  all('h2', list).forEach(heading => heading.setAttribute('role', 'presentation'))
  // What is no option stands beside the list.
  one('[data-count]', finder).textContent = all('p', list).map(said => said.textContent).join(' ')
  all('p', list).forEach(said => said.matches('.unseen') ? said.remove() : list.after(said))
  const isFull = hits(finder).length > 0
  list.hidden = !isFull
  Object.assign(list, { id, role: 'listbox', ariaLabel: 'Found' })
  Object.assign(field, { role: 'combobox', ariaExpanded: String(isFull), ariaAutoComplete: 'list' })
  field.setAttribute('aria-controls', id)
  choose(finder, field.value.trim() ? hits(finder)[0] : null)
}

// Each finder asks one thing at a time; what was asked before is let go.
const asking = new WeakMap()
// Those that show what belongs to other words: nothing of it may be pressed.
const unanswered = new WeakSet()
const show = (finder, html) => {
  all('[data-found] ~ p', finder).forEach(said => said.remove())
  listOf(finder).innerHTML = html
  dressFound(finder)
}
const ask = async finder => {
  const { value } = one('input', finder), signal = asking.get(finder).stop.signal
  unanswered.add(finder)
  const headers = { 'hx-request': 'true' }
  const found = await fetch(`/search?${new URLSearchParams({ q: value })}`, { headers, signal })
  if (found.redirected) { location.assign(found.url); return } // logged out meanwhile
  if (!found.ok) throw new Error(found.status)
  show(finder, await found.text())
  unanswered.delete(finder)
}
const sayWhy = why => why instanceof TypeError ? 'Inroad can\'t be reached.' : 'That didn\'t work.'
const askSoon = (finder, wait, opens = null) => {
  const before = asking.get(finder), stop = new AbortController()
  before?.stop.abort()
  clearTimeout(before?.timer)
  const state = { stop, opens }
  asking.set(finder, state)
  state.timer = setTimeout(async () => {
    try { await ask(finder) } catch (why) {
      if (stop.signal.aborted) return
      show(finder, `<p class="error">${sayWhy(why)} Try again in a moment.</p>`)
    }
    asking.delete(finder)
    if (state.opens && !unanswered.has(finder)) open(finder, state.opens)
  }, wait)
}
const open = (finder, { isAside }) => {
  const hit = current(finder)
  if (!hit) { if (one('input', finder).value.trim()) one('form', finder).requestSubmit() }
  else if (isAside) window.open(hit.href, '_blank', 'noopener')
  else location.assign(hit.href)
}

const moves = {
  ArrowDown: (at, last) => at < last ? at + 1 : 0,
  ArrowUp: (at, last) => at > 0 ? at - 1 : last,
  Home: () => 0,
  End: (at, last) => last,
}
on('keydown', event => {
  const finder = event.target.closest?.('[data-finder]'), { key } = event
  if (!finder || !event.target.matches('input') || event.isComposing) return
  const options = hits(finder), at = options.indexOf(current(finder))
  if (moves[key] && options.length && !event.shiftKey) choose(finder, options[moves[key](at, options.length - 1)])
  else if (key === 'Enter') {
    const how = { isAside: event.ctrlKey || event.metaKey }, waiting = asking.get(finder)
    if (waiting) waiting.opens = how
    else if (unanswered.has(finder)) askSoon(finder, 0, how)
    else open(finder, how)
  } else return
  event.preventDefault()
})
on('input', ({ target }) => {
  const finder = target.closest('[data-finder]')
  if (finder) askSoon(finder, pause)
})

export const dressFinders = () => all('main [data-finder]').forEach(dressFound)
export const find = () => {
  const palette = byId('search'), finder = palette || one('[data-finder]')
  if (!finder) return false // what a coach may not search
  if (palette && !palette.open && !one('dialog[open]')) palette.showModal()
  const field = one('input', finder)
  field?.focus()
  field?.select()
  if (palette?.open && !hits(palette).length) askSoon(one('[data-finder]', palette), 0)
  return true
}
on('click', event => {
  if (!event.target.closest('[data-find]') || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (find()) event.preventDefault()
})
