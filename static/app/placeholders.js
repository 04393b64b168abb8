// What a text still lacks: [words in brackets], <in angles> or {{in braces}}
const placeholder = /\[[^\]\n]{2,60}\]|<[^>\n]{2,60}>|\{\{?[^{}\n]{2,60}\}\}?/g
export const placeholdersIn = text => [...new Set(text.match(placeholder) || [])]

// The text with words in place of a placeholder. One mark ends a sentence, wherever it comes from.
export const fillIn = (text, gap, words) => text.split(gap).reduce((filled, rest) => {
  const goesOn = /^[.,;:!?]/.test(rest)
  return filled + (goesOn ? words.replace(/[.,;:!?…\s]+$/, '') : words) + rest
})
// Each field is a placeholder with the words for it; without words it stays.
export const fillAll = (text, fields) =>
  fields.reduce((filled, [gap, words]) => words.trim() ? fillIn(filled, gap, words.trim()) : filled, text)

export const lengthInWords = (text, limit) => {
  const length = [...text].length
  if (!limit) return `${length} characters, ${text.split(/\s+/).filter(Boolean).length} words`
  return `${length} of ${limit} characters${length > limit ? `: ${length - limit} too many` : ''}`
}
export const isOver = (text, limit) => limit > 0 && [...text].length > limit
