/* Files that are dragged or pasted into a text, or chosen on the device, go to the library; pictures
   then stand where they were dropped, and documents beside the text. */

import { button, element } from "publishing/dialogs"
import { send } from "publishing/sending"

const hasFiles = (event) => event.dataTransfer?.types.includes("Files")

/* Programs that copy words copy a picture of them too; then the words are meant. */
const pasted = ({ clipboardData }) =>
  clipboardData.types.includes("text/plain") ? [] : [...clipboardData.files]

/** A line for one file: its progress, and then what became of it. */
function line(box, name, labels) {
  const bar = element("progress", { max: 1, value: 0, "aria-label": name })
  const state = element("p", {}, labels.sending)
  const row = element("div", { class: "richtext-upload" }, element("p", {}, element("b", {}, name)), bar, state)
  box.append(row)
  return {
    progress: (part) => (bar.value = part),
    reading() {
      bar.removeAttribute("value")
      state.textContent = labels.reading
    },
    end(sentences, found) {
      bar.remove()
      state.remove()
      row.classList.toggle("is-refused", !found)
      row.append(...sentences.filter(Boolean).map((sentence) => element("p", {}, sentence)))
      const actions = element("p", { class: "richtext-actions" })
      if (found) {
        const words = found.kind === "pdf" ? labels.describeDocument : labels.describePicture
        actions.append(element("a", { href: found.edit, target: "_blank" }, words))
      }
      const close = button(labels.close, { "aria-label": `${labels.close}: ${name}` })
      close.addEventListener("click", () => row.remove())
      actions.append(close)
      row.append(actions)
    },
  }
}

/** Sends the files of one form; `box` tells of them. */
export class Uploads {
  constructor(form, { upload, labels }) {
    this.address = upload
    this.labels = labels
    this.form = form
    this.box = element("div", { class: "richtext-uploads", "aria-live": "polite" })
  }

  /** As it is now: after signing in again the form has another one. */
  get token() {
    return this.form?.elements.csrfmiddlewaretoken?.value ?? ""
  }

  /** Each file that arrived goes to `use(found)`, which answers a sentence where there is more to say. */
  async take(files, use) {
    const { labels } = this
    for (const file of files) {
      const row = line(this.box, file.name, labels)
      const { results, error } = await send(this.address, file, this.token, row)
      const found = results?.[0]
      if (found?.ok) row.end([found.sentences[0], use(found)], found)
      else row.end(found?.sentences ?? [error ?? labels.broken], null)
    }
  }

  /** A field to choose files with: on a telephone its pictures, or its camera. */
  field(label, accept, chosen, attributes = {}) {
    const input = element("input", { type: "file", accept, multiple: true, ...attributes })
    input.addEventListener("change", () => {
      chosen([...input.files])
      input.value = ""
    })
    return element("label", { class: "richtext-choose" }, element("span", {}, label), input)
  }
}

/* A place in a text that stays where it is while the text around it changes. */
function placeIn(editor, at) {
  const place = { at }
  const moved = ({ transaction }) => (place.at = transaction.mapping.map(place.at))
  editor.on("transaction", moved)
  place.leave = () => editor.off("transaction", moved)
  return place
}

/** Pictures into the text at `at`, one under the other; documents beside it. */
export async function putInto(editor, at, files, uploads) {
  const place = placeIn(editor, at)
  await uploads.take(files, (found) => {
    if (found.kind === "pdf") return beside(editor.view.dom.closest("form"), found, uploads.labels)
    editor.commands.insertFigure(found.uuid, place)
    return ""
  })
  place.leave()
}

/** What an editor does with files that come to it. */
export const handlers = (uploads, editor) => ({
  handleDrop(view, event, _slice, moved) {
    if (moved || !hasFiles(event) || !view.editable) return false
    event.preventDefault()
    const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos
    putInto(editor(), at ?? view.state.selection.to, [...event.dataTransfer.files], uploads)
    return true
  },
  handlePaste(view, event) {
    const files = pasted(event)
    if (!files.length || !view.editable) return false
    putInto(editor(), view.state.selection.to, files, uploads)
    return true
  },
})

/* A new row in the table of documents, with this one chosen. */
function beside(form, found, labels) {
  if (found.kind !== "pdf") return labels.notADocument
  const group = form?.querySelector("#documents-group")
  const isThere = (row) => row.value === String(found.pk)
  if ([...(group?.querySelectorAll("select") ?? [])].some(isThere)) return labels.isDocument
  const add = group?.querySelector(".add-row a")
  if (!add) return labels.inLibrary
  add.click()
  const select = [...group.querySelectorAll(".dynamic-documents select")].at(-1)
  select.append(new Option(found.title, found.pk, true, true))
  select.dispatchEvent(new Event("change", { bubbles: true }))
  return labels.isDocument
}

/** The table of documents takes files too. Elsewhere a dropped file would take the place of the page. */
export function takeDocuments(form, config) {
  window.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault()
  })
  window.addEventListener("drop", (event) => {
    if (hasFiles(event)) event.preventDefault()
  })
  const group = form.querySelector("#documents-group")
  if (!group?.querySelector(".empty-form") || !config.upload) return // it may be read, not added to
  const uploads = new Uploads(form, config)
  const take = (files) => uploads.take(files, (found) => beside(form, found, config.labels))
  group.addEventListener("drop", (event) => {
    if (hasFiles(event)) take([...event.dataTransfer.files])
  })
  group.append(
    element("div", { class: "richtext-documents" }, uploads.field(config.labels.uploadDocuments, "application/pdf", take), uploads.box),
  )
}
