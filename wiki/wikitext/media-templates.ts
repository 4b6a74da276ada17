import type { InlineTemplate, Parameters } from './inline-templates.ts'

type Captions = (p: Parameters) => readonly string[]

const mostPictures = 10

function numbered(p: Parameters, key: string): string[] {
  return Array.from({ length: mostPictures }, (_, i) => p.named(`${key}${i + 1}`))
}

const families: readonly (readonly [Captions, string])[] = [
  [(p) => [p.at(3)], 'wide image|panorama|tall image|넓은 그림|넓은그림|파노라마'],
  [(p) => [p.at(6), p.at(7)], 'double image|이중그림'],
  [(p) => [p.named('header'), ...numbered(p, 'caption'), p.named('footer')], 'multiple image|여러그림|여러 그림'],
  [
    (p) => [p.named('title'), p.named('description'), ...numbered(p, 'title'), ...numbered(p, 'description')],
    'listen|듣기|음악 듣기|오디오',
  ],
]

const templates: ReadonlyMap<string, InlineTemplate> = new Map(
  families.flatMap(([captions, names]) => {
    const joined: InlineTemplate = (p) =>
      captions(p)
        .filter((text) => text !== '')
        .join('; ')
    return names.split('|').map((name) => [name, joined] as const)
  }),
)

/** The template of that lower-case name as what stands under its pictures or sounds; undefined where it shows none. */
export function mediaTemplate(name: string): InlineTemplate | undefined {
  return templates.get(name)
}
