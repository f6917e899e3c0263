/*
 * What a text may be made of. Everything `richtext.clean` lets through has its place here, so that
 * opening and saving a text loses nothing of it.
 */

import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Extension,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  HorizontalRule,
  Italic,
  Link,
  ListItem,
  Mark,
  Node,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
} from "django-prose-editor/editor"
import { element } from "publishing/dialogs"
import { Figure } from "publishing/figures"

const IN_A_LANGUAGE = [
  ...["paragraph", "heading", "blockquote", "attribution", "bulletList", "orderedList", "listItem"],
  ...["table", "tableRow", "tableCell", "tableHeader"],
  ...["bold", "italic", "subscript", "superscript", "cite", "link"],
]

const LanguageOfParts = Extension.create({
  name: "languageOfParts",
  addGlobalAttributes: () => [
    {
      types: IN_A_LANGUAGE,
      attributes: {
        lang: {
          default: null,
          parseHTML: (part) => part.getAttribute("lang"),
          renderHTML: ({ lang }) => (lang ? { lang } : {}),
        },
      },
    },
  ],
})

/* Words in another language than the text around them. */
const Language = Mark.create({
  name: "language",
  addAttributes: () => ({ lang: { default: null } }),
  parseHTML: () => [{ tag: "span[lang]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
})

/*
 * Word processors say "bold" in inline styles, which the site's policy refuses even while a paste
 * is being read. So styles are read under another name, and what would run is renamed with them.
 */
export const withoutStyles = (pasted) =>
  pasted.replace(/<[a-z][^>]*>/gi, (tag) =>
    tag.replace(/\s(style|on\w+)(?=\s*=)/gi, (_, name) =>
      name.toLowerCase() === "style" ? " data-pasted" : " data-dropped",
    ),
  )

const styled = (pattern) => ({
  tag: "span[data-pasted]",
  consuming: false,
  getAttrs: (span) => (pattern.test(span.dataset.pasted) ? null : false),
})

const Weight = Bold.extend({
  parseHTML: () => [
    { tag: "strong" },
    // Google Docs wraps everything in a <b> that is none.
    { tag: "b", getAttrs: (b) => (/font-weight:\s*normal/.test(b.dataset.pasted) ? false : null) },
    styled(/font-weight:\s*(bold|[6-9]00)/),
  ],
})

const Stress = Italic.extend({
  parseHTML: () => [{ tag: "em" }, { tag: "i" }, styled(/font-style:\s*italic/)],
})

const Cite = Mark.create({
  name: "cite",
  parseHTML: () => [{ tag: "cite" }],
  renderHTML: ({ HTMLAttributes }) => ["cite", HTMLAttributes, 0],
})

/* Where a quotation is from; the last line inside it. */
const Attribution = Node.create({
  name: "attribution",
  content: "inline*",
  defining: true,
  parseHTML: () => [{ tag: "footer" }],
  renderHTML: ({ HTMLAttributes }) => ["footer", HTMLAttributes, 0],
})

const Quotation = Blockquote.extend({ content: "block+ attribution?" })

/*
 * A symbol link made by the site is shown as plain text and made again when the text is saved, so
 * it can never lead elsewhere than its words say once they are edited.
 */
function isMadeWhenSaved(anchor) {
  if (!anchor.classList.contains("sym")) return false
  try {
    const path = decodeURI(new URL(anchor.href).pathname)
    return path.endsWith(`/${anchor.textContent.trim()}`)
  } catch {
    return false
  }
}

export const isAddress = (href) => /^(https?:\/\/|mailto:|\/(?!\/)|#)\S+$/i.test(href)

const Reference = Link.extend({
  addAttributes: () => ({
    href: { default: null },
    hreflang: { default: null },
    class: {
      default: null,
      parseHTML: (anchor) => (anchor.classList.contains("sym") ? "sym" : null),
    },
  }),
  parseHTML: () => [
    {
      tag: "a[href]",
      getAttrs: (anchor) =>
        isAddress(anchor.getAttribute("href") ?? "") && !isMadeWhenSaved(anchor) ? null : false,
    },
  ],
  addKeyboardShortcuts: () => ({}),
}).configure({ autolink: false, openOnClick: false, protocols: ["http", "https", "mailto"] })

/* A footnote is kept where its mark stands; marks are numbered when the page is drawn. */
const Footnote = Node.create({
  name: "footnote",
  group: "inline",
  inline: true,
  atom: true,
  addOptions: () => ({ labels: {}, edit: () => {} }),
  addAttributes: () => ({ note: { default: "", rendered: false } }),
  parseHTML: () => [
    { tag: "span[data-note]", priority: 60, getAttrs: (span) => ({ note: span.dataset.note }) },
  ],
  renderHTML: ({ node }) => ["span", { "data-note": node.attrs.note }],
  addNodeView() {
    return ({ node, editor, getPos }) => {
      const { labels, edit } = this.options
      const dom = element("sup", { class: "richtext-note", role: "button", contenteditable: "false" })
      const draw = ({ attrs }) => {
        dom.title = attrs.note
        dom.setAttribute("aria-label", `${labels.footnote}: ${attrs.note}`)
      }
      dom.addEventListener("click", () => {
        if (editor.isEditable) {
          editor.commands.setNodeSelection(getPos())
          edit(editor)
        }
      })
      draw(node)
      return {
        dom,
        update(current) {
          if (current.type !== node.type) return false
          draw(current)
          return true
        },
      }
    }
  },
})

const List = OrderedList.extend({
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (list) => Number.parseInt(list.getAttribute("start"), 10) || 1,
    },
  }),
  addNodeView: () => null,
})

