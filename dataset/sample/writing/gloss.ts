import type { Prose } from './prose.ts'
import { withParticle } from './prose.ts'
import { capital, type Subject, shown } from './subject.ts'

export interface Gloss {
  /** Chinese characters of the Korean name. */
  readonly hanja?: string
  /** Original name and its language code, where that is neither Korean nor English. */
  readonly native?: { readonly code: string; readonly text: string }
}

/** `'''수소'''(水素, {{llang|en|hydrogen}})는`, in one of the habits that kowiki's editors have. */
export function koLead(prose: Prose, subject: Subject, particle: string, gloss: Gloss = {}): string {
  const bold = `'''${shown(subject.ko)}'''`
  const english = subject.enWord.replace(/^the /, '')
  const foreign = prose.pick('gloss', [
    `{{llang|en|${english}}}`,
    `{{llang|en|${english}}}`,
    `영어: {{lang|en|${english}}}`,
    `영어: ${english}`,
    `{{lang|en|${english}}}`,
    `영어: ''${english}''`,
  ])
  const parts: string[] = []
  if (gloss.hanja)
    parts.push(prose.pick('hanja', [gloss.hanja, `{{한자|${gloss.hanja}}}`, `{{lang|ko-Hani|${gloss.hanja}}}`]))
  if (gloss.native) parts.push(`{{llang|${gloss.native.code}|${gloss.native.text}}}`)
  const korean = gloss.hanja !== undefined && gloss.native === undefined && /^[A-Z]/.test(subject.enWord)
  if (!korean || prose.pick('both', [true, true, false])) parts.push(foreign)
  const alias = subject.koAliases.find((name) => shown(name) !== shown(subject.ko))
  const also = alias && prose.pick('also', [true, true, false]) ? ` 또는 '''${shown(alias)}'''` : ''
  return withParticle(`${bold}(${parts.join(', ')})${also}`, particle)
}

/** `'''Hydrogen'''`, `A '''lion'''`, with Korean in brackets only where the subject is Korean. */
export function enLead(
  prose: Prose,
  subject: Subject,
  gloss: { readonly korean?: string; readonly hanja?: string } = {},
): string {
  const the = /^the /.test(subject.enWord)
  const word = the ? subject.enWord.slice(4) : subject.enWord
  const bare = shown(subject.common ? word : subject.en === capital(word) ? word : word)
  const article = prose.pick('article', [true, true, false]) || the
  const start = the
    ? `The '''${bare}'''`
    : subject.mass
      ? `'''${capital(bare)}'''`
      : article
        ? `${/^[aeiou]/i.test(bare) && !/^(?:uni|use|eu|ur[aeiou])/i.test(bare) ? 'An' : 'A'} '''${bare}'''`
        : `The '''${bare}'''`
  const inside: string[] = []
  if (gloss.korean)
    inside.push(
      prose.pick('ko', [`{{lang-ko|${gloss.korean}}}`, `{{langx|ko|${gloss.korean}}}`, `Korean: ${gloss.korean}`]),
    )
  if (gloss.hanja) inside.push(`{{lang|ko-Hani|${gloss.hanja}}}`)
  const brackets = inside.length > 0 ? ` (${inside.join('; ')})` : ''
  const alias = subject.enAliases[0]
  const also =
    alias && prose.pick('also', [true, true, false])
      ? `, also known as ${alias.replace(/^(the )?(.*)$/, "$1'''$2'''")},`
      : ''
  return `${start}${brackets}${also}`
}
