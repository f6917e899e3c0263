/*
 * Keeps what is typed into the form of a record until it is saved: every few seconds at the desk, and
 * in this browser while the desk cannot be reached.
 */

import { forget, forgetAll, held, hold } from "publishing/held"
import { KEPT, OFFLINE, SIGNED_OUT, SOMEBODY_ELSE, config, form, place, postJSON, renew, warn } from "publishing/session"

const EVERY = 3000 // ms
const MOST_IN_GOING = 20_000 // letters; for a page that is gone a browser sends 64 kB
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "unsaved", "choosing"])

const line = document.getElementById("kept")
const key = form.elements.unsaved.value
let first = null // as it was when the page had come
let kept = null // as it was then, or was kept last
let isComposing = false
let sending = null
let isLeaving = false

function typed() {
  const fields = {}
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || name.startsWith("_") || NOT_TYPED.has(name)) continue
    fields[name] = [...(fields[name] ?? []), value]
  }
  return JSON.stringify(fields)
}

const address = (name) => config.keep.replace(config.anyKey, name)

const message = (fields) =>
  `{"user":${JSON.stringify(config.user)},"kind":${JSON.stringify(config.kind)},` +
  `"record":${JSON.stringify(config.record)},"row":${JSON.stringify(config.row)},` +
  `"isAsSaved":${config.isSaved && fields === first},"fields":${fields}}`

async function keep(fields) {
  const body = message(fields)
  const [state, answer] = await postJSON(address(key), body)
  if (state === KEPT) {
    kept = fields
    forget(key)
    line.textContent = answer.said
    warn("")
  } else if (state === OFFLINE) {
    warn((await hold(config.key, key, body)) ? "offline" : "offlineNotHeld")
  } else {
    if (state === SIGNED_OUT) forgetAll() // nobody could open it any more
    warn(state)
  }
  return state
}

/* Whether what stood in the way is over. */
async function lookAgain() {
  const state = await renew()
  warn(state === KEPT ? "" : state)
  return state
}

/* Keep what was typed since; answers what became of it. */
async function flush() {
  await sending
  const fields = typed()
  if (fields === kept && !place.dataset.state) return KEPT
  sending = fields === kept ? lookAgain() : keep(fields)
  const state = await sending
  sending = null
  return state
}

function tick() {
  if (kept !== null && !sending && !isComposing && !isLeaving) flush()
}

/* What an earlier page could not send; then the desk offers it. */
async function handOver() {
  let isAny = false
  for (const [name, body] of await held(config.key)) {
    const [state] = await postJSON(address(name), body)
    if (state === KEPT) {
      forget(name)
      isAny = true
    }
  }
  if (isAny && typed() === kept) window.location.reload()
}

// Not half a syllable of Hangul.
document.addEventListener("compositionstart", () => (isComposing = true))
for (const name of ["compositionend", "focusout"]) document.addEventListener(name, () => (isComposing = false))

/* First kept, then sent: on the way to a desk that cannot be reached or has ended the session, it would be lost. */
form.addEventListener("submit", async (event) => {
  const button = event.submitter
  if (isLeaving || event.defaultPrevented || button?.formTarget || kept === null) return
  event.preventDefault()
  const state = await flush()
  if ([OFFLINE, SIGNED_OUT, SOMEBODY_ELSE].includes(state)) return
  isLeaving = true
  // While a form is being sent, it is not sent again: not before this event has passed.
  setTimeout(() => form.requestSubmit(button))
})

window.addEventListener("pagehide", () => {
  if (kept === null || isLeaving) return
  const fields = typed()
  if (fields !== kept && fields.length < MOST_IN_GOING) postJSON(address(key), message(fields), { keepalive: true })
})
window.addEventListener("pageshow", () => (isLeaving = false))
window.addEventListener("online", tick)
window.addEventListener("focus", tick)
document.addEventListener("visibilitychange", tick)
setInterval(tick, EVERY)

function start() {
  first = kept = typed()
  form.dataset.watched = ""
  handOver()
}

// The editors and the lists of parts are in their places by then.
if (document.readyState === "complete") setTimeout(start)
else window.addEventListener("load", () => setTimeout(start))
