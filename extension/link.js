// At home nobody has a certificate.
const home = /^(localhost|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|.+\.local)$/i
const isAtHome = text => text.startsWith('[::1]') || home.test(text.split(/[/:]/)[0])

// The instance as typed: scheme, host and port; nothing where it is no address of a page.
export const instanceIn = typed => {
  const text = typed.trim(), scheme = isAtHome(text) ? 'http' : 'https'
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${scheme}://${text}`
  if (!text || !URL.canParse(withScheme)) return null
  const { protocol, origin, username } = new URL(withScheme)
  return /^https?:$/.test(protocol) && !username ? origin : null
}

// Where a page is captured; nothing for pages of the browser itself, which are nobody's.
export const captureLink = (instance, { url = '', title = '' }) =>
  /^https?:/.test(url) ? `${instance}/capture?${new URLSearchParams({ url, title: title.slice(0, 1000) })}` : null
