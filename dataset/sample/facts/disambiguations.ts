interface Disambiguation {
  readonly title: string
  readonly lines: readonly string[]
}

export const disambiguations: Readonly<Record<'ko' | 'en', readonly Disambiguation[]>> = {
  ko: [
    { title: '자바 (동음이의)', lines: ['[[자바]]: 프로그래밍 언어', '[[자바섬]]: 인도네시아의 섬'] },
    { title: '은 (동음이의)', lines: ["'''[[은]]'''(銀): 원자 번호 47의 원소", '은(殷): 고대 중국의 왕조'] },
    { title: '인', lines: ['[[인 (원소)]](燐): 원자 번호 15의 원소', '인(仁): 유교의 덕목'] },
    { title: '황', lines: ['[[황 (원소)]](黃): 원자 번호 16의 원소', '황(黃): 한국의 성씨'] },
    { title: '염소', lines: ['[[염소 (원소)]]: 원자 번호 17의 원소', '[[염소 (동물)]]: 소과의 가축'] },
    { title: '수은 (동음이의)', lines: ['[[수은]]: 원소', '수은(水銀) 온도계'] },
    { title: '동', lines: ['[[구리]]의 다른 이름', '동(東): 방위의 하나', '동(洞): 행정 구역의 하나'] },
  ],
  en: [
    { title: 'Java (disambiguation)', lines: ['[[Java (programming language)]]', '[[Java]], an island of Indonesia'] },
    {
      title: 'Mercury',
      lines: [
        '[[Mercury (planet)]], the first planet from the Sun',
        '[[Mercury (element)]], a metal that is liquid at room temperature',
      ],
    },
    {
      title: 'Python (disambiguation)',
      lines: ['[[Python (programming language)]]', 'Pythonidae, a family of snakes'],
    },
    { title: 'Array', lines: ['[[Array (data structure)]]', 'Array antenna'] },
    { title: 'Lead (disambiguation)', lines: ['[[Lead]], a heavy metal', 'A leash for a [[dog]]'] },
  ],
}
