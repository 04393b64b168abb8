// What is kept in this browser. Storage may be switched off; then nothing is.
import { one } from './dom.js'

export const kept = (act, otherwise = null) => {
  try { return act(localStorage) } catch { return otherwise }
}
export const account = one('meta[name="account"]')?.content || ''
// The keys of everything of the account that is not sent yet
export const draftKeys = () => kept(store => Object.keys(store).filter(key => key.startsWith(`draft:${account}:`)), [])

// What one page tells the next one of this tab
const ofThisTab = (act, otherwise = null) => {
  try { return act(sessionStorage) } catch { return otherwise }
}
export const leave = (key, value) => ofThisTab(store => store.setItem(key, value))
export const left = key => ofThisTab(store => store.getItem(key))
export const takeLeft = key => {
  const value = left(key)
  ofThisTab(store => store.removeItem(key))
  return value
}
export const forgetTab = () => ofThisTab(store => store.clear())
