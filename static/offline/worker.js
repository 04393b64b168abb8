// What runs beside the pages: it answers with the page for no network, and sends what was captured there.
// It keeps nothing that holds data: only the shell, whose name and files the line above this names.
import { endNotices } from './notices.js'
import { sendWaiting } from './sending.js'
import { account, forgetAll, setAccount, waiting } from './waiting.js'

self.addEventListener('install', event => event.waitUntil(
  caches.open(shell.name).then(cache => cache.addAll(shell.files)).then(() => self.skipWaiting())))

const othersGone = async () => {
  for (const name of await caches.keys()) if (name !== shell.name) await caches.delete(name)
}
self.addEventListener('activate', event => event.waitUntil(othersGone().then(() => self.clients.claim())))

// Logging out, or deleting the account, takes with it what was not sent; what can be sent goes before.
const goodbyes = ['/logout', '/settings/deletions']
const atMost = (ms, work) => Promise.race([work, new Promise(resolve => { setTimeout(resolve, ms) })])
const leave = async event => {
  await atMost(3000, sendWaiting())
  const answer = await fetch(event.request)
  if (answer.type === 'opaqueredirect') {
    await forgetAll()
    event.waitUntil(endNotices().catch(() => {}))
  }
  return answer
}

const ofShell = async (request, pathname) => await caches.match(pathname) || fetch(request)
self.addEventListener('fetch', event => {
  const { request } = event, { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  const isPage = request.mode === 'navigate'
  if (isPage && request.method === 'GET') event.respondWith(fetch(request).catch(() => caches.match('/offline')))
  else if (isPage && goodbyes.includes(pathname)) event.respondWith(leave(event))
  else if (shell.files.includes(pathname)) event.respondWith(ofShell(request, pathname))
})

// A page says who is signed in, and that there is a network.
const meet = async id => {
  const before = await account()
  if (before && before !== id) await endNotices().catch(() => {})
  if (before !== id) await setAccount(id)
  await sendWaiting()
}
self.addEventListener('message', event => {
  if (typeof event.data === 'string' && event.data) event.waitUntil(meet(event.data))
})

// Woken by the browser once there is a network: what still waits is tried again later.
const sendAll = async () => {
  await sendWaiting()
  if ((await waiting()).some(({ refused }) => !refused)) throw new Error('not sent yet')
}
self.addEventListener('sync', event => event.waitUntil(sendAll()))
