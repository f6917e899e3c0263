/* Each file in a request of its own, with its progress. Without this script the form is sent whole. */

import { send } from "publishing/sending"

const form = document.querySelector("form.upload")
const list = document.querySelector(".uploads")
const input = form.querySelector("input[type=file]")
const drop = form.querySelector(".upload-drop")

function waiting(name) {
  const row = document.createElement("div")
  row.className = "upload-answer"
  const text = document.createElement("div")
  const title = document.createElement("p")
  const strong = document.createElement("strong")
  strong.textContent = name
  title.append(strong)
  const bar = document.createElement("progress")
  bar.max = 1
  bar.setAttribute("aria-label", name)
  const state = document.createElement("p")
  text.append(title, bar, state)
  row.append(text)
  list.prepend(row)
  return { row, bar, state }
}

function refuse({ row, bar, state }, sentence) {
  bar.remove()
  row.classList.add("upload-refused")
  state.textContent = sentence
}

function answer(line, said) {
  if (!said.results?.length) return refuse(line, said.error ?? form.dataset.failed)
  const fresh = document.createElement("template")
  fresh.innerHTML = said.results.map((result) => result.html).join("") // made and escaped by the site
  line.row.replaceWith(fresh.content)
}

async function take(file) {
  const line = waiting(file.name)
  if (file.size > Number(form.dataset.limit)) {
    refuse(line, form.dataset.tooLarge)
    return
  }
  line.state.textContent = form.dataset.sending
  const heard = {
    progress: (part) => (line.bar.value = part),
    reading() {
      line.bar.removeAttribute("value")
      line.state.textContent = form.dataset.reading
    },
  }
  answer(line, await send(location.href, file, form.elements.csrfmiddlewaretoken.value, heard))
}

form.addEventListener("submit", (event) => {
  event.preventDefault()
  for (const file of input.files) take(file)
  form.reset()
})
drop.addEventListener("dragover", (event) => {
  event.preventDefault()
  drop.classList.add("upload-over")
})
drop.addEventListener("dragleave", () => drop.classList.remove("upload-over"))
drop.addEventListener("drop", (event) => {
  event.preventDefault()
  drop.classList.remove("upload-over")
  const files = [...event.dataTransfer.files]
  for (const file of input.multiple ? files : files.slice(0, 1)) take(file)
})

// The form that opened this window asks it, when it leaves, to close what it has opened itself: nothing.
window.dismissChildPopups ??= () => {}

// What was copied elsewhere: a screenshot, a picture of a page.
document.addEventListener("paste", (event) => {
  const files = [...event.clipboardData.files]
  for (const file of input.multiple ? files : files.slice(0, 1)) take(file)
})
