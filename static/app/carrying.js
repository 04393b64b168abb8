// What was typed in the other forms of a page stays there when one of them is sent
import { all } from './dom.js'

const isTick = field => /^(checkbox|radio)$/.test(field.type)
const isTyped = field => field.name && !/^(hidden|password|file|submit|button|fieldset)$/.test(field.type)
const placeOf = field =>
  JSON.stringify([field.form.getAttribute('action'), field.name, isTick(field) ? field.value : ''])
const firstOf = field => {
  if (isTick(field)) return field.defaultChecked
  if (!field.options) return field.defaultValue
  return ([...field.options].find(option => option.defaultSelected) || field.options[0])?.value
}
const nowOf = field => isTick(field) ? field.checked : field.value
const fieldsOf = forms => forms.flatMap(form => [...form.elements].filter(isTyped))

const isBeside = form => other => other !== form && !other.matches('[data-autosave]')

export const typedBeside = form => fieldsOf(all('main form').filter(isBeside(form)))
  .filter(field => nowOf(field) !== firstOf(field))
  .map(field => ({ place: placeOf(field), first: firstOf(field), now: nowOf(field) }))

// Only where the field begins as it did before: under the same name may stand something else by now.
export const carryOver = typed => {
  const fields = typed.length ? fieldsOf(all('main form')) : []
  typed.forEach(({ place, first, now }) => {
    const field = fields.find(one => placeOf(one) === place && firstOf(one) === first)
    if (!field) return
    field[isTick(field) ? 'checked' : 'value'] = now
    for (let fold = field.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true
  })
}
