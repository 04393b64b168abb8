// Passkeys: what the browser's own dialog gives is put into the form, and sent with it
import { all, on, one, takeOver } from './dom.js'
import { onDress } from './parts.js'

const fromBase64url = text =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))
const toBase64url = buffer => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const readIds = keys => (keys || []).map(key => ({ ...key, id: fromBase64url(key.id) }))

const askDevice = ({ publicKey }) => {
  const asked = { ...publicKey, challenge: fromBase64url(publicKey.challenge) }
  if (!asked.user) {
    asked.allowCredentials = readIds(asked.allowCredentials)
    return navigator.credentials.get({ publicKey: asked })
  }
  asked.user = { ...asked.user, id: fromBase64url(asked.user.id) }
  asked.excludeCredentials = readIds(asked.excludeCredentials)
  return navigator.credentials.create({ publicKey: asked })
}
const writtenAnswer = ({ id, rawId, type, response }) => JSON.stringify({
  id,
  rawId: toBase64url(rawId),
  type,
  extensions: {},
  response: {
    clientDataJSON: toBase64url(response.clientDataJSON),
    ...response.attestationObject
      ? { attestationObject: toBase64url(response.attestationObject) }
      : {
          authenticatorData: toBase64url(response.authenticatorData),
          signature: toBase64url(response.signature),
          userHandle: toBase64url(response.userHandle) || null,
        },
  },
})

const refusals = { InvalidStateError: 'This device has a passkey of yours already.' }
const notUsed = 'No passkey was used. Try again, or go on another way.'
const notAsked = status =>
  Error(status === 429 ? 'That was tried too often. Wait a few minutes.' : 'Open this page again, and try once more.')
const challenge = async (address, mark) => {
  const body = new URLSearchParams(mark ? { form_of: mark } : {})
  const answer = await fetch(address, { method: 'POST', headers: { Accept: 'application/json' }, body })
  const isAsked = answer.ok && answer.headers.get('content-type')?.startsWith('application/json')
  if (!isAsked) throw notAsked(answer.status)
  return answer.json()
}
const usePasskey = async button => {
  const form = button.form, says = one('[data-passkey-says]', form), { passkeyAsks, passkeyInto } = button.dataset
  says.textContent = ''
  button.disabled = true
  try {
    const asked = await challenge(passkeyAsks, form.elements.form_of?.value)
    form.elements[passkeyInto].value = writtenAnswer(await askDevice(asked))
    form.requestSubmit()
  } catch (error) {
    says.textContent = refusals[error.name] || (error.name === 'Error' ? error.message : notUsed)
  } finally {
    button.disabled = false
  }
}

on('click', event => {
  const button = event.target.closest('[data-passkey-asks]')
  if (!button) return
  takeOver(event)
  usePasskey(button)
})
// Shown where the browser has them
onDress(() => {
  if (window.PublicKeyCredential) all('[data-passkey]').forEach(part => { part.hidden = false })
})
