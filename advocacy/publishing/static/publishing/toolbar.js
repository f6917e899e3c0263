/* The buttons over a text (pattern: toolbar, WAI-ARIA Authoring Practices), and what they do. */

import { ask, button, element } from "publishing/dialogs"
import { choosePicture } from "publishing/figures"
import { isAddress } from "publishing/schema"
import { putInto } from "publishing/uploads"

const withScheme = (typed) =>
  /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(typed) ? `https://${typed}` : typed

export async function editLink(editor, { labels, languages }) {
  const isLink = editor.isActive("link")
  const needsWords = editor.state.selection.empty && !isLink
  const fields = [
    {
      name: "href",
      label: labels.address,
      required: true,
      check: (typed) => (isAddress(withScheme(typed)) ? "" : labels.badAddress),
    },
    { name: "hreflang", label: labels.targetLanguage, choices: [["", labels.unsaid], ...languages] },
  ]
  if (needsWords) fields.push({ name: "words", label: labels.linkText, required: true })
  const answer = await ask({
    title: labels.link,
    fields,
    values: editor.getAttributes("link"),
    remove: isLink && labels.removeLink,
    labels,
  })
  if (!answer) return
  const chain = editor.chain().focus()
  if (answer === "remove") {
    chain.extendMarkRange("link").unsetMark("link").run()
    return
  }
  const attrs = { href: withScheme(answer.href), hreflang: answer.hreflang || null, class: null }
  if (needsWords) {
    const linked = { type: "text", text: answer.words, marks: [{ type: "link", attrs }] }
    chain.insertContent(linked).unsetMark("link").run()
  } else {
    chain.extendMarkRange("link").setMark("link", attrs).run()
  }
}

export async function editNote(editor, { labels }) {
  const node = editor.isActive("footnote") ? editor.state.selection.node : null
  const answer = await ask({
    title: labels.footnote,
    fields: [{ name: "note", label: labels.noteText, type: "textarea", required: true }],
    values: { note: node?.attrs.note },
    remove: node && labels.removeNote,
    labels,
  })
  if (!answer) return
  if (answer === "remove") {
    editor.chain().focus().deleteSelection().run()
  } else if (node) {
    editor.chain().focus().updateAttributes("footnote", answer).run()
  } else {
    const { to } = editor.state.selection // behind the words it explains
    editor.chain().focus().insertContentAt(to, { type: "footnote", attrs: answer }).run()
  }
}

async function editLanguage(editor, { labels, languages }) {
  const isMarked = editor.isActive("language")
  const answer = await ask({
    title: labels.language,
    fields: [{ name: "lang", label: labels.languageOfWords, choices: languages }],
    values: editor.getAttributes("language"),
    remove: isMarked && labels.removeLanguage,
    labels,
  })
  if (!answer) return
  const chain = editor.chain().focus()
  if (isMarked) chain.extendMarkRange("language")
  if (answer === "remove") chain.unsetMark("language").run()
  else chain.setMark("language", answer).run()
}

async function insertTable(editor, { labels }) {
  const answer = await ask({
    title: labels.table,
    fields: [
      { name: "caption", label: labels.tableCaption },
      { name: "rows", label: labels.rows, type: "number", min: 1, max: 50 },
      { name: "columns", label: labels.columns, type: "number", min: 1, max: 12 },
    ],
    values: { rows: 3, columns: 2 },
    labels,
  })
  if (!answer) return
  const within = (typed, most) => Math.min(Math.max(Number.parseInt(typed, 10) || 1, 1), most)
  editor
    .chain()
    .focus()
    .insertTable({ rows: within(answer.rows, 50), cols: within(answer.columns, 12) })
    .updateAttributes("table", { caption: answer.caption })
    .run()
}

async function captionTable(editor, { labels }) {
  const answer = await ask({
    title: labels.tableCaption,
    fields: [{ name: "caption", label: labels.tableCaption }],
    values: editor.getAttributes("table"),
    labels,
  })
  if (answer) editor.chain().focus().updateAttributes("table", answer).run()
}

async function insertFigure(editor, config) {
  const chosen = await choosePicture(config)
  if (Array.isArray(chosen)) putInto(editor, editor.state.selection.to, chosen, config.uploads)
  else if (chosen) editor.chain().focus().insertFigure(chosen).run()
}

function addSource(editor) {
  const { $from } = editor.state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name !== "blockquote") continue
    const end = $from.end(depth)
    const isThere = $from.node(depth).lastChild.type.name === "attribution"
    const chain = editor.chain()
    if (!isThere) chain.insertContentAt(end, { type: "attribution" })
    chain.focus(isThere ? end - 1 : end + 1).run()
    return
  }
}

