// Notices: shown as they come, opened by a press, and over where someone logs out (src/notices/notice.rs)
const showNotice = ({ title, body, address, tag }) =>
  self.registration.showNotification(title, { body, tag, icon: shell.icon, data: address })
self.addEventListener('push', event => event.waitUntil(showNotice(event.data.json())))

// A tab that shows something else may hold what is typed: it is left alone.
const focusOrOpen = async address => {
  const to = new URL(address, location.origin)
  if (to.origin !== location.origin) return
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = tabs.find(({ url }) => url === to.href)
  await (there ? there.focus() : self.clients.openWindow(to.href))
}
self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(focusOrOpen(event.notification.data))
})

// The browser itself moved: what it was reached by before says whose it is.
const moveOn = async ({ oldSubscription, newSubscription }) => {
  if (!oldSubscription) return
  const now = newSubscription || await self.registration.pushManager.subscribe(oldSubscription.options)
  const { endpoint, keys } = now.toJSON()
  const body = new URLSearchParams({ endpoint, ...keys, was: oldSubscription.endpoint })
  await fetch('/settings/reminders/devices', { method: 'POST', body, redirect: 'manual' })
}
self.addEventListener('pushsubscriptionchange', event => event.waitUntil(moveOn(event)))

// On a computer others use, too, nothing is left: neither what comes nor what came.
export const endNotices = async () => {
  for (const notice of await self.registration.getNotifications()) notice.close()
  const reached = await self.registration.pushManager?.getSubscription()
  await reached?.unsubscribe()
}
