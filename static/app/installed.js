// The worker beside the pages is told who is signed in, and that there is a network.
import { account } from './storage.js'

const worker = navigator.serviceWorker
const meet = () => worker.ready.then(({ active }) => active.postMessage(account))
export const install = () => {
  if (!worker || !account || document.body.matches('.read-only')) return
  worker.register('/worker.js').then(meet, () => {})
  addEventListener('online', meet)
}
