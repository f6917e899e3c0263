/* Pictures of the library in a text: `<figure data-attachment="uuid"><figcaption>…</figcaption></figure>`. */

import { Node } from "django-prose-editor/editor"
import { button, element, openDialog } from "publishing/dialogs"

const known = new Map() // uuid -> {uuid, title, alt, thumbnail, …} as the library answered

async function fetchPage(library, parameters) {
  const response = await fetch(`${library}?${new URLSearchParams({ kind: "picture", ...parameters })}`, {
    headers: { Accept: "application/json" },
  })
  if (!response.ok) throw new Error(`${response.status} from the picture library`)
  const page = await response.json()
  for (const picture of page.results) known.set(picture.uuid, picture)
  return page
}

async function lookUp(library, uuid) {
  if (!known.has(uuid)) await fetchPage(library, { q: uuid }).catch(() => null)
  return known.get(uuid)
}

/** Let the editor choose a picture; answers its uuid, files to upload instead, or null. */
export function choosePicture({ library, upload, uploads, pictures, labels }) {
  const { form, cancel, close, answered } = openDialog(labels.choosePicture, labels)
  const words = element("input", { type: "search", id: "richtext-library-words", autocomplete: "off" })
  const listing = element("ul", { class: "richtext-library" })
  const status = element("p", { role: "status" })
  const more = button(labels.more, { hidden: true })
  let page = 1
  let asked = 0

  async function show(reset) {
    const turn = ++asked
    page = reset ? 1 : page + 1
    status.textContent = labels.loading
    let found
    try {
      found = await fetchPage(library, { q: words.value.trim(), page })
    } catch {
      status.textContent = labels.libraryFailed
      return
    }
    if (turn !== asked) return // a later question has been asked meanwhile
    if (reset) listing.replaceChildren()
    for (const picture of found.results) {
      const image = element("img", { src: picture.thumbnail, alt: "", loading: "lazy" })
      const choice = button("", { "data-uuid": picture.uuid })
      choice.append(image, element("span", {}, picture.title))
      if (picture.alt) choice.append(element("small", {}, picture.alt))
      choice.addEventListener("click", () => close(picture.uuid))
      listing.append(element("li", {}, choice))
    }
    more.hidden = !found.has_next
    status.textContent = listing.children.length ? "" : labels.noPictures
  }

  let waiting
  words.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => show(true), 250)
  })
  more.addEventListener("click", () => show(false))
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    show(true)
  })
  const device = element("div", { class: "richtext-device" })
  if (upload) {
    device.append(
      uploads.field(labels.uploadPictures, pictures, close),
      uploads.field(labels.takePhoto, pictures, close, { capture: "environment", multiple: false }),
    )
  }
  form.append(
    device,
    element("label", { for: words.id }, labels.searchPictures),
    words,
    status,
    listing,
    element("p", { class: "richtext-actions" }, more, cancel),
  )
  show(true)
  return answered
}

function figureView({ node, editor, getPos }, { library, ...config }) {
  const { labels, uploads } = config
  const image = element("img", { alt: "" })
  const title = element("span", { class: "richtext-figure-title" })
  const change = button(labels.changePicture)
  const remove = button(labels.removeFigure)
  const caption = element("figcaption", { "data-placeholder": labels.caption })
  const picture = element("div", { contenteditable: "false" }, image, title, change, remove)
  const dom = element("figure", { class: "richtext-figure" }, picture, caption)
  let shown = null

  async function show(uuid) {
    if (uuid === shown) return
    shown = uuid
    image.hidden = true
    const found = await lookUp(library, uuid)
    if (uuid !== shown) return
    image.hidden = !found
    title.textContent = found ? found.title : labels.pictureMissing
    if (found) image.src = found.thumbnail
    image.alt = found?.alt ?? ""
  }

  function draw(current) {
    show(current.attrs.attachment)
    caption.classList.toggle("richtext-empty", current.content.size === 0)
  }

  change.addEventListener("click", async () => {
    const put = (attachment) => {
      editor.view.dispatch(editor.state.tr.setNodeMarkup(getPos(), null, { attachment }))
    }
    const chosen = await choosePicture({ library, ...config })
    if (Array.isArray(chosen)) {
      uploads.take(chosen.slice(0, 1), (found) => {
        if (found.kind === "picture" && getPos() !== undefined) put(found.uuid)
      })
    } else if (chosen) put(chosen)
  })
  remove.addEventListener("click", () => {
    const from = getPos()
    const { nodeSize } = editor.state.doc.nodeAt(from)
    editor.chain().focus().deleteRange({ from, to: from + nodeSize }).run()
  })
  draw(node)
  return {
    dom,
    contentDOM: caption,
    update(current) {
      if (current.type !== node.type) return false
      draw(current)
      return true
    },
    stopEvent: (event) => picture.contains(event.target) && event.type !== "dragstart",
    ignoreMutation: (mutation) => mutation.type !== "selection" && !caption.contains(mutation.target),
  }
}

export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "inline*",
  isolating: true,
  defining: true,
  addOptions: () => ({ library: "", upload: "", uploads: null, pictures: "", labels: {} }),
  addAttributes: () => ({ attachment: { default: null, rendered: false } }),
  parseHTML: () => [
    {
      tag: "figure[data-attachment]",
      getAttrs: (figure) => ({ attachment: figure.dataset.attachment }),
      contentElement: (figure) => figure.querySelector("figcaption") ?? figure,
    },
  ],
  renderHTML: ({ node }) => ["figure", { "data-attachment": node.attrs.attachment }, ["figcaption", 0]],
  addNodeView() {
    return (view) => figureView(view, this.options)
  },
  addKeyboardShortcuts() {
    return {
      // A caption is one paragraph: Enter goes on after the figure.
      Enter: ({ editor }) => {
        const { $from } = editor.state.selection
        if ($from.parent.type !== this.type) return false
        const after = $from.after()
        return editor.chain().insertContentAt(after, { type: "paragraph" }).focus(after + 1).run()
      },
      Backspace: ({ editor }) => {
        const { $from, empty } = editor.state.selection
        if (!empty || $from.parent.type !== this.type || $from.parentOffset > 0) return false
        return editor.commands.setNodeSelection($from.before())
      },
    }
  },
  addCommands() {
    return {
      /* Where the cursor is, which then stands in its caption; or at a `place`, while somebody types. */
      insertFigure:
        (attachment, place) =>
        ({ chain, state, tr }) => {
          // Beside the block it would be in, never through the middle of a paragraph.
          const $from = place ? tr.doc.resolve(place.at) : state.selection.$from
          const $to = place ? $from : state.selection.$to
          const from = $from.depth ? $from.before(1) : $from.pos
          const to = $to.depth ? $to.after(1) : $to.pos
          const isEmpty = $from.depth === 1 && $from.parent.content.size === 0
          const at = isEmpty ? from : to
          const inserted = chain().insertContentAt({ from: at, to }, { type: this.name, attrs: { attachment } })
          if (!place) return inserted.setTextSelection(at + 1).scrollIntoView().run()
          return inserted
            .command(() => {
              queueMicrotask(() => (place.at = at + 2)) // behind it, once the place has moved with the text
              return true
            })
            .run()
        },
    }
  },
})
