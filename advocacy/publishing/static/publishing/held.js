/*
 * What could not be sent, held in this browser: encrypted under a key of the session (AES-GCM), which
 * is in the page and nowhere else here. When the session has ended, nobody can open it any more.
 */

const PREFIX = "publishing.unsaved."

const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))

function text(buffer) {
  let said = ""
  for (const byte of new Uint8Array(buffer)) said += String.fromCharCode(byte)
  return btoa(said)
}

const imported = (key) => crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"])

const names = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))

/** Whether it is held now: not where the browser has no room for it, or no encryption. */
export async function hold(key, name, said) {
  try {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const sealed = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv },
      await imported(key),
      new TextEncoder().encode(said),
    )
    localStorage.setItem(PREFIX + name, `${text(iv)}.${text(sealed)}`)
    return true
  } catch {
    return false
  }
}

/** What is held, by name; what another session has held cannot be opened, and goes. */
export async function held(key) {
  const found = []
  try {
    for (const name of names()) {
      const [iv, sealed] = localStorage.getItem(name).split(".")
      try {
        const algorithm = { name: "AES-GCM", iv: bytes(iv) }
        const opened = await crypto.subtle.decrypt(algorithm, await imported(key), bytes(sealed))
        found.push([name.slice(PREFIX.length), new TextDecoder().decode(opened)])
      } catch {
        localStorage.removeItem(name)
      }
    }
  } catch {
    // a browser that gives no room
  }
  return found
}

export function forget(name) {
  try {
    localStorage.removeItem(PREFIX + name)
  } catch {
    // there was none
  }
}

export function forgetAll() {
  try {
    for (const name of names()) localStorage.removeItem(name)
  } catch {
    // there was none
  }
}
