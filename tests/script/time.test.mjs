// The time of a talk, who spoke how long, and ids in order of time
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshId } from '../../static/app/fresh_id.js'
import { clockInWords, minutes, savedAgo, sharesInWords, spoken } from '../../static/app/spoken_time.js'

const second = 1000, minute = 60 * second
test('minutes are whole, and never below nothing', () => {
  assert.deepEqual([-5, 999, 61 * second, 3600 * second].map(minutes), ['0:00', '0:00', '1:01', '60:00'])
})

const since = '2026-03-01T10:00:00.000Z', began = Date.parse(since)
test('whoever speaks gets the seconds since', () => {
  const share = { since, mine: '10', theirs: '20' }
  assert.deepEqual(spoken({ ...share, speaker: 'me' }, began + 5400), { mine: 15, theirs: 20 })
  assert.deepEqual(spoken({ ...share, speaker: 'them' }, began + 5600), { mine: 10, theirs: 26 })
})
test('nobody gets seconds in silence, or by a clock that is behind', () => {
  assert.deepEqual(spoken({ since, speaker: '', mine: '1', theirs: '2' }, began + 9000), { mine: 1, theirs: 2 })
  assert.deepEqual(spoken({ since, speaker: 'me', mine: '1', theirs: '2' }, began - 9000), { mine: 1, theirs: 2 })
  assert.deepEqual(spoken({ since: '', speaker: 'me', mine: '1', theirs: '2' }, began), { mine: 1, theirs: 2 })
})
test('the shares are told in minutes and parts of a hundred', () => {
  assert.equal(sharesInWords({ mine: 30, theirs: 90 }), 'They 1:30, you 0:30: they 75 %')
  assert.equal(sharesInWords({ mine: 0, theirs: 0 }), 'Tap when it changes.')
})

test('a talk is told by its clock from an hour before to an hour after', () => {
  const ends = began + 30 * minute, at = now => clockInWords(began, ends, now, 'At ten')
  assert.equal(at(began - 60 * minute), 'At ten')
  assert.equal(at(began - 59 * minute), 'Starts in 59:00')
  assert.equal(at(began), '30:00 left of 30')
  assert.equal(at(ends - 2 * minute + 1), '1:59 left of 30: time to sum up')
  assert.equal(at(ends), '30 minutes are over')
  assert.equal(at(ends + 60 * minute), 'At ten')
})
test('a short talk is not asked to sum up', () => {
  assert.equal(clockInWords(began, began + 5 * minute, began + 4 * minute, ''), '1:00 left of 5')
})
test('a save is some time ago', () => {
  assert.deepEqual([1, 2, 59, 60, 150].map(savedAgo),
    ['Saved', 'Saved 2 seconds ago', 'Saved 59 seconds ago', 'Saved 1 min ago', 'Saved 3 min ago'])
})

test('an id holds its time, its version and its variant', () => {
  assert.equal(freshId(0x0123456789ab, new Uint8Array(16).fill(255)), '01234567-89ab-7fff-bfff-ffffffffffff')
  assert.equal(freshId(1, new Uint8Array(16)), '00000000-0001-7000-8000-000000000000')
})
test('ids are in order of their time, and differ by chance', () => {
  assert.ok(freshId(1e12) < freshId(1e12 + 1))
  assert.notEqual(freshId(1e12), freshId(1e12))
})
