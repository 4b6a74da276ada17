/** Results go to standard output; all else goes to standard error. */

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** A line of JSON Lines, of a command that goes on. */
export function printJsonLine(value: unknown): void {
  print(JSON.stringify(value))
}

let quietened = false

/** From here on `say` says nothing: --quiet. */
export function quieten(): void {
  quietened = true
}

/** Whether only results and errors are wanted. */
export function isQuiet(): boolean {
  return quietened
}

/** A word to the person at the terminal. */
export function say(message: string): void {
  if (!quietened) process.stderr.write(`naru: ${message}\n`)
}
