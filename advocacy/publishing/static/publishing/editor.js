/* Puts an editor in the place of every `textarea[data-richtext]`; without it, the HTML is edited. */

import { Editor, Extension } from "django-prose-editor/editor"
import { element } from "publishing/dialogs"
import { extensions, withoutStyles } from "publishing/schema"
import { tidy } from "publishing/tidy"
import { editLink, editNote, toolbar } from "publishing/toolbar"
import { Uploads, handlers, takeDocuments } from "publishing/uploads"

const shortcuts = (config) =>
  Extension.create({
    name: "richtextShortcuts",
    addKeyboardShortcuts: () => ({
      "Mod-k": ({ editor }) => {
        editLink(editor, config)
        return true
      },
      // Out of the last line of a quotation, and not into a second one.
      Enter: ({ editor }) => {
        if (!editor.isActive("attribution")) return false
        const { $from } = editor.state.selection
        const after = $from.after($from.depth - 1)
        return editor.chain().insertContentAt(after, { type: "paragraph" }).focus(after + 1).run()
      },
    }),
  })

/* What the label and help of the textarea say, said of the editor. */
function naming(textarea) {
  const attributes = { role: "textbox", "aria-multiline": "true" }
  const label = textarea.labels?.[0]
  if (label) {
    label.id ||= `${textarea.id}_label`
    attributes["aria-labelledby"] = label.id
  }
  for (const name of ["aria-describedby", "aria-invalid", "aria-label", "lang"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name)
  }
  return attributes
}

function replace(textarea) {
  const config = JSON.parse(textarea.dataset.richtext)
  const uploads = new Uploads(textarea.form, config)
  config.uploads = uploads
  const place = element("div", { class: "richtext-text" })
  const box = element("div", { class: "richtext" }, place)
  const editor = new Editor({
    element: place,
    extensions: [
      ...extensions({ ...config, editNote: (current) => editNote(current, config) }),
      shortcuts(config),
    ],
    content: textarea.value,
    editable: !textarea.disabled && !textarea.readOnly,
    injectCSS: false, // a <style> the policy refuses; editor.css has the rules
    editorProps: {
      attributes: naming(textarea),
      transformPastedHTML: withoutStyles,
      ...(config.upload ? handlers(uploads, () => editor) : {}),
    },
    onFocus() {
      // A browser finds no place for its caret where a text begins with a figure.
      setTimeout(() => {
        const { view } = editor
        if (view.hasFocus() && !view.dom.contains(document.getSelection().anchorNode)) view.focus()
      }, 30)
    },
    onUpdate() {
      textarea.value = tidy(editor.getHTML())
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
  if (editor.isEditable) box.prepend(toolbar(editor, config))
  textarea.after(box, uploads.box)
  textarea.hidden = true
  textarea.labels?.[0]?.addEventListener("click", (event) => {
    event.preventDefault()
    editor.view.focus()
  })
  textarea.form?.addEventListener("reset", () => {
    setTimeout(() => editor.commands.setContent(textarea.value))
  })
}

function start(root) {
  for (const textarea of root.querySelectorAll("textarea[data-richtext]")) {
    if (!textarea.hidden && !textarea.id.includes("__prefix__")) replace(textarea)
  }
}

start(document)
const first = document.querySelector("form textarea[data-richtext]")
if (first) takeDocuments(first.form, JSON.parse(first.dataset.richtext))
document.addEventListener("formset:added", (event) => start(event.target))
