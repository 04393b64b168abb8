// UUIDv7: the time, then chance
export const freshId = (now = Date.now(), chance = crypto.getRandomValues(new Uint8Array(16))) => {
  const bytes = Uint8Array.from(chance)
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (40 - 8 * i)) % 256
  bytes[6] = bytes[6] & 15 | 112
  bytes[8] = bytes[8] & 63 | 128
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
}