/* The rows alone are the content, as the table commands want it; the caption is an attribute. */
const CaptionedTable = Table.extend({
  addAttributes: () => ({ caption: { default: "", rendered: false } }),
  parseHTML: () => [
    {
      tag: "table",
      getAttrs: (table) => ({
        caption: table.querySelector(":scope > caption")?.textContent.trim() ?? "",
      }),
    },
    { tag: "caption", ignore: true },
  ],
  renderHTML: ({ node, HTMLAttributes }) => {
    const caption = node.attrs.caption ? [["caption", {}, node.attrs.caption]] : []
    return ["table", HTMLAttributes, ...caption, ["tbody", {}, 0]]
  },
  addNodeView() {
    return ({ node }) => {
      const caption = element("caption", { contenteditable: "false" })
      const body = element("tbody")
      const dom = element("div", { class: "tableWrapper" }, element("table", {}, caption, body))
      const draw = ({ attrs }) => {
        caption.textContent = attrs.caption
        caption.hidden = !attrs.caption
      }
      draw(node)
      return {
        dom,
        contentDOM: body,
        update(current) {
          if (current.type !== node.type) return false
          draw(current)
          return true
        },
        ignoreMutation: (change) => change.type !== "selection" && !body.contains(change.target),
      }
    }
  },
})

const span = { default: 1 }
const width = { default: null, rendered: false, parseHTML: () => null }
const cell = () => ({ colspan: span, rowspan: span, colwidth: width })

export function extensions({ library, upload, uploads, pictures, labels, editNote }) {
  return [
    ...[Document, Paragraph, Text, HardBreak, HorizontalRule, Heading.configure({ levels: [2, 3, 4] })],
    ...[Weight, Stress, Subscript, Superscript, Cite, Language, Reference, LanguageOfParts],
    ...[BulletList, List, ListItem, Quotation, Attribution],
    ...[CaptionedTable, TableRow, TableCell.extend({ addAttributes: cell })],
    TableHeader.extend({ addAttributes: cell }),
    Figure.configure({ library, upload, uploads, pictures, labels }),
    Footnote.configure({ labels, edit: editNote }),
    ...[History, Dropcursor, Gapcursor],
  ]
}
