// How each text of a stored draft begins: a plain text, words with what they were based on, or the presses that wait
const shortened = text => `\u201c${text.slice(0, 60)}${text.length > 60 ? '\u2026' : ''}\u201d`
const quotable = ({ text, label, fields }) => text ?? fields?.line ?? (fields && label)

export const draftQuotes = stored => {
  let texts = [stored]
  try { texts = [JSON.parse(stored)].flat().map(draft => quotable(draft) ?? stored) } catch { /* a plain text */ }
  return texts.filter(Boolean).map(text => shortened(text.trim()))
}
