// Forms sent by htmx. The server answers as it would without: a whole page, whose parts are put in place.
import { remember, showAnswer, tooSlow, unreachable } from './answers.js'
import { carryOver, typedBeside } from './carrying.js'
import { all, on, one } from './dom.js'
import { forget } from './drafts.js'
import { dress, showWrong } from './page.js'

// Pages put in place have an address, so going back loads the page anew; nothing of an account is kept in storage.
const address = () => location.pathname + location.search
let shownAddress = address()
addEventListener('popstate', () => { if (address() !== shownAddress) location.reload() })

// By what a field is found again on the next page
const markOf = field => {
  if (!field || field === document.body) return null
  if (field.id) return `#${field.id}`
  return [field.form?.getAttribute('action'), field.name, field.value, field.getAttribute('href')].join(' ')
}
const rowOf = field => all('[data-row]').indexOf(field?.closest('[data-row]'))
// A line is known by its id, or by where it leads
const lines = '[data-row], main li[id]'
const keyOf = line => line && (line.id || one('a[href]', line)?.getAttribute('href'))
const lineWith = key => key && all(lines).find(line => keyOf(line) === key)
const within = line => one('a[href], button', line) || line

// A button may stand outside its form, as in a list whose rows share one; htmx hears only those inside.
on('htmx:configRequest', ({ detail }) => {
  const submitter = detail.triggeringEvent?.submitter
  if (!submitter?.hasAttribute('form')) return
  detail.path = submitter.getAttribute('formaction') || detail.path
  if (submitter.name) detail.parameters[submitter.name] = submitter.value
})

let pressed = null, doneTo = null // the line that something was done to last
on('htmx:beforeRequest', event => {
  const form = event.target, submitter = event.detail.requestConfig?.triggeringEvent?.submitter
  const active = submitter || document.activeElement
  remember(form, submitter)
  // What is done with ticked rows is done at the first of them.
  const row = rowOf(active) < 0 ? rowOf(one('[data-row] :checked')) : rowOf(active)
  const isUndone = Boolean(form.closest?.('#toast'))
  if (!isUndone) doneTo = keyOf(active?.closest('main') ? active.closest(lines) || all('[data-row]')[row] : null)
  const card = form.closest?.('[data-card]')?.id
  pressed = { form, mark: markOf(active), row, isUndone, line: doneTo, card, typed: typedBeside(form) }
})
on('htmx:beforeSwap', event => {
  const { xhr } = event.detail
  if (xhr.response.includes('id="rail"') || xhr.status >= 400) return
  event.detail.shouldSwap = false // logged out meanwhile, or a page of another kind
  location.assign(xhr.responseURL)
})

// A page that answers a press without leading on, such as a preview, is the form again: nothing was sent yet.
const isFormAgain = (form, { xhr, requestConfig }) => form.matches?.('form[method="post"]')
  && new URL(xhr.responseURL).pathname === new URL(form.action).pathname && requestConfig?.parameters?.get?.('preview')
// Whether the page put in place has another path
const moveTo = url => {
  const isElsewhere = new URL(url).pathname !== location.pathname
  if (url !== location.href.split('#')[0]) history.pushState({ swapped: true }, '', url)
  shownAddress = address()
  return isElsewhere
}
// Where the reader was: the same card, the same field, the same line, or the row that took its place; after an undo,
// the line that came back
const sameSpot = ({ mark, row, isUndone, line, card }) => {
  const rows = all('[data-row]'), near = row >= 0 && rows[Math.min(row, rows.length - 1)]
  const same = lineWith(line), spot = same || near
  return (card && one(`#${CSS.escape(card)} a[href]`))
    || (isUndone && same && within(same))
    || all('main a, main button, main input, main select, main textarea')
      .find(field => markOf(field) === mark && field.checkVisibility())
    || (spot && within(spot))
}
on('htmx:afterSettle', ({ detail }) => {
  if (!pressed) return
  const before = pressed, { xhr } = detail
  pressed = null
  let isElsewhere = false
  if (xhr.status < 400 && !isFormAgain(before.form, detail)) {
    forget(before.form)
    isElsewhere = moveTo(xhr.responseURL)
  }
  if (!isElsewhere) carryOver(before.typed)
  dress()
  const wrong = showWrong(), next = wrong || (!isElsewhere && sameSpot(before)) || one('main')
  if (next.matches('li')) next.tabIndex = -1
  next.focus({ preventScroll: !wrong })
  if (isElsewhere) scrollTo(0, 0)
})
on('htmx:responseError', ({ detail: { xhr } }) => showAnswer(xhr.response, xhr.status))
on('htmx:sendError', unreachable)
on('htmx:timeout', tooSlow)
