import type { Section } from './draft.ts'
import type { Prose } from './prose.ts'
import { capital, type Subject, shown } from './subject.ts'

/** A section on what the subject is called: the English name in Korean articles, other names in both. */
export function koNames(prose: Prose, subject: Subject): Section[] {
  const english = subject.enWord.replace(/^the /, '')
  const aliases = subject.koAliases.map(shown).filter((name) => name !== shown(subject.ko))
  const sentences = [
    prose.ko(
      prose.pick('english', [
        '영어로는 {english:이라}고 한다.',
        "영어 이름은 ''{english}''이다.",
        '영어권에서는 {english:이라}는 이름을 쓴다.',
        '영어로는 {lang:이라}고 적는다.',
      ]),
      { english: english, lang: `{{lang|en|${english}}}` },
    ),
    ...(aliases.length > 0
      ? [
          prose.ko(
            prose.pick('others', [
              '한국어로 {names:이라}고도 부른다.',
              '{names:이라}는 표기나 이름도 쓰인다.',
              '달리 {names:이라}고도 적는다.',
            ]),
            {
              names: aliases.map((name) => `‘${name}’`).join(', '),
            },
          ),
        ]
      : [
          prose.ko(
            prose.pick('plain', [
              '한국어 문헌에는 주로 ‘{s}’ 꼴로 나온다.',
              '표제어로는 ‘{s}’ 꼴을 쓴다.',
              '한국어로는 ‘{s}’ 하나로 굳어졌다.',
            ]),
          ),
        ]),
  ]
  return [{ heading: prose.pick('names', ['이름', '명칭', '표기']), blocks: [sentences.join(' ')] }]
}

export function enNames(prose: Prose, subject: Subject): Section[] {
  if (subject.enAliases.length === 0) return []
  const names = subject.enAliases.map((name) => `''${name.replace(/^the /, '')}''`).join(' or ')
  const sentence = prose.en(
    prose.pick('names', ['Another name is {names}.', 'It is also called {names}.', 'Texts may say {names} instead.']),
    { names },
  )
  return [{ heading: prose.pick('namesHead', ['Name', 'Names', 'Terminology']), blocks: [capital(sentence)] }]
}
