// What the pages do beyond what they do without a script. Behaviour is found by data- attributes, so pages carry none of their own.
'use strict'
{
  // htmx parses pages of this origin. Only markup is let through: script and script addresses stay refused.
  window.trustedTypes?.createPolicy('default', { createHTML: html => html })

  const one = (selector, within = document) => selector ? within.querySelector(selector) : null
  const all = (selector, within = document) => [...within.querySelectorAll(selector)]
  const on = (event, act, capture) => document.addEventListener(event, act, capture)
  const say = text => { const said = one('#said'); if (said) { said.textContent = ''; setTimeout(() => { said.textContent = text }, 50) } }

  // Storage may be switched off; then drafts are simply not kept.
  const kept = (act, otherwise = null) => { try { return act(localStorage) } catch { return otherwise } }

  // What one page tells the next one of this tab
  const passing = (name, value) => { try { if (value != null) sessionStorage.setItem(name, value); else return sessionStorage.getItem(name) } catch { /* switched off */ } }
  const passed = name => { const value = passing(name); try { sessionStorage.removeItem(name) } catch { /* switched off */ } return value ?? null }

  // The toast
  const toast = () => one('#toast')
  const pressable = (label, act, tone) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = `btn ${tone}`
    button.textContent = label
    button.onclick = act
    return button
  }
  const tell = (text, ...buttons) => {
    const box = document.createElement('div'), words = document.createElement('span')
    box.className = 'toast'
    words.textContent = text
    box.append(words, ...buttons)
    toast()?.replaceChildren(box)
  }

  // What the server could not take: the page stays, with what was typed, and the answer stands in a dialog over it.
  let last = null
  const again = () => {
    one('#answer').close()
    if (last?.form.isConnected) last.form.requestSubmit(last.submitter?.isConnected ? last.submitter : null)
    saveAll()
    flush()
  }
  const answered = (title, parts, mayPass) => {
    const dialog = one('#answer')
    if (!dialog) return
    one('#answer-title').textContent = title
    one('[data-answer]').replaceChildren(...parts, ...mayPass ? [pressable('Try again', again, 'go')] : [])
    if (!dialog.open) dialog.showModal()
    ;(one('[data-answer] input:not([type=hidden])') || one('[data-answer] > button'))?.focus()
  }
  const paragraph = text => { const words = document.createElement('p'); words.textContent = text; return words }
  const stillHere = 'What you typed is still on this page.'
  const answer = (html, status) => {
    const main = one('main', new DOMParser().parseFromString(html, 'text/html')), title = main && one('h1', main)
    if (!title) return answered('That did not work', [paragraph(`${stillHere} Try again in a moment.`)], true)
    all('[data-typed]', main).forEach(typed => typed.remove())
    title.remove()
    all('a', main).forEach(link => { link.target = '_blank' }) // what was typed must not go with this page
    answered(title.textContent, [...main.children, ...status === 401 ? [] : [paragraph(stillHere)]], status === 429 || status >= 500)
  }
  // Logging in without leaving: only as the one whose words these are.
  on('submit', async event => {
    const form = event.target
    if (!form.matches('#answer [action="/login"]')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    form.elements.only.value = account
    try {
      const told = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
      if (told.ok) again(); else answer(await told.text(), told.status === 422 ? 401 : told.status)
    } catch { unreachable() }
  }, true)
  const unreachable = () => answered('Inroad cannot be reached', [paragraph(`${stillHere} Try again when you are connected.`)], true)
  const loggedOut = html => tell('You were logged out. Log in, and what you write is saved.', pressable('Log in', () => { last = null; toast().replaceChildren(); answer(html, 401) }, 'small undo'))

  // Copying, then opening where the words are to go
  const write = async from => {
    const text = from.value ?? from.textContent.trim()
    try {
      await navigator.clipboard.writeText(text)
    } catch { // not offered without https
      if (from.select) from.select(); else getSelection().selectAllChildren(from)
      document.execCommand('copy')
    }
  }
  // An address that opens a mail program carries the message as it stands now, or leaves it to be pasted where it is too long.
  const withMessage = (to, from) => {
    const subject = one(`#${CSS.escape(from.id)}-subject`)?.textContent, put = (text, value) => text + encodeURIComponent(value.replace(/\r?\n/g, '\r\n'))
    const named = subject ? to.replace(/([?&](?:subject|su)=)[^&]*/, (_, start) => put(start, subject)) : to
    const whole = named.replace(/([?&]body=)[^&]*/, (_, start) => put(start, from.value ?? from.textContent))
    return whole.length <= (to.startsWith('mailto:') ? 2000 : 8000) ? whole : named.replace(/([?&]body=)[^&]*/, '$1')
  }
  const copy = async button => {
    const from = one(button.dataset.copy)
    if (!from) return
    const open = gapsIn(from.value ?? '')
    if (open.length && !confirm(`Still to fill in: ${open.join(', ')}. Copy anyway?`)) { from.focus(); return }
    const address = button.dataset.open || button.getAttribute('href'), to = address && withMessage(address, from)
    await write(from)
    say('Copied')
    const label = one('[data-label]', button)
    if (label && !label.dataset.was) {
      label.dataset.was = label.textContent
      label.textContent = 'Copied'
      setTimeout(() => { label.textContent = label.dataset.was; delete label.dataset.was }, 2000)
    }
    if (to && /^(https?:|\/)/.test(to)) window.open(to, '_blank', 'noopener,noreferrer')
    else if (to && /^(mailto|tel|sms):/.test(to)) location.assign(to)
  }

  // Counting against a limit, and what is still to fill in
  const gapsIn = text => [...new Set(text.match(gaps) || [])]
  const gaps = /\[[^\]\n]{2,60}\]|<[^>\n]{2,60}>|\{\{?[^{}\n]{2,60}\}\}?/g
  const count = area => {
    const out = one(area.dataset.count), limit = Number(area.dataset.limit || 0)
    if (out) {
      const length = [...area.value].length, words = area.value.split(/\s+/).filter(Boolean).length
      out.textContent = !limit ? `${length} characters, ${words} words`
        : length > limit ? `${length} of ${limit} characters: ${length - limit} too many` : `${length} of ${limit} characters`
      out.classList.toggle('over', limit > 0 && length > limit)
    }
    const list = one(area.dataset.fill)
    if (!list) return
    const found = gapsIn(area.value)
    const parts = found.flatMap((gap, i) => {
      const mark = document.createElement('mark')
      mark.textContent = gap
      return i ? [' ', mark] : [mark]
    })
    list.replaceChildren(...(found.length ? ['Still to fill in: ', ...parts] : []))
  }

  // What the server makes of a field is shown while it is typed: it answers with plain words.
  let shown = 0
  on('input', ({ target }) => {
    const out = target.id && one(`output[data-shows][for~="${CSS.escape(target.id)}"]`)
    if (!out) return
    clearTimeout(shown)
    shown = setTimeout(async () => {
      const fields = [...out.htmlFor].map(id => one(`#${CSS.escape(id)}`)).map(field => [field.name, field.value.slice(0, 400)])
      const answer = await fetch(`${out.dataset.shows}?${new URLSearchParams(fields)}`).catch(() => null)
      if (answer?.ok && !answer.redirected) out.textContent = await answer.text()
    }, 300)
  })

  // Drafts: kept in this browser until sent, or until logging out
  const account = one('meta[name="account"]')?.content || ''
  const key = area => `draft:${account}:${area.dataset.draft}`
  const keep = area => kept(store => area.value === area.defaultValue ? store.removeItem(key(area)) : store.setItem(key(area), area.value))
  const restore = area => {
    if (area.form?.matches('[data-autosave]')) return resume(area)
    const draft = kept(store => store.getItem(key(area)))
    if (!draft || draft === area.value || area.getAttribute('aria-invalid')) return
    area.value = draft
    const line = document.createElement('small'), undo = document.createElement('button')
    undo.type = 'button'
    undo.className = 'btn quiet small'
    undo.textContent = 'Use the original'
    undo.onclick = () => { area.value = area.defaultValue; forget(area.form); line.remove(); count(area); area.focus() }
    line.append('Your draft from earlier. ', undo)
    area.after(line)
  }
  // Everything of an account that is kept here, and how each text begins.
  const drafts = of => kept(store => Object.keys(store).filter(name => name.startsWith(`draft:${of}:`)), [])
  const draftTexts = name => {
    const text = kept(store => store.getItem(name)) || ''
    let found = [text]
    try { found = [JSON.parse(text)].flat().map(draft => draft.text ?? draft.fields?.line ?? (draft.fields ? draft.label : text)) } catch { /* a plain text */ }
    return found.filter(Boolean).map(text => `\u201c${text.trim().slice(0, 60)}${text.trim().length > 60 ? '\u2026' : ''}\u201d`)
  }
  const forget = form => all('[data-draft]', form).forEach(area => kept(store => store.removeItem(key(area))))

  // What a message still lacks has small fields. What is written there goes into the text, and its subject, while they stand as they were filled.
  const sources = new WeakMap()
  const texts = group => ['', '-subject'].map(end => one(group.dataset.gaps + end)).filter(Boolean)
  const textOf = part => part.value ?? part.textContent
  // One mark ends a sentence, wherever it comes from.
  const put = (text, gap, words) => text.split(gap).reduce((before, after) => before + (/^[.,;:!?]/.test(after) ? words.replace(/[.,;:!?…\s]+$/, '') : words) + after)
  const fillGaps = group => texts(group).forEach(part => {
    const fields = all('[data-gap]', group)
    if (sources.get(part)?.filled !== textOf(part)) sources.set(part, { source: textOf(part) })
    const known = sources.get(part)
    known.filled = fields.reduce((text, field) => field.value.trim() ? put(text, field.dataset.gap, field.value.trim()) : text, known.source)
    if (part.value == null) part.textContent = known.filled
    else { part.value = known.filled; keep(part); count(part) }
  })
  // A field whose gap is gone, other than by what stands in the field, is done with.
  const hideClosed = group => all('[data-gap]', group).forEach(field => {
    const isOpen = texts(group).some(part => [textOf(part), sources.get(part)?.filled === textOf(part) ? sources.get(part).source : ''].some(text => text.includes(field.dataset.gap)))
    field.closest('.field').hidden = !isOpen
    group.hidden = !all('.field:not([hidden])', group).length
  })
  const gapsOf = area => all('[data-gaps]').find(group => one(group.dataset.gaps) === area)

  // Saving by itself: a form posts what it would post when pressed. What is not saved yet stays in this browser, with what it was based on.
  const saves = new WeakMap()
  const saving = form => saves.get(form) || saves.set(form, { timer: 0, busy: null, at: 0 }).get(form)
  const base = area => area.form.elements[`base-${area.name}`]
  const unsaved = form => all('textarea', form).filter(area => area.value !== area.defaultValue)
  const savedState = (form, words, late = false) => {
    const out = one(form.dataset.autosave)
    if (out) { out.textContent = words; out.classList.toggle('late', late) }
  }
  // Each page keeps its own words, so that two tabs without a connection do not write over each other.
  const pageOf = area => base(area).value.split('.')[1]
  const ownKey = area => `${key(area)}@${pageOf(area)}`
  const keepUnsaved = area => kept(store => {
    if (area.value === area.defaultValue) store.removeItem(ownKey(area))
    else store.setItem(ownKey(area), JSON.stringify({ base: base(area).value, text: area.value }))
  })
  // What pages before this one could not save: all of it, as if it were typed here on what was known there.
  const resume = area => {
    const own = ownKey(area), names = kept(store => Object.keys(store).filter(name => name.startsWith(`${key(area)}@`) && name !== own)) || []
    const drafts = names.map(name => kept(store => JSON.parse(store.getItem(name)))).filter(draft => draft?.text && (parseInt(draft.base) === parseInt(base(area).value) ? draft.text !== area.value : !area.value.includes(draft.text)))
    if (area.getAttribute('aria-invalid')) return
    if (drafts.length) {
      const versions = drafts.map(draft => parseInt(draft.base))
      base(area).value = `${Math.min(...versions)}.${pageOf(area)}`
      area.value = [...new Set(drafts.map(draft => draft.text))].join('\n\nFrom another tab:\n')
      keepUnsaved(area)
      saveSoon(area.form, 0)
    }
    kept(store => names.forEach(name => store.removeItem(name)))
  }
  const saveSoon = (form, wait = 2000) => {
    const state = saving(form)
    savedState(form, 'Not saved yet: kept in this browser')
    state.timer ||= setTimeout(() => { state.timer = 0; if (form.isConnected) save(form) }, wait)
  }
  // What another tab wrote comes back with the answer; what was typed since stays in front of it.
  const settle = (area, sent, field) => {
    base(area).value = field.base
    const mine = sent.trimEnd()
    area.defaultValue = sent
    if (field.text != null) {
      if (area.value === sent) area.value = area.defaultValue = field.text
      else area.value += field.text.startsWith(mine) ? field.text.slice(mine.length) : `\n\n${field.text}`
    }
    keepUnsaved(area)
  }
  const send = async (form, state) => {
    const sent = all('textarea', form).map(area => [area, area.value])
    let words = 'Not saved yet: kept in this browser', wait = 5000
    const body = new URLSearchParams(new FormData(form))
    try {
      const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body, keepalive: document.hidden && `${body}`.length < 6e4, signal: AbortSignal.timeout(15000) })
      const told = answer.headers.get('content-type')?.startsWith('application/json') ? await answer.json() : {}
      if (answer.ok && told.fields) {
        sent.forEach(([area, text]) => told.fields[area.name] && settle(area, text, told.fields[area.name]))
        state.at = Date.now()
        if (unsaved(form).length) saveSoon(form); else savedState(form, 'Saved')
        return
      }
      if (told.problems) { words = `Not saved: ${Object.values(told.problems)[0]}`; wait = 0 }
      else if (answer.status === 401) { words = 'Not saved yet: kept in this browser until you log in'; wait = 15000; loggedOut(await answer.text()) }
      else if (answer.status === 404) { words = 'Not saved: this talk is no longer there. Your words are kept in this browser'; wait = 0 }
    } catch { /* the server cannot be reached; try again */ }
    savedState(form, words, true)
    if (wait) state.timer ||= setTimeout(() => { state.timer = 0; if (form.isConnected) save(form) }, wait)
  }
  const save = async form => {
    const state = saving(form)
    clearTimeout(state.timer)
    state.timer = 0
    await state.busy
    state.busy = send(form, state)
    await state.busy
    state.busy = null
  }
  const saveAll = () => Promise.all(all('form[data-autosave]').filter(form => unsaved(form).length).map(save))
  on('submit', event => {
    if (!event.target.matches('[data-autosave]')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    save(event.target)
  }, true)
  // Presses that must not be lost: each waits here, in its order, until the server took it; from any page, and after any crash.
  let inMemory = []
  const waiting = () => kept(store => JSON.parse(store.getItem(`draft:${account}:queue`)) || [], inMemory)
  const setWaiting = items => {
    inMemory = items
    kept(store => items.length ? store.setItem(`draft:${account}:queue`, JSON.stringify(items)) : store.removeItem(`draft:${account}:queue`))
  }
  const change = (id, how) => setWaiting(waiting().flatMap(item => item.id === id ? how(item) : [item]))
  const freshId = () => { // UUIDv7: the time, then chance
    const bytes = crypto.getRandomValues(new Uint8Array(16)), now = Date.now()
    for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (40 - 8 * i)) % 256
    bytes[6] = bytes[6] & 15 | 112
    bytes[8] = bytes[8] & 63 | 128
    const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
  }
  const lineItem = (list, { id, label, fields, refused }, taken) => {
    const row = one(`[data-line="${id}"]`, list) || document.createElement('li')
    row.dataset.line = id
    const parts = ['b', 'bdi', 'small'].map(tag => document.createElement(tag)), box = document.createElement('div')
    parts.forEach((part, i) => { part.textContent = [label, fields.line, taken ? 'Saved' : refused || 'Not saved yet: kept in this browser'][i] })
    if (refused) parts[2].className = 'late'
    box.append(parts[0], ' ', parts[1], parts[2])
    row.replaceChildren(box)
    if (!row.isConnected) list.prepend(row)
    all('.none', list).forEach(none => none.remove())
  }
  const showWaiting = () => all('form[data-catch]').forEach(form => waiting().filter(item => item.action === form.action)
    .forEach(item => lineItem(one(form.dataset.catch), item)))
  let flushing = false
  const flush = async () => {
    if (flushing) return
    flushing = true
    for (let item; (item = waiting().find(item => !item.refused));) {
      const body = new URLSearchParams({ ...item.fields, ago: Math.max(0, Math.round((Date.now() - item.at) / 1000)) })
      try {
        const answer = await fetch(item.action, { method: 'POST', headers: { Accept: 'application/json' }, body, keepalive: true, signal: AbortSignal.timeout(15000) })
        if (answer.status === 401) loggedOut(await answer.text())
        if (answer.status === 401 || answer.status === 403 || answer.status === 429 || answer.status >= 500) break
        change(item.id, item => answer.ok || !item.fields.line ? [] : [{ ...item, refused: 'Not saved: this talk is no longer there. Your words are kept in this browser' }])
        const form = all('form[data-catch]').find(form => form.action === item.action)
        if (form && item.fields.line) lineItem(one(form.dataset.catch), waiting().find(other => other.id === item.id) || item, answer.ok)
        else if (item.fields.line && location.pathname.endsWith('/wrap-up')) tell('What you caught is saved by now. Load the page anew to file it.')
      } catch { break /* the server cannot be reached; try again */ }
    }
    flushing = false
  }
  const enqueue = (form, button) => {
    const fields = Object.fromEntries(new FormData(form))
    if (button?.name) fields[button.name] = button.value
    const area = one('textarea', form), id = freshId(), now = Date.now()
    if (area) {
      pick(form, area.value.trim() ? null : button)
      if (!area.value.trim()) { area.focus(); return }
      fields.id = id
      area.value = area.defaultValue = ''
      forget(form)
    }
    setWaiting([...waiting(), { id, action: form.action, fields, at: now, label: button ? button.firstChild.textContent.trim() : '' }])
    const clock = one(form.dataset.begins), share = one(form.dataset.share)
    if (clock) { clock.dataset.starts = new Date(now).toISOString(); clock.dataset.ends = new Date(now + clock.dataset.minutes * 6e4).toISOString() }
    if (share) {
      Object.assign(share.dataset, spoken(share, now))
      share.dataset.speaker = fields.speaker
      share.dataset.since = new Date(now).toISOString()
      all('button[aria-pressed]', form).forEach(other => other.setAttribute('aria-pressed', other === button))
    }
    showWaiting()
    tick()
    flush()
  }
  // A key pressed before there are words says what they will be; Enter then catches them.
  const pick = (form, button) => all('button[data-digit]', form).forEach(other => other === button ? other.setAttribute('aria-pressed', 'true') : other.removeAttribute('aria-pressed'))
  on('keydown', event => {
    const catching = one('form[data-catch]'), area = catching && one('textarea', catching)
    if (!catching) return
    const button = event.altKey && !event.ctrlKey && one(`[data-digit="${event.code}"]`, catching)
    const picked = event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target === area && one('[aria-pressed="true"]', catching)
    if (!button && !picked) return
    event.preventDefault()
    event.stopImmediatePropagation()
    enqueue(catching, button || picked)
  }, true)
  on('submit', event => {
    if (!event.target.matches('[data-queue]')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    enqueue(event.target, event.submitter)
  }, true)
  setInterval(() => { if (waiting().length) flush() }, 5000)

  // Another form of the page would put a new page in place: what is typed goes first.
  on('htmx:confirm', event => {
    if (!all('form[data-autosave]').some(form => unsaved(form).length)) return
    event.preventDefault()
    saveAll().finally(() => event.detail.issueRequest(true))
  })
  addEventListener('online', () => { saveAll(); flush() })
  document.addEventListener('visibilitychange', () => { if (document.hidden) saveAll() })

  // The time of a talk, second by second, and who spoke how long
  const spoken = ({ dataset }, now) => {
    const since = Date.parse(dataset.since), more = dataset.speaker && since < now ? Math.round((now - since) / 1000) : 0
    return { mine: +dataset.mine + (dataset.speaker === 'me' ? more : 0), theirs: +dataset.theirs + (dataset.speaker === 'them' ? more : 0) }
  }
  const minutes = ms => { const s = Math.max(0, Math.floor(ms / 1000)); return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}` }
  const tick = () => {
    const now = Date.now()
    all('[data-clock]').forEach(clock => {
      const starts = Date.parse(clock.dataset.starts), ends = Date.parse(clock.dataset.ends), length = Math.round((ends - starts) / 60000)
      clock.dataset.was ??= clock.textContent
      clock.textContent = now < starts ? (starts - now < 36e5 ? `Starts in ${minutes(starts - now)}` : clock.dataset.was)
        : now < ends ? `${minutes(ends - now)} left of ${length}${ends - now < 12e4 && length > 5 ? ': time to sum up' : ''}` : now - ends < 36e5 ? `${length} minutes are over` : clock.dataset.was
    })
    all('[data-mine]').forEach(share => {
      const { mine, theirs } = spoken(share, now), sum = mine + theirs
      share.textContent = sum < 1 ? 'Press whenever the other begins to speak.'
        : `They ${minutes(theirs * 1000)}, you ${minutes(mine * 1000)}: they ${Math.round(100 * theirs / sum)} %`
    })
    all('form[data-autosave]').forEach(form => {
      const { at } = saving(form), seconds = Math.round((now - at) / 1000)
      if (!at || unsaved(form).length) return
      savedState(form, seconds < 2 ? 'Saved' : seconds < 60 ? `Saved ${seconds} seconds ago` : `Saved ${Math.round(seconds / 60)} min ago`)
    })
  }
  setInterval(tick, 1000)

  const singleKeys = () => kept(store => store.getItem('single-keys')) !== 'off'
  const dress = () => {
    const box = one('#single-keys')
    if (box) box.checked = singleKeys()
    all('[data-draft]').forEach(restore)
    showWaiting()
    all('[data-count], [data-fill]').forEach(count)
    all('[data-gaps]').forEach(hideClosed)
    tick()
    if (!document.body.matches('.read-only')) all('[data-card]').forEach(card => { card.draggable = true })
    all('input[data-zone]').forEach(field => { field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone })
  }

  on('click', event => {
    const at = selector => event.target.closest(selector)
    const copies = at('[data-copy]'), opens = at('[data-dialog]'), inserts = at('[data-insert]'), mails = at('[data-message]')
    if (mails) mails.href = withMessage(mails.getAttribute('href'), one(mails.dataset.message))
    if (inserts) {
      const into = one(inserts.dataset.into)
      into.setRangeText(inserts.dataset.insert, into.selectionStart, into.selectionEnd, 'end')
      into.focus()
      into.dispatchEvent(new Event('input', { bubbles: true }))
    }
    if (copies) { event.preventDefault(); copy(copies) }
    const dialog = opens && one(opens.dataset.dialog)
    if (dialog?.showModal) { event.preventDefault(); dialog.showModal() }
    if (event.target.matches('dialog[open]')) event.target.close() // pressed beside it
    if (at('[data-dismiss]')) toast()?.replaceChildren()
  })
  on('input', event => {
    const saves = event.target.form?.matches('[data-autosave]')
    if (event.target.matches('[data-draft]')) (saves ? keepUnsaved : keep)(event.target)
    if (saves) saveSoon(event.target.form)
    if (event.target.matches('[data-count], [data-fill]')) count(event.target)
    if (event.target.matches('[data-gap]')) fillGaps(event.target.closest('[data-gaps]'))
    const lacks = gapsOf(event.target)
    if (lacks) hideClosed(lacks)
  })
  on('change', event => {
    if (event.target.matches('[data-submit]')) event.target.form.requestSubmit()
    if (event.target.dataset.ticks) all(`[type=checkbox][name="${CSS.escape(event.target.dataset.ticks)}"]`).forEach(box => { box.checked = event.target.checked })
    if (event.target.id === 'single-keys') kept(store => store.setItem('single-keys', event.target.checked ? 'on' : 'off'))
  })
  on('submit', event => {
    const ask = event.submitter?.dataset.confirm || event.target.dataset.confirm
    if (ask && !confirm(ask)) { event.preventDefault(); event.stopImmediatePropagation(); return }
    if (event.target.matches('[data-logout], [data-goodbye]')) {
      const texts = event.target.matches('[data-logout]') ? drafts(account).flatMap(draftTexts) : []
      if (texts.length && !confirm(`Not sent yet:\n${texts.join('\n')}\n\nLog out and delete ${texts.length === 1 ? 'it' : 'them'}?`)) { event.preventDefault(); event.stopImmediatePropagation(); return }
      drafts(account).forEach(name => kept(store => store.removeItem(name)))
      try { sessionStorage.clear() } catch { /* switched off */ } // where htmx was, in this tab
    } else if (!event.target.closest('[hx-boost], [data-autosave]')) forget(event.target)
  }, true)

  // The keyboard
  const typing = field => field.isContentEditable || field.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])')
  const step = by => {
    const rows = all('[data-row]').filter(row => row.offsetParent)
    const now = rows.indexOf(document.activeElement?.closest('[data-row]'))
    const row = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + by, 0), rows.length - 1)]
    if (!row) return
    (one('a[href]', row) || one('button', row))?.focus()
    row.scrollIntoView({ block: 'nearest' })
  }
  // Where there is no field to search in, Contacts has one. What is typed until it is there goes along, and presses nothing.
  let jumped = 0
  const search = () => {
    const field = one('main [type=search]')
    if (field) { field.focus(); field.select(); return }
    jumped = Date.now()
    passing('search', '')
    location.assign('/contacts')
  }
  const arrive = () => {
    const typed = passed('search'), field = typed != null && one('main [type=search]')
    if (!field) return
    jumped = Date.now()
    field.value += typed
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
  }
  on('submit', event => { if (event.target.matches('main [role=search]')) passing('search', '') })
  const press = letter => {
    const row = document.activeElement?.closest('[data-row]'), target = `[data-key="${CSS.escape(letter)}"]`
    const found = (row && one(target, row)) || all(target).find(item => !item.closest('[data-row]'))
    if (!found || document.body.matches('.read-only') && !found.checkVisibility()) return false
    if (found.matches('input:not([type=checkbox]), textarea, select')) found.focus(); else found.click()
    return true
  }

  // Boards: a card dragged to a column, or moved by < and >, presses what in it leads there. Where there is a choice, the menu opens.
  const columns = () => all('[data-column]')
  const ways = (card, column) => all(`[data-to="${CSS.escape(column.dataset.column)}"]`, card)
  const move = (card, column) => {
    const found = ways(card, column)
    if (found.length === 1) found[0].click()
    else if (found.length) { found[0].closest('[popover]')?.showPopover(); found[0].focus() }
    return found.length > 0
  }
  const shift = by => {
    const card = document.activeElement?.closest('[data-card]'), from = columns().indexOf(card?.closest('[data-column]'))
    if (!card) return
    const ahead = by > 0 ? columns().slice(from + 1) : columns().slice(0, from).reverse()
    if (!ahead.some(column => move(card, column))) tell('There is no way from here in that direction.')
  }
  let dragged = null
  on('dragstart', event => {
    dragged = event.target.closest?.('[data-card]')
    if (dragged) { event.dataTransfer.setData('text/plain', dragged.id); event.dataTransfer.effectAllowed = 'move' }
  })
  on('dragover', event => {
    const column = event.target.closest?.('[data-column]')
    all('[data-over]').forEach(other => other !== column && delete other.dataset.over)
    if (!dragged || !column || !ways(dragged, column).length) return
    event.preventDefault()
    column.dataset.over = ''
  })
  on('drop', event => {
    const column = event.target.closest?.('[data-column]')
    if (dragged && column) { event.preventDefault(); move(dragged, column) }
  })
  on('dragend', () => { dragged = null; all('[data-over]').forEach(column => delete column.dataset.over) })

  on('keydown', event => {
    const { key: pressed, target } = event
    // In a field beside a message, Enter does not send: it leads on.
    if (pressed === 'Enter' && !event.isComposing && target.matches('[data-gap], [data-enter]')) {
      event.preventDefault()
      if (target.dataset.enter) one(target.dataset.enter)?.click()
      else { const open = all('[data-gap]', target.closest('[data-gaps]')), next = open[open.indexOf(target) + 1]; (next || one(target.closest('[data-gaps]').dataset.gaps)).focus() }
      return
    }
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && pressed.toLowerCase() === 'k') { event.preventDefault(); search(); return }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || event.repeat && !'jk'.includes(pressed)) return
    if (typing(target) || one('dialog[open], :popover-open')) return
    if (Date.now() - jumped < 1000) {
      event.preventDefault()
      if (pressed.length === 1) passing('search', (passing('search') || '') + pressed)
      return
    }
    if (pressed.length > 1 || pressed === ' ') return
    if (!singleKeys()) return
    const acts = { j: () => step(1), k: () => step(-1), '>': () => shift(1), '<': () => shift(-1), '/': search, '?': () => one('#keys')?.showModal() }
    if (acts[pressed]) acts[pressed](); else if (!press(pressed)) return
    event.preventDefault()
  })

  // Forms sent by htmx. The server answers as it would without: a whole page, whose parts are put in place.
  const name = field => !field || field === document.body ? null
    : field.id ? `#${field.id}` : [field.form?.getAttribute('action'), field.name, field.value, field.getAttribute('href')].join(' ')
  let before = null
  on('htmx:beforeRequest', event => {
    const active = event.detail.requestConfig?.triggeringEvent?.submitter || document.activeElement
    last = { form: event.target, submitter: event.detail.requestConfig?.triggeringEvent?.submitter }
    before = { name: name(active), row: all('[data-row]').indexOf(active?.closest('[data-row]')), card: event.target.closest?.('[data-card]')?.id, form: event.target }
  })
  on('htmx:beforeSwap', event => {
    const { xhr } = event.detail
    if (xhr.response.includes('id="rail"') || xhr.status >= 400) return
    event.detail.shouldSwap = false // logged out meanwhile, or a page of another kind
    location.assign(xhr.responseURL)
  })
  on('htmx:afterSettle', event => {
    if (!before) return
    const { name: was, row, card, form } = before, { xhr } = event.detail
    before = null
    let moved = false
    // A page that answers a press without leading on, such as a preview, is the form again: nothing was sent yet.
    const stayed = form.matches?.('form[method="post"]') && new URL(xhr.responseURL).pathname === new URL(form.action).pathname && event.detail.requestConfig?.parameters?.get?.('preview')
    if (xhr.status < 400 && !stayed) {
      forget(form)
      moved = new URL(xhr.responseURL).pathname !== location.pathname
      if (xhr.responseURL !== location.href.split('#')[0]) history.pushState({ swapped: true }, '', xhr.responseURL)
      here = place()
    }
    dress()
    const wrong = one('main [aria-invalid="true"]'), main = one('main')
    wrong?.closest('dialog')?.showModal()
    const rows = all('[data-row]'), near = row >= 0 && rows[Math.min(row, rows.length - 1)]
    const next = wrong || (!moved && card && one(`#${CSS.escape(card)} a[href]`)) || (!moved && (all('main a, main button, main input, main select, main textarea').find(field => name(field) === was)
      || (near && one('a[href], button', near)))) || main
    next.focus({ preventScroll: !wrong })
    if (moved) scrollTo(0, 0)
  })
  on('htmx:responseError', ({ detail: { xhr } }) => answer(xhr.response, xhr.status))
  on('htmx:sendError', unreachable)
  on('htmx:timeout', () => answered('Inroad took too long to answer', [paragraph(`${stillHere} It may have been saved all the same.`)], true))

  // A field that finds one of many offers those whom the words typed so far fit.
  let asking
  on('input', ({ target, inputType }) => {
    const words = target.value, source = target.dataset.chooser
    if (!source || !inputType || inputType === 'insertReplacementText') return
    clearTimeout(asking)
    asking = setTimeout(async () => {
      const found = await fetch(source + encodeURIComponent(words), { headers: { 'hx-request': 'true' } }).catch(() => null)
      if (found?.ok && target.value === words) target.list.innerHTML = await found.text()
    }, 150)
  })

  // A browser that gives up fading from page to page has nothing to complain of.
  addEventListener('unhandledrejection', event => { if (/^Transition was /.test(event.reason?.message)) event.preventDefault() })

  // Pages put in place have an address, so going back loads the page anew; nothing of an account is kept in storage.
  const place = () => location.pathname + location.search
  let here = place()
  addEventListener('popstate', () => { if (place() !== here) location.reload() })

  on('DOMContentLoaded', () => {
    dress()
    flush()
    const words = one('#toast .toast > span')
    if (words) say(words.textContent)
    const wrong = one('main [aria-invalid="true"]')
    wrong?.closest('dialog')?.showModal()
    if (wrong || !one('[autofocus]')) (wrong || (one('[data-run]') && one('main')))?.focus()
    arrive()
  })
}
