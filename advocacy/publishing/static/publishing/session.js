/* Asking the desk from the form of a record: as long as its user is signed in, and after they are again. */

export const place = document.getElementById("typing")
export const config = JSON.parse(place.dataset.typing)
export const form = place.closest("form")

export const KEPT = "kept"
export const OFFLINE = "offline"
export const SIGNED_OUT = "signedOut"
export const SOMEBODY_ELSE = "somebodyElse"
export const REFUSED = "refused"

const token = () => form.elements.csrfmiddlewaretoken

/* After signing in again the page needs the token, and the key, of the new session. */
export async function renew() {
  let answer
  try {
    answer = await fetch(config.session, { redirect: "manual" })
  } catch {
    return OFFLINE
  }
  if (answer.status >= 500) return OFFLINE
  if (!answer.ok) return SIGNED_OUT
  const { user, csrf, key } = await answer.json()
  if (user !== config.user) return SOMEBODY_ELSE
  token().value = csrf
  config.key = key
  return KEPT
}

/** What became of it, and what was said. `send` is given the token. */
async function ask(send, isSecond = false) {
  let answer
  try {
    answer = await send(token().value)
    if (answer.ok) return [KEPT, await answer.json()]
    if (answer.status === 409) return [SOMEBODY_ELSE, {}]
    // Signed out, or in again with another token; `opaqueredirect` has the status 0.
    if (answer.status === 403 || answer.status === 0) {
      const state = isSecond ? REFUSED : await renew()
      return state === KEPT ? await ask(send, true) : [state, {}]
    }
  } catch {
    return [OFFLINE, {}]
  }
  return [answer.status >= 500 ? OFFLINE : REFUSED, {}]
}

const options = { method: "POST", redirect: "manual" }

export const postJSON = (address, body, more = {}) =>
  ask((csrf) =>
    fetch(address, {
      ...options,
      ...more,
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body,
    }),
  )

export const postForm = (address, fields) =>
  ask((csrf) =>
    fetch(address, { ...options, headers: { "X-CSRFToken": csrf }, body: new URLSearchParams(fields) }),
  )

/** The same, while the page goes away: nobody hears the answer. */
export function tellInGoing(address, fields) {
  navigator.sendBeacon(address, new URLSearchParams({ csrfmiddlewaretoken: token().value, ...fields }))
}

/** Say above the form what stands in the way, with a link if there is one; "" for nothing. */
export function warn(state) {
  if (place.dataset.state === state) return
  place.dataset.state = state
  place.replaceChildren()
  if (!state) return
  const said = document.createElement("p")
  said.textContent = config.labels[state]
  place.append(said)
  if (state !== SIGNED_OUT) return
  const link = document.createElement("a")
  link.href = config.signIn
  link.target = "_blank"
  link.textContent = config.labels.signIn
  place.append(link)
}
