// Notices on this device: the browser is asked for them, and how to reach it goes into the form
import { all, on, one, takeOver } from './dom.js'
import { onDress } from './parts.js'

const says = {
  none: "This browser can't show notices here. They need https, and on an iPhone Inroad on the home screen.",
  blocked: 'Your browser blocks notices from Inroad. Allow them for this page in its settings, then press again.',
  failed: "Your browser couldn't set notices up. Check your network, and press again.",
}
const canNotify = () => navigator.serviceWorker && 'PushManager' in window && 'Notification' in window
const workerWithin = ms => Promise.race([
  navigator.serviceWorker.ready,
  new Promise((_, reject) => { setTimeout(() => reject(Error('no worker')), ms) }),
])

// A browser that was set up for another Inroad's key lets go of that first.
const reachedBy = async applicationServerKey => {
  const { pushManager } = await workerWithin(10000), asked = { userVisibleOnly: true, applicationServerKey }
  try {
    return await pushManager.subscribe(asked)
  } catch (error) {
    const before = error.name === 'InvalidStateError' && await pushManager.getSubscription()
    if (!before) throw error
    await before.unsubscribe()
    return pushManager.subscribe(asked)
  }
}
const notify = async ({ form, dataset }) => {
  if (!canNotify()) return says.none
  if (await Notification.requestPermission() !== 'granted') return says.blocked
  const { endpoint, keys } = (await reachedBy(dataset.notify)).toJSON()
  Object.entries({ endpoint, ...keys }).forEach(([name, value]) => { form.elements[name].value = value })
  form.requestSubmit()
  return ''
}
const askFor = async button => {
  const told = one('[data-notify-says]')
  told.textContent = ''
  button.disabled = true
  try {
    told.textContent = await notify(button)
  } catch (error) {
    told.textContent = error.name === 'NotAllowedError' ? says.blocked : says.failed
  } finally {
    button.disabled = false
  }
}
on('click', event => {
  const button = event.target.closest('[data-notify]')
  if (!button) return
  takeOver(event)
  askFor(button)
})
// A button that needs a script is there with it.
onDress(() => all('[data-notify-part]').forEach(part => { part.hidden = false }))
