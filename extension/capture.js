// Pressed: opens the instance's form for the page, with its address and title.
import { captureLink } from './link.js'

const api = globalThis.browser ?? globalThis.chrome
const instance = localStorage.getItem('instance')

const capture = async () => {
  if (!instance) {
    await api.runtime.openOptionsPage()
    return true
  }
  const [page] = await api.tabs.query({ active: true, lastFocusedWindow: true })
  const link = page && captureLink(instance, page)
  if (link) await api.tabs.create({ url: link })
  return Boolean(link)
}
const say = words => { document.getElementById('said').textContent = words }
try {
  if (await capture()) close()
  else say('There is nothing to capture on this page.')
} catch { say('The browser did not open Inroad. Try again.') }
