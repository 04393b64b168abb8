// What is asked before a form goes, and what is forgotten with it
import { on, takeOver } from './dom.js'
import { draftQuotes } from './draft_quotes.js'
import { forget } from './drafts.js'
import { draftKeys, forgetTab, kept } from './storage.js'

const isAgreed = question => !question || confirm(question)
const loss = () => {
  const quotes = draftKeys().flatMap(key => draftQuotes(kept(store => store.getItem(key)) || ''))
  const them = quotes.length === 1 ? 'it' : 'them'
  return quotes.length > 0 && `Not sent yet:\n${quotes.join('\n')}\n\nLog out and delete ${them}?`
}
on('submit', event => {
  const form = event.target
  if (!isAgreed(event.submitter?.dataset.confirm || form.dataset.confirm)) { takeOver(event); return }
  if (form.matches('[data-logout], [data-goodbye]')) {
    if (form.matches('[data-logout]') && !isAgreed(loss())) { takeOver(event); return }
    draftKeys().forEach(key => kept(store => store.removeItem(key)))
    forgetTab() // where htmx was, in this tab
  } else if (!form.closest('[hx-boost], [data-autosave], [data-queue]')) forget(form)
}, true)
