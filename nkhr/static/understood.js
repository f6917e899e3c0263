/* Says beneath an input what it was understood to mean, while somebody types (advocacy/forms.py). */

const PAUSE = 400 // ms without a key
const waiting = new WeakMap()

function lineOf(input) {
  const id = `${input.id}_understood`
  const there = document.getElementById(id)
  if (there) return there
  const line = document.createElement("span")
  line.id = id
  line.className = "understood"
  input.after(" ", line)
  const described = input.getAttribute("aria-describedby")
  input.setAttribute("aria-describedby", [described, id].filter(Boolean).join(" "))
  return line
}

/* What is wrong is said when the input is left: half a date is no mistake yet. */
async function ask(input, isLeft) {
  clearTimeout(waiting.get(input))
  const typed = input.value.trim()
  const answer = typed ? await read(input.dataset.asks, typed) : {}
  if (input.value.trim() !== typed) return
  const said = answer.understood || (isLeft && answer.wrong) || ""
  const line = lineOf(input)
  line.setAttribute("role", "status")
  line.textContent = said
  line.classList.toggle("is-wrong", Boolean(said) && !answer.understood)
}

async function read(address, text) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams({ text })}`)
    return answer.ok ? await answer.json() : {}
  } catch {
    return {} // the server says it when the form is sent
  }
}

const asks = (event) => event.target.matches?.("[data-asks]")

document.addEventListener("input", (event) => {
  if (!asks(event)) return
  clearTimeout(waiting.get(event.target))
  waiting.set(event.target, setTimeout(() => ask(event.target, false), PAUSE))
})
document.addEventListener("change", (event) => {
  if (asks(event)) ask(event.target, true)
})
