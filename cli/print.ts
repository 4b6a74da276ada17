/** Results go to standard output; all else goes to standard error. */

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** A word to the person at the terminal. */
export function say(message: string): void {
  process.stderr.write(`naru: ${message}\n`)
}
