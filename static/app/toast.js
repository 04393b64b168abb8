// The toast
import { element, on, one } from './dom.js'

const toast = () => one('#toast')
export const tell = (text, ...buttons) => {
  const box = element('div', '', 'toast')
  box.append(element('span', text), ...buttons)
  toast()?.replaceChildren(box)
}
export const dismiss = () => toast()?.replaceChildren()
on('click', event => { if (event.target.closest('[data-dismiss]')) dismiss() })
