/* Tells the desk that this record is open here, and says who else has it, or has saved it. */

import { KEPT, SIGNED_OUT, SOMEBODY_ELSE, config, form, postForm, tellInGoing, warn } from "publishing/session"

const EVERY = 20_000 // ms

const line = document.getElementById("beside")
const open = { kind: config.kind, record: config.record ?? "" }

async function tell() {
  const version = form.elements.seen_version.value
  const [state, answer] = await postForm(config.here, { ...open, row: config.row, version })
  if (state === KEPT) {
    const said = [answer.said, answer.changed].filter(Boolean).join(" ")
    if (line.textContent !== said) line.textContent = said
  } else if ([SIGNED_OUT, SOMEBODY_ELSE].includes(state)) warn(state)
}

if (config.record) {
  tell()
  setInterval(tell, EVERY)
  window.addEventListener("pageshow", (event) => event.persisted && tell())
  window.addEventListener("pagehide", () => tellInGoing(config.here, { ...open, leaving: "1" }))
}
