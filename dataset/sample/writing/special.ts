import { brokenPages } from '../facts/broken.ts'
import { disambiguations } from '../facts/disambiguations.ts'
import { otherNamespaces } from '../facts/namespaces.ts'
import { redirectState } from './redirects.ts'
import { lasting, type PageSpec } from './spec.ts'
import { type Subject, shown } from './subject.ts'

/** Everything that is no ordinary article: ambiguous names, odd redirects, broken pages, other namespaces. */
export function specialPages(language: 'ko' | 'en', subjects: readonly Subject[]): PageSpec[] {
  return [
    ...allDisambiguations(language, subjects).map(({ title, lines }) =>
      lasting(`disambiguation/${title}`, 0, { title, text: disambiguationText(language, title, lines), langlinks: {} }),
    ),
    ...oddRedirects[language].map(([title, target]) =>
      lasting(`odd/${title}`, 0, redirectState(language, title, { title: target, namespace: 0, fragment: '' })),
    ),
    ...brokenPages[language].map(({ title, text }) => lasting(`broken/${title}`, 0, { title, text, langlinks: {} })),
    ...otherNamespaces[language].map(({ namespace, title, text, langlinks, hidden }) =>
      lasting(`other/${title}`, namespace, { title, text, langlinks: langlinks ?? {} }, !hidden),
    ),
  ]
}

/** The written ones, and one for every name that several subjects share. */
function allDisambiguations(language: 'ko' | 'en', subjects: readonly Subject[]) {
  const written = disambiguations[language]
  const titles = new Set(subjects.map((subject) => subject[language]))
  const byName = new Map<string, Subject[]>()
  for (const subject of subjects) {
    const name = shown(subject[language])
    byName.set(name, [...(byName.get(name) ?? []), subject])
  }
  const found = [...byName].flatMap(([name, those]) => {
    const title = titles.has(name) ? `${name} (${language === 'ko' ? '동음이의' : 'disambiguation'})` : name
    if (those.length < 2 || written.some((other) => other.title === title || other.title === name)) return []
    return [{ title, lines: those.map((subject) => `[[${subject[language]}]]`) }]
  })
  return [...written, ...found]
}

function disambiguationText(language: 'ko' | 'en', title: string, lines: readonly string[]): string {
  const list = lines.map((line) => `* ${line}`).join('\n')
  const bare = title.replace(/ \([^)]*\)$/, '')
  return language === 'ko'
    ? `'''${bare}'''의 다른 뜻은 다음과 같다.\n${list}\n\n{{동음이의}}`
    : `'''${bare}''' may refer to:\n${list}\n\n{{disambiguation}}`
}

/** Redirects that a pipeline has to survive: two loops, a page onto itself, double ones, ones to nowhere, doubtful ones. */
const oddRedirects: Readonly<Record<'ko' | 'en', readonly (readonly [title: string, target: string])[]>> = {
  ko: [
    ['고리 하나', '고리 둘'],
    ['고리 둘', '고리 하나'],
    ['제자리 넘겨주기', '제자리 넘겨주기'],
    ['에이아이', 'AI'],
    ['중앙연산장치', 'CPU'],
    ['없는 곳으로', '아직 아무도 쓰지 않은 문서'],
    ['쇠붙이', '철'],
    ['전자두뇌', '중앙 처리 장치'],
    ['유령 기체', '아르곤'],
  ],
  en: [
    ['Loop one', 'Loop two'],
    ['Loop two', 'Loop one'],
    ['Self redirect', 'Self redirect'],
    ['A.I.', 'AI'],
    ['Central processor', 'CPU'],
    ['To nowhere', 'A page nobody has written yet'],
    ['Electronic brain', 'Computer'],
    ['Lazy gas', 'Argon'],
    ['Precious metal', 'Gold'],
  ],
}
