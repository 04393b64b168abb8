// Words written in two places at once: none are lost
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joined, settled, unsavedDrafts } from '../../static/app/merging.js'

test('a save that brings nothing back leaves what was typed since unsaved', () => {
  assert.deepEqual(settled('sent', 'sent', undefined), { value: 'sent', saved: 'sent' })
  assert.deepEqual(settled('sent and more', 'sent', null), { value: 'sent and more', saved: 'sent' })
})
test('what another tab wrote takes the place of what was sent', () => {
  assert.deepEqual(settled('mine', 'mine', 'mine\n\ntheirs'), { value: 'mine\n\ntheirs', saved: 'mine\n\ntheirs' })
})
test('what was typed since stays in front of what another tab wrote', () => {
  assert.deepEqual(settled('mine, more', 'mine', 'mine\n\ntheirs'), { value: 'mine, more\n\ntheirs', saved: 'mine' })
  assert.deepEqual(settled('mine \n+', 'mine \n', 'mine\n\ntheirs'), { value: 'mine \n+\n\ntheirs', saved: 'mine \n' })
})
test('a text of theirs that does not begin with mine is put below it', () => {
  assert.deepEqual(settled('mine, more', 'mine', 'theirs'), { value: 'mine, more\n\ntheirs', saved: 'mine' })
})

const draft = (version, text) => ({ base: `${version}.page`, text })
test('a draft on the same version is unsaved unless the field holds just that', () => {
  const drafts = [draft(3, 'held'), draft(3, 'other')]
  assert.deepEqual(unsavedDrafts(drafts, '3.here', 'held'), [draft(3, 'other')])
})
test('a draft on an older version is unsaved unless the field holds it somewhere', () => {
  const drafts = [draft(2, 'held'), draft(2, 'other')]
  assert.deepEqual(unsavedDrafts(drafts, '10.here', 'now held too'), [draft(2, 'other')])
})
test('nothing, and what cannot be read, is no draft', () => {
  assert.deepEqual(unsavedDrafts([null, undefined, draft(3, '')], '3.here', 'x'), [])
})
test('drafts are joined once each, on the oldest version, by number', () => {
  const { base, text } = joined([draft(10, 'a'), draft(9, 'b'), draft(10, 'a')], 'here')
  assert.equal(base, '9.here')
  assert.equal(text, 'a\n\nFrom another tab:\nb')
})
