// Words written in two places at once: none are lost.

// What a field holds once the server has answered. What another tab wrote comes back with the answer;
// what was typed since stays in front of it.
export const settled = (current, sent, stored) => {
  if (stored == null) return { value: current, saved: sent }
  if (current === sent) return { value: stored, saved: stored }
  const mine = sent.trimEnd()
  return { value: current + (stored.startsWith(mine) ? stored.slice(mine.length) : `\n\n${stored}`), saved: sent }
}

// What pages before this one could not save, told apart from what the field holds by now. A base is 'version.page'.
const version = base => parseInt(base)
export const unsavedDrafts = (drafts, base, value) => drafts.filter(draft => draft?.text && (
  version(draft.base) === version(base) ? draft.text !== value : !value.includes(draft.text)))

// All of it, as if it were typed here on the oldest of what was known there
export const joined = (drafts, page) => ({
  base: `${Math.min(...drafts.map(draft => version(draft.base)))}.${page}`,
  text: [...new Set(drafts.map(draft => draft.text))].join('\n\nFrom another tab:\n'),
})
