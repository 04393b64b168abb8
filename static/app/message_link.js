// An address that opens a mail program carries the message as it stands now,
// or leaves it to be pasted where it is too long.
export const messageLink = (address, message, subject) => {
  const encoded = value => encodeURIComponent(value.replace(/\r?\n/g, '\r\n'))
  const put = (link, part, value) => link.replace(part, (_, start) => start + encoded(value))
  const titled = subject ? put(address, /([?&](?:subject|su)=)[^&]*/, subject) : address
  const whole = put(titled, /([?&]body=)[^&]*/, message)
  const limit = address.startsWith('mailto:') ? 2000 : 8000
  return whole.length <= limit ? whole : titled.replace(/([?&]body=)[^&]*/, '$1')
}
