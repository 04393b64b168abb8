// What few pages need comes once its mark stands on a page. Until then, and where it cannot come, the page works as
// without a script.
import { one } from './dom.js'

const marks = {
  '[data-column]': () => import('./board.js'),
  '[data-notify-part]': () => import('./notices.js'),
  '[data-passkey]': () => import('./passkeys.js'),
  '[data-queue], [data-autosave]': () => import('./talk.js'),
}
const dressers = []
// What a part does with every page, beginning with this one
export const onDress = act => {
  dressers.push(act)
  act()
}
export const dressParts = () => {
  dressers.forEach(act => act())
  Object.entries(marks).forEach(([mark, load]) => { if (one(mark)) load().catch(() => {}) })
}
