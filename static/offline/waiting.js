// What was captured and is not sent yet, kept in this browser: each capture with the account it is of
const answered = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})
const opened = () => {
  const opening = indexedDB.open('inroad', 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('captures', { keyPath: 'id' })
    opening.result.createObjectStore('account')
  }
  return answered(opening)
}
const within = async (name, mode, act) => {
  const db = await opened()
  try { return await answered(act(db.transaction(name, mode).objectStore(name))) } finally { db.close() }
}

// Who is signed in, as far as this browser knows; nobody after logging out
export const account = () => within('account', 'readonly', store => store.get('id'))
export const setAccount = id => within('account', 'readwrite', store => store.put(id, 'id'))

export const keep = capture => within('captures', 'readwrite', store => store.put(capture))
export const drop = id => within('captures', 'readwrite', store => store.delete(id))
export const waiting = async () => {
  const mine = await account()
  const all = mine ? await within('captures', 'readonly', store => store.getAll()) : []
  return all.filter(capture => capture.account === mine).sort((one, other) => one.at - other.at)
}
export const forgetAll = async () => {
  for (const { id } of await waiting()) await drop(id)
  await setAccount('')
}
