/*
 * Names, for those who do not see the page, of controls that Django's admin and select2 leave nameless;
 * and of the cells of tables, for narrow screens, where the heads of their columns are not shown.
 */

const words = (node) => (node?.textContent ?? "").trim().replace(/:$/, "")

/* What names a control: the label of its row, or the head of its column. */
function naming(control) {
  const cell = control.closest(".tabular td[class*='field-']")
  if (!cell) return control.closest(".fieldBox, .form-row")?.querySelector("label, legend")
  const column = [...cell.classList].find((known) => known.startsWith("field-")).replace("field-", "column-")
  return cell.closest("table").querySelector(`thead .${CSS.escape(column)}`)
}

const fieldName = (control) => words(naming(control))

function idOf(node) {
  node.id ||= `named-${document.querySelectorAll("[id^='named-']").length}`
  return node.id
}

function name(root) {
  for (const input of root.querySelectorAll("p.datetime input:not([aria-label])")) {
    const half = words(input.previousSibling) // "Date" or "Time"
    input.setAttribute("aria-label", [fieldName(input), half].filter(Boolean).join(": "))
  }
  for (const search of root.querySelectorAll(".select2-search__field:not([aria-label])")) {
    search.setAttribute("aria-label", fieldName(search))
  }
  for (const box of root.querySelectorAll(".select2-selection--single:not([data-named])")) {
    const chosen = box.querySelector(".select2-selection__rendered")
    const name = naming(box)
    if (!name || !chosen) continue
    box.dataset.named = ""
    box.setAttribute("aria-labelledby", `${idOf(name)} ${chosen.id}`)
    chosen.setAttribute("aria-labelledby", idOf(name))
  }
  for (const control of root.querySelectorAll(".tabular td :is(input, select, textarea):not([type=hidden], [aria-label])")) {
    const isNamed = control.labels?.length || control.closest(".select2-container, .richtext")
    const said = isNamed ? "" : fieldName(control)
    if (said) control.setAttribute("aria-label", said)
  }
  // An icon alone: browsers pass over the title of what holds no word.
  for (const icon of root.querySelectorAll(".datetimeshortcuts a:not([aria-label]) > [title]")) {
    icon.parentNode.setAttribute("aria-label", [fieldName(icon), icon.title].filter(Boolean).join(": "))
  }
  for (const tip of root.querySelectorAll(".help-tooltip[aria-label]:not([role])")) {
    tip.setAttribute("role", "img")
  }
  for (const cell of root.querySelectorAll("#result_list tbody td[class*='field-']:not([data-label])")) {
    const head = cell.closest("table").tHead?.rows[0].cells[cell.cellIndex]
    cell.dataset.label = words(head?.querySelector(".text"))
  }
  for (const control of root.querySelectorAll("#result_list td :is(input, select):not([type=hidden], [aria-label], .action-select)")) {
    const row = control.closest("tr").querySelector("th")
    control.setAttribute("aria-label", [control.closest("td").dataset.label, words(row)].filter(Boolean).join(": "))
  }
  for (const cell of root.querySelectorAll(".tabular tbody td[class*='field-']:not([data-label])")) {
    cell.dataset.label = fieldName(cell)
  }
  for (const cell of root.querySelectorAll(".tabular tbody td.delete:has(input)")) {
    cell.dataset.label = words(cell.closest("table").tHead.rows[0].lastElementChild)
  }
  // The head of a column that holds nothing but each row's own name.
  for (const head of root.querySelectorAll(".tabular thead th:empty")) {
    const cell = document.createElement("td")
    cell.className = head.className
    head.replaceWith(cell)
  }
}

// On a telephone the bar is longer than its window.
document.querySelector(".bar-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" })

// Behind select2, which waits in jQuery's queue where a page has one.
const start = () => name(document)
if (window.django?.jQuery) window.django.jQuery(start)
else document.addEventListener("DOMContentLoaded", start)
window.addEventListener("load", start) // the filters of a chooser are made then
document.addEventListener("formset:added", (event) => setTimeout(() => name(event.target)))
