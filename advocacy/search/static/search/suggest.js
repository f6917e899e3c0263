/* Titles offered while somebody types, in the list that browsers keep for an input. */

const PAUSE = 150 // ms without a key
const SHORTEST = 2

const input = document.querySelector("input[data-suggest]")
const list = input?.list
let waiting
let asked

async function offer(typed) {
  asked?.abort()
  asked = new AbortController()
  try {
    const address = `${input.dataset.suggest}?${new URLSearchParams({ q: typed })}`
    const answer = await fetch(address, { signal: asked.signal })
    const [, titles] = answer.ok ? await answer.json() : ["", []]
    list.replaceChildren(...titles.map((title) => new Option(title, title)))
  } catch {
    // Left out: the search works without.
  }
}

input?.addEventListener("input", () => {
  clearTimeout(waiting)
  const typed = input.value.trim()
  if (typed.length >= SHORTEST) waiting = setTimeout(() => offer(typed), PAUSE)
  else list.replaceChildren()
})
