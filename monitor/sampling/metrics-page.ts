/** Prometheus' text format, as services serve it and as a run leaves it in its folder. */

export interface Figure {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? +(\S+)/
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g

/** The figures of a page; comments and what is no figure are left out. Source: prometheus.io/docs/instrumenting/exposition_formats */
export function figuresIn(page: string): Figure[] {
  const figures: Figure[] = []
  for (const text of page.split('\n')) {
    if (text.startsWith('#')) continue
    const [, name, labelText = '', number] = line.exec(text) ?? []
    const value = Number(number)
    if (name === undefined || Number.isNaN(value)) continue
    const labels: Record<string, string> = {}
    for (const [, key, quoted] of labelText.matchAll(label)) labels[key!] = unescaped(quoted!)
    figures.push({ name, labels, value })
  }
  return figures
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
}
