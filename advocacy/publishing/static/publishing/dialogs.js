/* Small forms over the page: a title, fields, and what was typed as a promise. */

let count = 0

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "")
    else if (value !== false && value != null) made.setAttribute(name, value)
  }
  made.append(...children)
  return made
}

export const button = (text, attributes = {}) => element("button", { type: "button", ...attributes }, text)

/** An open dialog with a heading; `close(answer)` ends it and answers the promise. */
export function openDialog(title, labels) {
  const id = `richtext-dialog-${++count}`
  const form = element("form", { method: "dialog", novalidate: true })
  const dialog = element(
    "dialog",
    { class: "richtext-dialog", "aria-labelledby": id },
    element("h2", { id }, title),
    form,
  )
  let answer = null
  const answered = new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(answer)
    })
  })
  const close = (value) => {
    answer = value
    dialog.close()
  }
  const cancel = button(labels.cancel)
  cancel.addEventListener("click", () => close(null))
  document.body.append(dialog)
  dialog.showModal()
  return { form, dialog, cancel, close, answered }
}

function control(field, value) {
  const shared = { name: field.name, required: field.required }
  if (field.choices) {
    const options = field.choices.map(([code, name]) =>
      element("option", { value: code, selected: code === (value ?? "") }, name),
    )
    return element("select", shared, ...options)
  }
  const made =
    field.type === "textarea"
      ? element("textarea", { ...shared, rows: 4 })
      : element("input", { ...shared, type: field.type ?? "text", min: field.min, max: field.max })
  made.value = value ?? ""
  return made
}

/**
 * Ask for `fields` ({name, label, type, choices, required, check}); answers an object of their
 * values, "remove" where `remove` names such a button and it was pressed, or null.
 */
export function ask({ title, fields, values = {}, submit, remove, labels }) {
  const { form, cancel, close, answered } = openDialog(title, labels)
  const controls = fields.map((field, index) => {
    const made = control(field, values[field.name])
    made.id = `richtext-field-${count}-${index}`
    const error = element("p", { class: "richtext-error", id: `${made.id}-error`, role: "alert" })
    form.append(element("label", { for: made.id }, field.label), error, made)
    return { field, made, error }
  })
  const actions = element(
    "p",
    { class: "richtext-actions" },
    element("button", { type: "submit", class: "richtext-go" }, submit ?? labels.apply),
    cancel,
  )
  if (remove) {
    const removing = button(remove)
    removing.addEventListener("click", () => close("remove"))
    actions.append(removing)
  }
  form.append(actions)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    let wrong = null
    for (const { field, made, error } of controls) {
      const value = made.value.trim()
      error.textContent = (field.required && !value && labels.required) || field.check?.(value) || ""
      made.toggleAttribute("aria-invalid", Boolean(error.textContent))
      if (error.textContent) {
        made.setAttribute("aria-invalid", "true")
        made.setAttribute("aria-describedby", error.id)
        wrong ??= made
      }
    }
    if (wrong) wrong.focus()
    else close(Object.fromEntries(controls.map(({ field, made }) => [field.name, made.value.trim()])))
  })
  controls[0]?.made.focus()
  return answered
}
