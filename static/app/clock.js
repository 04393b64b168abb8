// The time of a talk, second by second, and who spoke how long
import { all } from './dom.js'
import { clockInWords, sharesInWords, spoken } from './spoken_time.js'

export const tick = () => {
  const now = Date.now()
  all('[data-clock]').forEach(clock => {
    const { starts, ends } = clock.dataset
    clock.dataset.was ??= clock.textContent
    clock.textContent = clockInWords(Date.parse(starts), Date.parse(ends), now, clock.dataset.was)
  })
  all('[data-mine]').forEach(share => { share.textContent = sharesInWords(spoken(share.dataset, now)) })
}
setInterval(tick, 1000)

export const begin = (clock, now) => {
  clock.dataset.starts = new Date(now).toISOString()
  clock.dataset.ends = new Date(now + clock.dataset.minutes * 6e4).toISOString()
}
export const hand = (share, speaker, now) => {
  Object.assign(share.dataset, spoken(share.dataset, now), { speaker, since: new Date(now).toISOString() })
}
