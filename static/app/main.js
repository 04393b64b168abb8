// What the pages do beyond what they do without a script. Behaviour is found by data- attributes,
// so pages carry none of their own. What few pages need, parts.js brings to them.
import './copying.js'
import './while_typing.js'
import './pressing.js'
import './leaving.js'
import './swapping.js'
import { on, one, say } from './dom.js'
import { dressFinders } from './finder.js'
import { dress, showWrong } from './page.js'
import { install } from './installed.js'
import { flush } from './queue.js'
import { enterTyped } from './search.js'

// htmx parses pages of this origin. Only markup is let through, and the one worker: other script stays refused.
const own = address => address === '/worker.js' ? address : null
window.trustedTypes?.createPolicy('default', { createHTML: html => html, createScriptURL: own })

// A browser that gives up fading from page to page has nothing to complain of.
addEventListener('unhandledrejection', event => {
  if (/^Transition was /.test(event.reason?.message)) event.preventDefault()
})

on('DOMContentLoaded', () => {
  dress()
  dressFinders()
  flush()
  install()
  const words = one('#toast .toast > span'), wrong = showWrong()
  if (words) say(words.textContent)
  if (wrong) wrong.focus()
  else if (!one('[autofocus]') && one('[data-run]')) one('main')?.focus()
  enterTyped()
})
