import { kings } from '../facts/korea.ts'
import { people } from '../facts/people.ts'
import { both, listed } from '../facts/rows.ts'
import { englishOnly, koreanOnly } from '../facts/single.ts'
import { Prose } from './prose.ts'
import { lasting, type PageSpec } from './spec.ts'
import { type Subject, type SubjectIndex, shown, subjectOf } from './subject.ts'

interface Life {
  readonly subject: Subject
  readonly born: number
  readonly died: number | undefined
  readonly work: { readonly ko: string; readonly en: string }
}

/** Articles without a mate: Korean offices and customs and years, English customs and lists. */
export function singlePages(language: 'ko' | 'en', index: SubjectIndex): PageSpec[] {
  const lives = people.rows.flatMap((row): Life[] => {
    const subject = index.find(shown((row.en ?? '').split('=').at(-1) ?? ''))
    const died = row.died ? Number(row.died) : undefined
    return subject ? [{ subject, born: Number(row.born), died, work: both(row.field ?? '') }] : []
  })
  return language === 'ko'
    ? [...koreanTopics(index), ...yearPages(lives, index)]
    : [...englishTopics(index), ...birthLists(lives, index)]
}

function page(title: string, text: string): PageSpec {
  return lasting(`single/${title}`, 0, { title, text, langlinks: {} })
}

function proseFor(language: 'ko' | 'en', title: string, index: SubjectIndex): Prose {
  return new Prose(
    subjectOf('single', language === 'ko' ? { ko: title, en: `~${title}` } : { ko: title, en: title }),
    index,
  )
}

function koreanTopics(index: SubjectIndex): PageSpec[] {
  return koreanOnly.map((row, at) => {
    const prose = proseFor('ko', row.title, index)
    const related = index.all(listed(row.refs))
    const next = koreanOnly[(at + 1) % koreanOnly.length]!
    const gloss = row.hanja ? `(${row.hanja})` : ''
    return page(
      row.title,
      [
        prose.ko(
          `'''{s}'''${gloss}{particle} ${row.definition}이다. ${row.fact} ${prose.pick('more', ['{related:과} 관계가 깊다.', '{related:을} 함께 알아 두면 좋다.'])}`,
          {
            related,
            particle: prose.ko('{s:은}').slice(shown(row.title).length),
          },
        ),
        `\n== 설명 ==\n${prose.ko(prose.pick('p', ['오늘날에는 박물관이나 책에서 만날 수 있다. ', '지금도 그 자취가 남아 있다. ', '옛 기록에 자주 나온다. ']))}${prose.ko('{first:은} 이와 떼어 놓기 어려운 것으로 꼽힌다.', { first: related[0] ?? '이웃' })}`,
        `\n== 같이 보기 ==\n* [[${next.title}]]: ${next.definition}`,
        '\n[[분류:한국의 역사와 문화]]',
      ].join('\n'),
    )
  })
}

function englishTopics(index: SubjectIndex): PageSpec[] {
  return englishOnly.map((row, at) => {
    const prose = proseFor('en', row.title, index)
    const related = index.all(listed(row.refs))
    const next = englishOnly[(at + 1) % englishOnly.length]!
    return page(
      row.title,
      [
        `'''${row.title}''' is ${row.definition}. ${row.fact} ${related.length > 0 ? prose.en(prose.pick('more', ['It has to do with {related:s}.', 'It is linked with {related:s}.']), { related }) : ''}`.trim(),
        `\n== Description ==\n${prose.pick('p', ['Visitors often ask about it.', 'It is still alive today.', 'Guides to the country seldom leave it out.'])}`,
        `\n== See also ==\n* [[${next.title}]]: ${next.definition}`,
        '\n[[Category:British culture]]',
      ].join('\n'),
    )
  })
}

/** Years in which at least one person or reign of the tables begins, as kowiki's year pages: events, births, deaths. */
function yearPages(lives: readonly Life[], index: SubjectIndex): PageSpec[] {
  const years = [...new Set(lives.filter((life) => life.born > 1500).map((life) => life.born))].sort((a, b) => a - b)
  return years.slice(-60).map((year) => {
    const prose = proseFor('ko', `${year}년`, index)
    const line = (life: Life) => `* ${prose.linkKo(life.subject)}, ${life.work.ko}`
    const born = lives.filter((life) => life.born === year).map(line)
    const died = lives.filter((life) => life.died === year).map(line)
    const reigns = kings.rows
      .filter((row) => Number(row.from) <= year && Number(row.to) >= year)
      .flatMap((row) => index.all([row.en ?? '']))
    const block = (heading: string, lines: readonly string[]) =>
      lines.length > 0 ? `\n== ${heading} ==\n${lines.join('\n')}` : ''
    return page(
      `${year}년`,
      [
        `'''${year}년'''은 ${Math.ceil(year / 100)}세기의 해이다.`,
        reigns.length > 0 ? prose.ko('조선에서는 {reigns:이} 다스리던 때이다.', { reigns }) : '',
        block('태어난 사람', born),
        block('죽은 사람', died),
        `\n[[분류:${year}년]]`,
      ]
        .filter((part) => part !== '')
        .join('\n'),
    )
  })
}

function birthLists(lives: readonly Life[], index: SubjectIndex): PageSpec[] {
  const decades = [
    ...new Set(lives.filter((life) => life.born > 1300).map((life) => Math.floor(life.born / 10) * 10)),
  ].sort((a, b) => a - b)
  return decades.map((decade) => {
    const title = `List of people born in the ${decade}s`
    const prose = proseFor('en', title, index)
    const those = lives.filter((life) => life.born >= decade && life.born < decade + 10)
    const lines = those.map(
      (life) => `|-\n| ${prose.linkEn(life.subject)} || ${life.born} || ${life.died ?? '–'} || ${life.work.en}`,
    )
    return page(
      title,
      `This is a '''list of people born in the ${decade}s''' who have an article in this sample.\n\n{| class="wikitable sortable"\n! Name !! Born !! Died !! Known as\n${lines.join('\n')}\n|}\n\n[[Category:Lists of people]]`,
    )
  })
}
