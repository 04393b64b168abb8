// The time of a talk in words, and who spoke how long
export const minutes = ms => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

// Seconds each has spoken: what is written down, and what whoever speaks has added since
export const spoken = ({ since, speaker, mine, theirs }, now) => {
  const began = Date.parse(since), added = speaker && began < now ? Math.round((now - began) / 1000) : 0
  return { mine: +mine + (speaker === 'me' ? added : 0), theirs: +theirs + (speaker === 'them' ? added : 0) }
}
export const sharesInWords = ({ mine, theirs }) => {
  const sum = mine + theirs
  if (sum < 1) return 'Tap when it changes.'
  return `They ${minutes(theirs * 1000)}, you ${minutes(mine * 1000)}: they ${Math.round(100 * theirs / sum)} %`
}

// How far a talk is. More than an hour before and after it the page's own words stand.
const hour = 36e5
export const clockInWords = (starts, ends, now, otherwise) => {
  const length = Math.round((ends - starts) / 60000)
  if (now < starts) return starts - now < hour ? `Starts in ${minutes(starts - now)}` : otherwise
  const isNearlyOver = ends - now < 12e4 && length > 5
  if (now < ends) return `${minutes(ends - now)} left of ${length}${isNearlyOver ? ': time to sum up' : ''}`
  return now - ends < hour ? `${length} minutes are over` : otherwise
}

export const savedAgo = seconds => seconds < 2 ? 'Saved'
  : seconds < 60 ? `Saved ${seconds} seconds ago` : `Saved ${Math.round(seconds / 60)} min ago`
