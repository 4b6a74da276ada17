/** Keys as a person presses them; where input is no terminal, the first letter of each line. */
import { createInterface, emitKeypressEvents, type Key } from 'node:readline'
import type { ReadStream } from 'node:tty'

/** Ends with ctrl-C, ctrl-D or the end of the input. */
export async function* keysOf(input: NodeJS.ReadStream): AsyncIterable<string> {
  if (input.isTTY) yield* pressedKeys(input)
  else
    for await (const line of createInterface({ input }))
      if (line.trim() !== '') yield line.trim().charAt(0).toLowerCase()
}

async function* pressedKeys(input: ReadStream): AsyncIterable<string> {
  const pressed: string[] = []
  let wake = (): void => undefined
  let ended = false
  const onKey = (_: string | undefined, { name = '', ctrl = false }: Key): void => {
    if (ctrl && (name === 'c' || name === 'd')) ended = true
    else pressed.push(name.toLowerCase())
    wake()
  }
  emitKeypressEvents(input)
  input.setRawMode(true)
  input.on('keypress', onKey)
  input.resume()
  try {
    while (!ended || pressed.length > 0) {
      const key = pressed.shift()
      if (key !== undefined) yield key
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    input.off('keypress', onKey)
    input.setRawMode(false)
    input.pause()
  }
}
