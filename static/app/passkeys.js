// Passkeys: what the browser's own dialog gives is put into the form, and sent with it
import { all, on, one, takeOver } from './dom.js'
import { onDress } from './parts.js'

const fromBase64url = text =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))
const toBase64url = buffer => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const readIds = keys => (keys || []).map(key => ({ ...key, id: fromBase64url(key.id) }))

const askDevice = ({ publicKey }, how) => {
  const asked = { ...publicKey, challenge: fromBase64url(publicKey.challenge) }
  if (!asked.user) {
    asked.allowCredentials = readIds(asked.allowCredentials)
    return navigator.credentials.get({ publicKey: asked, ...how })
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
const challenge = async (address, mark, signal) => {
  const body = new URLSearchParams(mark ? { form_of: mark } : {})
  const answer = await fetch(address, { method: 'POST', headers: { Accept: 'application/json' }, body, signal })
  const isAsked = answer.ok && answer.headers.get('content-type')?.startsWith('application/json')
  if (!isAsked) throw notAsked(answer.status)
  return answer.json()
}
const sendPasskey = (button, answer) => {
  button.form.elements[button.dataset.passkeyInto].value = writtenAnswer(answer)
  button.form.requestSubmit()
}
const usePasskey = async button => {
  const form = button.form, says = one('[data-passkey-says]', form)
  says.textContent = ''
  button.disabled = true
  try {
    const asked = await challenge(button.dataset.passkeyAsks, form.elements.form_of?.value)
    sendPasskey(button, await askDevice(asked))
  } catch (error) {
    says.textContent = refusals[error.name] || (error.name === 'Error' ? error.message : notUsed)
  } finally {
    button.disabled = false
  }
}

// Where the field for one's name takes a passkey too, the browser offers those it has among what it fills in.
// It is asked once somebody is at that field: a page that is only opened asks for nothing.
const takesPasskeys = '[autocomplete~="webauthn"]'
// A little shorter than an answer is waited for
const offerHolds = 4 * 60_000
let atField = null
const withdraw = () => {
  atField?.end.abort()
  atField = null
}
const offerPasskeys = async field => {
  const button = one('[data-passkey-asks]'), end = new AbortController(), { signal } = end
  if (!button || button.disabled || atField?.field === field) return
  withdraw()
  atField = { field, end }
  try {
    if (!await PublicKeyCredential.isConditionalMediationAvailable()) return
    const asked = await challenge(button.dataset.passkeyAsks, null, signal)
    setTimeout(() => { if (atField?.end === end) withdraw() }, offerHolds)
    sendPasskey(button, await askDevice(asked, { mediation: 'conditional', signal }))
  } catch { /* not offered, or no longer: the button is there */ }
}
const offerHere = () => {
  const field = document.activeElement
  if (field?.matches(takesPasskeys) && window.PublicKeyCredential?.isConditionalMediationAvailable) offerPasskeys(field)
}
for (const sign of ['pointermove', 'click', 'keyup']) on(sign, offerHere)

on('click', event => {
  const button = event.target.closest('[data-passkey-asks]')
  if (!button) return
  takeOver(event)
  withdraw()
  usePasskey(button)
})
// Shown where the browser has them
onDress(() => {
  if (window.PublicKeyCredential) all('[data-passkey]').forEach(part => { part.hidden = false })
})
