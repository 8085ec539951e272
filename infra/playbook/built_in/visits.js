// What a page tells of its visitor, by POST /activity; docs/activity.md says what and when.
// Nothing is told where DNT or GPC ask for that, nothing is stored without consent.
(() => {
  const d = document, n = navigator, w = window, l = location, me = d.currentScript
  const to = me.src.split('?')[0], key = 'coldframe', hour = 36e5
  const dull = () => {}
  if (n.doNotTrack == 1 || w.doNotTrack == 1 || n.globalPrivacyControl)
    return w.coldframe = {consent: dull, event: dull, page: dull, visit: () => ''}

  const random = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map(b => b.toString(16).padStart(2, '0')).join('')
  const now = () => Date.now()

  // Of the address only the path and the campaign's words; of the page before only its origin.
  const asked = new URLSearchParams(l.search), said = new URLSearchParams()
  asked.forEach((value, name) => /^utm_(source|medium|campaign|term|content)$/.test(name) && said.set(name, value))
  let words = said.toString(), before = ''
  try { before = new URL(d.referrer).origin } catch (e) {}
  const page = () => l.origin + l.pathname + (words ? '?' + words : '')

  // A link in a mail brings a token along; it is taken out of the address at once.
  let token = asked.get('cf')
  if (token) {
    asked.delete('cf')
    history.replaceState(history.state, '', l.pathname + (asked.size ? '?' + asked : '') + l.hash)
  }

  // Without consent the visitor is known for as long as the page is open, and nowhere.
  let kept = false, visitor = {v: random(), n: 0, f: {page: page(), referrer: before, at: now()}}
  const save = () => { try { kept && localStorage.setItem(key, JSON.stringify(visitor)) } catch (e) {} }
  const sentBy = asked.get('cf_ref')
  const consent = given => {
    kept = !!given
    try {
      if (!kept) return localStorage.removeItem(key)
      visitor = {...visitor, ...JSON.parse(localStorage.getItem(key) || '{}')}
      if (sentBy && !visitor.r) visitor.r = sentBy
    } catch (e) {}
    save()
  }
  try { localStorage.getItem(key) && consent(1) } catch (e) {}
  if (me.dataset.consent == 'given') consent(1)

  // Whoever gives a name later, perhaps at the same screen, begins as a new visitor;
  // who was there before is kept, so that only one and the same person is ever known again.
  const named = () => {
    if (visitor.n && now() - visitor.n > hour / 2) visitor = {...visitor, o: [...visitor.o || [], visitor.v].slice(-7), v: random(), r: sentBy}
    visitor.n = now()
    save()
  }

  let queue = []
  const add = (kind, data, at) => queue.push({id: random(), kind, at: at || now(), page: page(), referrer: before, data})
  const send = () => {
    const mine = kept && token
    if (!queue.length && !mine) return
    if (mine) { named(); token = '' }
    const events = queue.splice(0, 20).map(({at, ...e}) => ({...e, ago: now() - at}))
    const body = JSON.stringify({visitor: visitor.v, token: mine || undefined, events})
    try {
      n.sendBeacon && n.sendBeacon(to, body) ||
        fetch(to, {method: 'POST', body, keepalive: true, mode: 'no-cors', credentials: 'omit'}).catch(dull)
    } catch (e) {}
  }

  // Seconds count while the page is seen; who comes back to it reads on.
  let begun, since, seen, kind
  const look = () => { if (d.visibilityState == 'visible') since = since || now() }
  const open = () => { begun = now(); seen = since = 0; kind = 'page.viewed'; look() }
  const leave = () => {
    if (since) {
      seen += now() - since
      since = 0
      add(kind, {seconds: Math.round(seen / 1e3)}, begun)
      seen = 0; begun = now(); kind = 'page.read'
    }
    send()
  }
  d.addEventListener('visibilitychange', () => d.visibilityState == 'visible' ? (begun = kind == 'page.read' ? now() : begun, look()) : leave())
  w.addEventListener('pagehide', leave)

  const event = (kind, data) => { add(kind, data); send() }
  const last = url => url.split(/[?#]/)[0].split('/').pop().slice(0, 200)
  d.addEventListener('click', e => {
    const a = e.target.closest && e.target.closest('a[href]')
    // What a form gave counts by its own link.
    if (a && !(a.href.startsWith(to.replace(/activity$/, 'files/')) && /\.\S+\//.test(a.pathname)) && (a.hasAttribute('download') || /\.(pdf|zip|docx?|xlsx?|pptx?|epub|csv|dmg|exe)$/i.test(a.pathname)))
      event('file.downloaded', {file: last(a.href)})
  }, true)
  const played = new WeakSet()
  d.addEventListener('play', e => {
    if (played.has(e.target)) return
    played.add(e.target)
    event('video.played', {video: e.target.title || last(e.target.currentSrc || '')})
  }, true)

  // A form of ours carries along who visits, where from, and in which zone and language.
  const visit = () => {
    named()
    const {timeZone} = Intl.DateTimeFormat().resolvedOptions()
    return JSON.stringify({visitor: visitor.v, zone: timeZone, language: n.language, first: visitor.f, ref: visitor.r || sentBy || undefined,
      touch: {page: page(), referrer: before}})
  }
  d.addEventListener('submit', e => {
    const form = e.target
    if (!String(form.action).startsWith(to.replace(/activity$/, 'forms/'))) return
    let field = form.querySelector('input[name=coldframe_visit]')
    if (!field) {
      field = form.appendChild(d.createElement('input'))
      field.type = 'hidden'
      field.name = 'coldframe_visit'
    }
    field.value = visit()
  }, true)

  w.coldframe = {consent: given => { consent(given); send() }, event, visit,
    page: () => { leave(); before = l.origin; words = ''; open() }}
  open()
  if (token) setTimeout(send, 1e3)
})()
