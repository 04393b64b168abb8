// What the server knows of a field is shown while it is typed.
import { byId, on, one } from './dom.js'

const afterPause = (wait, act) => {
  let timer = 0
  return (...args) => {
    clearTimeout(timer)
    timer = setTimeout(() => act(...args), wait)
  }
}

// What it makes of the words: it answers with plain ones.
const showMeaning = afterPause(300, async out => {
  const fields = [...out.htmlFor].map(byId).map(field => [field.name, field.value.slice(0, 400)])
  const answer = await fetch(`${out.dataset.shows}?${new URLSearchParams(fields)}`).catch(() => null)
  if (answer?.ok && !answer.redirected) out.textContent = await answer.text()
})
on('input', ({ target }) => {
  const out = target.id && one(`output[data-shows][for~="${CSS.escape(target.id)}"]`)
  if (out) showMeaning(out)
})

// A field that finds one of many offers those whom the words typed so far fit.
const offer = afterPause(150, async (field, words) => {
  const headers = { 'hx-request': 'true' }
  const found = await fetch(field.dataset.chooser + encodeURIComponent(words), { headers }).catch(() => null)
  if (found?.ok && field.value === words) field.list.innerHTML = await found.text()
})
on('input', ({ target, inputType }) => {
  if (target.dataset.chooser && inputType && inputType !== 'insertReplacementText') offer(target, target.value)
})