/* Each group: [label, what it does, is it on?, where it shows (always, if nothing is said)]. */
function groups(config) {
  const { labels } = config
  const run = (act) => (editor) => act(editor.chain().focus()).run()
  const inTable = (editor) => editor.isActive("table")
  const inQuotation = (editor) => editor.isActive("blockquote")
  return [
    [
      [labels.heading, run((c) => c.toggleHeading({ level: 2 })), (e) => e.isActive("heading", { level: 2 })],
      [labels.subheading, run((c) => c.toggleHeading({ level: 3 })), (e) => e.isActive("heading", { level: 3 })],
    ],
    [
      [labels.bold, run((c) => c.toggleBold()), (e) => e.isActive("bold")],
      [labels.italic, run((c) => c.toggleItalic()), (e) => e.isActive("italic")],
    ],
    [
      [labels.bullets, run((c) => c.toggleBulletList()), (e) => e.isActive("bulletList")],
      [labels.numbers, run((c) => c.toggleOrderedList()), (e) => e.isActive("orderedList")],
      [labels.quotation, run((c) => c.toggleBlockquote()), inQuotation],
      [labels.source, addSource, (e) => e.isActive("attribution"), inQuotation],
    ],
    [
      [labels.link, (editor) => editLink(editor, config), (e) => e.isActive("link")],
      [labels.footnote, (editor) => editNote(editor, config), (e) => e.isActive("footnote")],
      [labels.language, (editor) => editLanguage(editor, config), (e) => e.isActive("language")],
    ],
    [
      [labels.figure, (editor) => insertFigure(editor, config)],
      [labels.table, (editor) => insertTable(editor, config), null, (editor) => !inTable(editor)],
      [labels.line, run((c) => c.setHorizontalRule())],
    ],
    [
      [labels.undo, run((c) => c.undo()), null],
      [labels.redo, run((c) => c.redo()), null],
    ],
    [
      [labels.rowBelow, run((c) => c.addRowAfter()), null, inTable],
      [labels.deleteRow, run((c) => c.deleteRow()), null, inTable],
      [labels.columnAfter, run((c) => c.addColumnAfter()), null, inTable],
      [labels.deleteColumn, run((c) => c.deleteColumn()), null, inTable],
      [labels.headerCell, run((c) => c.toggleHeaderCell()), (e) => e.isActive("tableHeader"), inTable],
      [labels.mergeOrSplit, run((c) => c.mergeOrSplit()), null, inTable],
      [labels.tableCaption, (editor) => captionTable(editor, config), null, inTable],
      [labels.deleteTable, run((c) => c.deleteTable()), null, inTable],
    ],
  ]
}

/* One stop for Tab; the arrow keys go from button to button. */
function rove(bar) {
  const seen = () => [...bar.querySelectorAll("button")].filter((item) => !item.hidden)
  const hold = (item) => {
    for (const other of bar.querySelectorAll("button")) other.tabIndex = other === item ? 0 : -1
  }
  bar.addEventListener("focusin", (event) => hold(event.target))
  bar.addEventListener("keydown", (event) => {
    const items = seen()
    const at = items.indexOf(document.activeElement)
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }
    if (!(event.key in steps)) return
    event.preventDefault()
    items.at(steps[event.key] % items.length).focus()
  })
  return () => {
    if (!seen().some((item) => item.getAttribute("tabindex") === "0")) hold(seen()[0])
  }
}

export function toolbar(editor, config) {
  const bar = element("div", { class: "richtext-tools", role: "toolbar", "aria-label": config.labels.tools })
  const items = []
  for (const group of groups(config)) {
    const box = element("div", { class: "richtext-group" })
    for (const [label, act, isOn, isShown] of group) {
      const item = button(label, isOn ? { "aria-pressed": "false" } : {})
      // The text keeps the focus and its selection when a button is pressed with a pointer.
      item.addEventListener("mousedown", (event) => event.preventDefault())
      item.addEventListener("click", () => act(editor))
      box.append(item)
      items.push({ item, isOn, isShown })
    }
    bar.append(box)
  }
  const settle = rove(bar)
  const draw = () => {
    for (const { item, isOn, isShown } of items) {
      if (isOn) item.setAttribute("aria-pressed", String(isOn(editor)))
      if (isShown) item.hidden = !isShown(editor)
    }
    settle()
  }
  editor.on("transaction", draw)
  draw()
  return bar
}
