// What the page makes of words: gaps filled, lengths, links to mail programs, texts told apart
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftQuotes } from '../../static/app/draft_quotes.js'
import { messageLink } from '../../static/app/message_link.js'
import { fillAll, fillIn, isOver, lengthInWords, placeholdersIn } from '../../static/app/placeholders.js'

test('placeholders of three kinds are found, each once and in order', () => {
  const text = 'Dear [first name], <your role> at {{company}}, [first name] and {team}'
  assert.deepEqual(placeholdersIn(text), ['[first name]', '<your role>', '{{company}}', '{team}'])
})
test('what is too short, too long or goes over lines is no placeholder', () => {
  assert.deepEqual(placeholdersIn(`[x] [two\nlines] 1 < 2 [${'a'.repeat(61)}] {}`), [])
})

test('words stand wherever their placeholder stood', () => {
  assert.equal(fillIn('[name], are you [name]?', '[name]', 'Ada'), 'Ada, are you Ada?')
})
test('one mark ends a sentence, wherever it comes from', () => {
  assert.equal(fillIn('I liked [what]. Truly', '[what]', 'your talk!…'), 'I liked your talk. Truly')
  assert.equal(fillIn('I liked [what]', '[what]', 'your talk!'), 'I liked your talk!')
})
test('words that hold signs of replacement are put in as they are', () => {
  assert.equal(fillIn('It costs [sum] now', '[sum]', "$& $1 $'"), "It costs $& $1 $' now")
})
test('a field without words leaves its placeholder', () => {
  const fields = [['[name]', ' Ada '], ['[role]', '  ']]
  assert.equal(fillAll('[name] as [role]', fields), 'Ada as [role]')
})

test('a length is counted in characters, whatever each takes to store', () => {
  assert.equal(lengthInWords('two  words 🙂', 0), '12 characters, 3 words')
  assert.equal(lengthInWords('🙂🙂', 3), '2 of 3 characters')
  assert.equal(lengthInWords('abc', 3), '3 of 3 characters')
  assert.equal(lengthInWords('abcde', 3), '5 of 3 characters: 2 too many')
})
test('a text is over its limit only where there is one', () => {
  assert.deepEqual([isOver('abc', 3), isOver('abcd', 3), isOver('abcd', 0)], [false, true, false])
})

test('a mail link carries message and subject as they stand, with the line ends of mail', () => {
  const link = messageLink('mailto:a@example.org?subject=old&body=old', 'Hi\nyou & me', 'New?')
  assert.equal(link, 'mailto:a@example.org?subject=New%3F&body=Hi%0D%0Ayou%20%26%20me')
})
test('a subject goes along under whatever name its program has for it', () => {
  assert.equal(messageLink('https://mail.example/?su=old&body=', 'x', 'New'), 'https://mail.example/?su=New&body=x')
})
test('without a subject of its own a link keeps what it has', () => {
  assert.equal(messageLink('https://mail.example/?su=kept&body=', 'x'), 'https://mail.example/?su=kept&body=x')
})
test('a message too long for its program is left to be pasted', () => {
  const long = 'a'.repeat(2000)
  assert.equal(messageLink('mailto:a@example.org?body=', long), 'mailto:a@example.org?body=')
  assert.equal(messageLink('https://mail.example/?body=', long), `https://mail.example/?body=${long}`)
})

test('a draft is quoted by how it begins, whatever was stored', () => {
  assert.deepEqual(draftQuotes('  plain '), ['“plain”'])
  assert.deepEqual(draftQuotes('123'), ['“123”'])
  assert.deepEqual(draftQuotes(`${'a'.repeat(61)}`), [`“${'a'.repeat(60)}…”`])
  assert.deepEqual(draftQuotes(JSON.stringify({ base: '3.x', text: 'kept' })), ['“kept”'])
  const presses = [{ label: 'Said', fields: { line: 'a line' } }, { label: 'They speak', fields: {} }]
  assert.deepEqual(draftQuotes(JSON.stringify(presses)), ['“a line”', '“They speak”'])
  assert.deepEqual(draftQuotes(''), [])
})
