/* A form[data-passkey] asks the browser for a passkey ("get") or for a new one ("create"), puts the
   answer into its field "credential" and sends it. The options are JSON, with base64url for bytes. */

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0))

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

const withBytes = (list) => (list ?? []).map((known) => ({ ...known, id: bytes(known.id) }))

const ceremonies = {
  get({ publicKey }) {
    return navigator.credentials.get({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        allowCredentials: withBytes(publicKey.allowCredentials),
      },
    })
  },
  create({ publicKey }) {
    return navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: withBytes(publicKey.excludeCredentials),
      },
    })
  },
}

function asJSON(credential) {
  const { response } = credential
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
  const given = parts.filter((part) => response[part])
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      ...Object.fromEntries(given.map((part) => [part, text(response[part])])),
      ...(response.getTransports && { transports: response.getTransports() }),
    },
  })
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const said = form.querySelector(".passkey-said")
  const { request_options, creation_options } = JSON.parse(document.getElementById("passkey-options").textContent)
  if (!window.PublicKeyCredential) {
    said.textContent = form.dataset.missing
    form.querySelector("button").hidden = true
    continue
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    said.textContent = ""
    try {
      const credential = await ceremonies[form.dataset.passkey](creation_options ?? request_options)
      form.elements.credential.value = asJSON(credential)
    } catch {
      said.textContent = form.dataset.refused
      return
    }
    form.submit()
  })
}
