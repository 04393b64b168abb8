// Words of a form that saves itself which the server does not have yet, with what they were based on.
// Each page keeps its own, so that two tabs without a connection do not write over each other.
import { draftKey } from './drafts.js'
import { joined, settled, unsavedDrafts } from './merging.js'
import { kept } from './storage.js'

const baseOf = area => area.form.elements[`base-${area.name}`]
const pageOf = area => baseOf(area).value.split('.')[1]
const pageKey = area => `${draftKey(area)}@${pageOf(area)}`

export const keepUnsaved = area => kept(store => {
  if (area.value === area.defaultValue) store.removeItem(pageKey(area))
  else store.setItem(pageKey(area), JSON.stringify({ base: baseOf(area).value, text: area.value }))
})

// Takes up what pages before this one could not save; true where there was anything.
export const takeUp = area => {
  const own = pageKey(area), ofOthers = key => key.startsWith(`${draftKey(area)}@`) && key !== own
  const keys = kept(store => Object.keys(store).filter(ofOthers)) || []
  const stored = keys.map(key => kept(store => JSON.parse(store.getItem(key))))
  const drafts = unsavedDrafts(stored, baseOf(area).value, area.value)
  if (area.getAttribute('aria-invalid')) return false
  if (drafts.length) {
    const { base, text } = joined(drafts, pageOf(area))
    baseOf(area).value = base
    area.value = text
    keepUnsaved(area)
  }
  kept(store => keys.forEach(key => store.removeItem(key)))
  return drafts.length > 0
}

export const settle = (area, sent, field) => {
  const { value, saved } = settled(area.value, sent, field.text)
  baseOf(area).value = field.base
  area.defaultValue = saved
  if (area.value !== value) area.value = value
  keepUnsaved(area)
}
