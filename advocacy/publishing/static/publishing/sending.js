/* Files on their way to the library: one after the other, each in a request of its own. */

let queue = Promise.resolve()
let waiting = 0

/* Whoever leaves before the last has arrived is asked by the browser. */
window.addEventListener("beforeunload", (event) => {
  if (waiting) event.preventDefault()
})

function post(address, file, token, { progress, reading }) {
  return new Promise((done) => {
    const request = new XMLHttpRequest() // fetch() tells no progress of what it sends
    const body = new FormData()
    body.append("csrfmiddlewaretoken", token)
    body.append("file", file)
    request.open("POST", address)
    request.setRequestHeader("Accept", "application/json")
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total)
    })
    request.upload.addEventListener("load", reading)
    request.addEventListener("loadend", () => {
      try {
        done(JSON.parse(request.responseText))
      } catch {
        done({})
      }
    })
    request.send(body)
  })
}

/**
 * Send a file when those before it are done. Answers what the server said: `results`, or an
 * `error`; without either, no answer came.
 */
export function send(address, file, token, heard) {
  waiting++
  const sent = queue.then(() => post(address, file, token, heard))
  queue = sent.finally(() => waiting--)
  return sent
}
