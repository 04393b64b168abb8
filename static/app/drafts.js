// Drafts: kept in this browser until sent, or until logging out
import { all, button, element, on } from './dom.js'
import { count } from './counting.js'
import { account, kept } from './storage.js'

export const draftKey = area => `draft:${account}:${area.dataset.draft}`
export const savesItself = area => area.form?.matches('[data-autosave]')

export const keep = area => kept(store => {
  if (area.value === area.defaultValue) store.removeItem(draftKey(area))
  else store.setItem(draftKey(area), area.value)
})
export const forget = form => all('[data-draft]', form).forEach(area => kept(store => store.removeItem(draftKey(area))))

export const restore = area => {
  const draft = kept(store => store.getItem(draftKey(area)))
  if (!draft || draft === area.value || area.getAttribute('aria-invalid')) return
  area.value = draft
  const line = element('small', 'Your draft from earlier. ')
  const original = () => {
    area.value = area.defaultValue
    forget(area.form)
    line.remove()
    count(area)
    area.focus()
  }
  line.append(button('Use the original', original, 'quiet small'))
  area.after(line)
}
on('input', ({ target }) => { if (target.matches('[data-draft]') && !savesItself(target)) keep(target) })
