// Loaded before a service: its Date goes wrong by the milliseconds that a file says, and the file may change at any time.
// Timers and performance.now() keep their pace, as on a machine whose wall clock is set.
import { readFileSync } from 'node:fs'

const file = process.env.NARU_CHAOS_CLOCK
const Genuine = Date
let offsetMs = 0
const look = () => {
  try {
    offsetMs = Number(readFileSync(file, 'utf8'))
  } catch {
    offsetMs = 0
  }
}

globalThis.Date = class extends Genuine {
  constructor(...parts) {
    if (parts.length === 0) super(Genuine.now() + offsetMs)
    else super(...parts)
  }

  static now() {
    return Genuine.now() + offsetMs
  }
}

if (file !== undefined) {
  look()
  setInterval(look, 250).unref()
}
