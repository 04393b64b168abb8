// Finding parts of the page, and hearing what happens to them
export const one = (selector, within = document) => selector ? within.querySelector(selector) : null
export const all = (selector, within = document) => [...within.querySelectorAll(selector)]
export const byId = id => one(`#${CSS.escape(id)}`)
export const on = (event, act, capture) => document.addEventListener(event, act, capture)

// What a field holds, or what any other part says
export const textOf = part => part.value ?? part.textContent

export const element = (tag, text, className) => {
  const made = document.createElement(tag)
  made.textContent = text
  if (className) made.className = className
  return made
}
export const button = (label, act, tone) => {
  const made = element('button', label, `btn ${tone}`)
  made.type = 'button'
  made.onclick = act
  return made
}
// What a submit event must not do any more, neither here nor for whoever listens later
export const takeOver = event => {
  event.preventDefault()
  event.stopImmediatePropagation()
}
// Said by a screen reader
export const say = text => {
  const said = one('#said')
  if (!said) return
  said.textContent = ''
  setTimeout(() => { said.textContent = text }, 50)
}
