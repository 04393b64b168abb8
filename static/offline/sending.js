// Sending what waits. The server takes each once, however often it comes.
import { drop, keep, waiting } from './waiting.js'

const maySucceedLater = status => [401, 403, 408, 429].includes(status) || status >= 500
const post = ({ id, title, text, url, account }) => fetch('/captures', {
  method: 'POST',
  headers: { Accept: 'application/json' },
  body: new URLSearchParams({ id, title, text, url, account }),
  redirect: 'error',
  signal: AbortSignal.timeout(15000),
})

// How many were taken. What was refused stays, with the reason; the others stay for the next time.
export const sendWaiting = async () => {
  let taken = 0
  for (const capture of await waiting()) {
    if (capture.refused) continue
    try {
      const answer = await post(capture)
      if (maySucceedLater(answer.status)) break
      const told = await answer.json()
      if (answer.ok && told.id) { await drop(capture.id); taken++ }
      else await keep({ ...capture, refused: told.problem || 'Inroad could not take it' })
    } catch { break /* no network, or an answer that is not ours; try again */ }
  }
  return taken
}
