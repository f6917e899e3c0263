/*
 * The stored form of what the editor holds. ProseMirror wraps every cell and list item in
 * paragraphs and knows no table head; readers and the next editor are given plainer HTML.
 */

const isOnly = (child, parent) =>
  parent.children.length === 1 && [...parent.childNodes].every((node) => node === child)

function unwrap(paragraph) {
  paragraph.replaceWith(...paragraph.childNodes)
}

function plainCell(cell) {
  const first = cell.firstElementChild
  if (first?.matches("p:not([lang])") && isOnly(first, cell)) unwrap(first)
}

function plainItem(item) {
  const paragraphs = item.querySelectorAll(":scope > p")
  if (paragraphs.length === 1 && paragraphs[0] === item.firstChild && !paragraphs[0].lang) {
    unwrap(paragraphs[0])
  }
}

/* Rows of nothing but header cells at the top become the head; a header's scope follows from there. */
function withHead(table) {
  const body = table.querySelector(":scope > tbody")
  const rows = [...body.rows]
  const isHead = (row) => [...row.cells].every((cell) => cell.tagName === "TH" && cell.rowSpan === 1)
  let heads = rows.findIndex((row) => !isHead(row))
  if (heads === -1) heads = rows.length > 1 ? 1 : 0
  if (heads > 0) {
    const head = table.ownerDocument.createElement("thead")
    head.append(...rows.slice(0, heads))
    body.before(head)
  }
  for (const cell of table.querySelectorAll("th")) {
    cell.scope = cell.closest("thead") ? "col" : "row"
  }
}

export function tidy(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html")
  for (const cell of body.querySelectorAll("td, th")) plainCell(cell)
  for (const item of body.querySelectorAll("li")) plainItem(item)
  for (const table of body.querySelectorAll("table")) withHead(table)
  for (const caption of body.querySelectorAll("figcaption:empty")) caption.remove()
  while (body.lastElementChild?.matches("p:empty")) body.lastElementChild.remove()
  return body.innerHTML
}
