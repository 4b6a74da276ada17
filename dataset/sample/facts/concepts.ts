import { computing } from './computing.ts'
import type { conceptColumns } from './concept-columns.ts'
import { anatomy, medicine } from './health.ts'
import { land, languages } from './land.ts'
import { food, instruments, plants, sports } from './leisure.ts'
import { mathematics, physics } from './science.ts'
import { society, thought } from './society.ts'
import { professions, things } from './things.ts'

export type ConceptRow = Readonly<Record<(typeof conceptColumns)[number], string>>

export interface ConceptDomain {
  readonly name: string
  readonly ko: string
  readonly en: string
  /** A clause that ends a definition: `컴퓨터 과학에서 다룬다`. */
  readonly koPlace: string
  /** A phrase that opens one: `In computer science`. */
  readonly enPlace: string
  readonly koCategory: string
  readonly enCategory: string
  readonly koBox?: string
  readonly enBox?: string
  readonly koHeadings: readonly string[]
  readonly enHeadings: readonly string[]
  readonly koSentences: readonly string[]
  readonly enSentences: readonly string[]
  readonly rows: readonly ConceptRow[]
}

export const conceptDomains: readonly ConceptDomain[] = [
  {
    name: 'computing',
    ko: '컴퓨터 과학',
    en: 'computer science',
    koPlace: '컴퓨터 과학에서 다룬다',
    enPlace: 'In computing',
    koCategory: '컴퓨터 과학',
    enCategory: 'Computer science',
    koBox: '소프트웨어 정보',
    enBox: 'Infobox software',
    koHeadings: ['개요', '원리', '쓰임', '구조'],
    enHeadings: ['Overview', 'Principle', 'Use', 'Structure'],
    koSentences: [
      '컴퓨터 과학의 교과 과정에서는 {s:을} {first:과} 함께 배운다.',
      '{s:과} {first:은} 함께 발전해 왔다.',
      '{s:을} 이해하려면 {first:을} 먼저 알아 두는 것이 좋다.',
    ],
    enSentences: [
      'Courses in computer science teach it together with {first:s}.',
      'It has grown side by side with {first:s}.',
      'To understand it, it helps to know about {first:s} first.',
    ],
    rows: computing,
  },
  {
    name: 'mathematics',
    ko: '수학',
    en: 'mathematics',
    koPlace: '수학에서 다룬다',
    enPlace: 'In mathematics',
    koCategory: '수학',
    enCategory: 'Mathematics',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:은} {first:과} 함께 배우는 일이 많다.',
      '문제를 풀 때 {s:과} {first:을} 함께 쓰면 길이 보이기도 한다.',
      '{s:을} 알면 {first:도} 한결 쉽게 이해된다.',
    ],
    enSentences: [
      'Pupils often meet it together with {first:s}.',
      'In solving problems it goes well with {first:s}.',
      'Who knows it finds {first:s} easier to grasp.',
    ],
    rows: mathematics,
  },
  {
    name: 'physics',
    ko: '자연 과학',
    en: 'natural science',
    koPlace: '자연 과학의 연구 대상이다',
    enPlace: 'In science',
    koCategory: '자연 과학',
    enCategory: 'Natural sciences',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:을} 설명하려면 {first:을} 빼놓을 수 없다.',
      '교과서는 {s:을} {first:과} 묶어 한 단원에서 다룬다.',
      '실험실에서는 {first:과} 견주어 {s:을} 살핀다.',
    ],
    enSentences: [
      'It cannot be explained without {first:s}.',
      'Textbooks treat it in one chapter with {first:s}.',
      'In the laboratory it is studied beside {first:s}.',
    ],
    rows: physics,
  },
  {
    name: 'anatomy',
    ko: '해부학',
    en: 'anatomy',
    koPlace: '해부학에서 다룬다',
    enPlace: 'In anatomy',
    koCategory: '해부학',
    enCategory: 'Anatomy',
    koBox: '해부학 정보',
    enBox: 'Infobox anatomy',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:은} {first:과} 이어져 함께 움직인다.',
      '{first:에} 탈이 나면 {s:에도} 영향이 간다.',
      '진찰할 때 {first:과} 함께 살펴본다.',
    ],
    enSentences: [
      'It works together with {first:s}.',
      'Trouble with {first:s} can affect it too.',
      'Doctors look at it along with {first:s}.',
    ],
    rows: anatomy,
  },
  {
    name: 'medicine',
    ko: '의학',
    en: 'medicine',
    koPlace: '의학에서 다룬다',
    enPlace: 'In medicine',
    koCategory: '의학',
    enCategory: 'Medicine',
    koBox: '질병 정보',
    enBox: 'Infobox medical condition',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '의학에서는 {s:을} {first:과} 함께 다룬다.',
      '{first:과} 얽힌 지식이 {s:을} 이해하는 바탕이 된다.',
      '보건소에서는 {s:에} 대한 안내를 한다.',
    ],
    enSentences: [
      'Medicine treats it together with {first:s}.',
      'Knowledge about {first:s} is the base for understanding it.',
      'Health centres give advice about it.',
    ],
    rows: medicine,
  },
  {
    name: 'society',
    ko: '사회',
    en: 'society',
    koPlace: '사회 과학의 주제이다',
    enPlace: 'In society',
    koCategory: '사회',
    enCategory: 'Society',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '사회에서 {s:은} {first:과} 떼어 놓고 생각하기 어렵다.',
      '{s:과} {first:은} 서로 영향을 주고받는다.',
      '신문에서는 {s:을} {first:과} 함께 다루는 일이 잦다.',
    ],
    enSentences: [
      'In society it can hardly be thought of without {first:s}.',
      'It acts on {first:s} and is acted on in turn.',
      'Newspapers often treat it along with {first:s}.',
    ],
    rows: society,
  },
  {
    name: 'thought',
    ko: '문화',
    en: 'culture',
    koPlace: '문화의 한 갈래이다',
    enPlace: 'In culture',
    koCategory: '문화',
    enCategory: 'Culture',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:의} 역사를 말할 때 {first:이} 자주 나온다.',
      '{s:은} {first:과} 더불어 사람들의 삶에 스며 있다.',
      '박물관과 공연장에서 {s:을} {first:과} 함께 만날 수 있다.',
    ],
    enSentences: [
      'Its history cannot be told without {first:s}.',
      'Together with {first:s} it is part of how people live.',
      'Museums and stages show it along with {first:s}.',
    ],
    rows: thought,
  },
  {
    name: 'instrument',
    ko: '음악',
    en: 'music',
    koPlace: '음악에서 쓰인다',
    enPlace: 'In music',
    koCategory: '악기',
    enCategory: 'Musical instruments',
    koBox: '악기 정보',
    enBox: 'Infobox instrument',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:과} {first:은} 함께 연주되는 일이 있다.',
      '{s:을} 배우는 사람은 {first:에도} 관심을 가지곤 한다.',
      '연주회에서는 {first:과} 견주어 듣는 재미가 있다.',
    ],
    enSentences: [
      'It is sometimes heard together with {first:s}.',
      'Those who learn it often care for {first:s} too.',
      'In concerts it can be compared with {first:s}.',
    ],
    rows: instruments,
  },
  {
    name: 'sport',
    ko: '운동 경기',
    en: 'sport',
    koPlace: '운동 경기의 하나이다',
    enPlace: 'In sport',
    koCategory: '스포츠',
    enCategory: 'Sports',
    koBox: '스포츠 정보',
    enBox: 'Infobox sport',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:은} {first:과} 함께 체육 시간에 배우기도 한다.',
      '{first:을} 즐기는 사람이 {s:도} 좋아하는 일이 많다.',
      '경기장에서는 {s:과} {first:을} 번갈아 볼 수 있다.',
    ],
    enSentences: [
      'Schools teach it along with {first:s}.',
      'People who like {first:s} often enjoy it too.',
      'Sports grounds serve it as well as {first:s}.',
    ],
    rows: sports,
  },
  {
    name: 'food',
    ko: '음식',
    en: 'food',
    koPlace: '먹거리의 하나이다',
    enPlace: 'At the table',
    koCategory: '음식',
    enCategory: 'Foods',
    koBox: '음식 정보',
    enBox: 'Infobox food',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:은} {first:과} 잘 어울린다.',
      '상에 올릴 때 {first:과} 함께 내기도 한다.',
      '{s:을} 이야기할 때 {first:이} 함께 떠오른다.',
    ],
    enSentences: [
      'It goes well with {first:s}.',
      'It may be served along with {first:s}.',
      'Whoever speaks of it thinks of {first:s} too.',
    ],
    rows: food,
  },
  {
    name: 'plant',
    ko: '식물',
    en: 'plants',
    koPlace: '식물의 하나이다',
    enPlace: 'Among plants',
    koCategory: '식물',
    enCategory: 'Plants',
    koBox: '생물 분류',
    enBox: 'Speciesbox',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:은} {first:과} 함께 사람의 살림에 쓰인다.',
      '밭이나 뜰에서 {first:과} 나란히 볼 수 있다.',
      '시장에서는 {s:을} {first:과} 함께 판다.',
    ],
    enSentences: [
      'Like {first:s} it is of use to people.',
      'In fields or gardens it may stand beside {first:s}.',
      'Markets sell it along with {first:s}.',
    ],
    rows: plants,
  },
  {
    name: 'thing',
    ko: '물건',
    en: 'everyday things',
    koPlace: '생활에 쓰인다',
    enPlace: 'In daily life',
    koCategory: '물건',
    enCategory: 'Objects',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:은} {first:과} 함께 쓰이는 일이 많다.',
      '생활에서 {s:과} {first:은} 가까운 사이이다.',
      '{first:이} 없었다면 {s:의} 역사도 달라졌을 것이다.',
    ],
    enSentences: [
      'It is often used together with {first:s}.',
      'In daily life it is close to {first:s}.',
      'Without {first:s} its history would be another.',
    ],
    rows: things,
  },
  {
    name: 'profession',
    ko: '직업',
    en: 'professions',
    koPlace: '직업의 하나이다',
    enPlace: 'In working life',
    koCategory: '직업',
    enCategory: 'Occupations',
    koBox: '직업 정보',
    enBox: 'Infobox occupation',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:의} 일에는 {first:이} 따라다닌다.',
      '{s:은} {first:을} 다루는 솜씨를 익혀야 한다.',
      '{s:이} 하는 일은 {first:과} 관계가 깊다.',
    ],
    enSentences: [
      'The work has much to do with {first:s}.',
      'Whoever takes it up must learn about {first:s}.',
      '{first:S} belong to the daily work.',
    ],
    rows: professions,
  },
  {
    name: 'land',
    ko: '지리',
    en: 'geography',
    koPlace: '지리에서 다룬다',
    enPlace: 'In geography',
    koCategory: '지리',
    enCategory: 'Geography',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '지도에서 {s:을} 찾을 때는 {first:을} 먼저 보면 쉽다.',
      '{s:은} {first:과} 함께 지리 시간에 배운다.',
      '여행자는 {s:을} {first:과} 이어서 둘러보곤 한다.',
    ],
    enSentences: [
      'On a map it is easily found by way of {first:s}.',
      'Geography lessons treat it with {first:s}.',
      'Travellers often see it after {first:s}.',
    ],
    rows: land,
  },
  {
    name: 'language',
    ko: '언어',
    en: 'language',
    koPlace: '언어의 하나이다',
    enPlace: 'Among languages',
    koCategory: '언어',
    enCategory: 'Languages',
    koBox: '언어 정보',
    enBox: 'Infobox language',
    koHeadings: ['개요', '특징', '쓰임', '설명'],
    enHeadings: ['Overview', 'Features', 'Use', 'Description'],
    koSentences: [
      '{s:을} 배우는 사람은 {first:에도} 관심을 가진다.',
      '{s:의} 낱말에는 {first:과} 얽힌 것이 많다.',
      '{s:은} {first:과} 떼어 놓고 말하기 어렵다.',
    ],
    enSentences: [
      'Those who learn it also take an interest in {first:s}.',
      'Many of its words have to do with {first:s}.',
      'It can hardly be described without {first:s}.',
    ],
    rows: languages,
  },
]
