/** Names in the lead: bold ones, and glosses in the bracket after the name. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en, lead, parse } from './parsers.ts'

test('bold names are those of the first paragraph', () => {
  const parsed = parse("'''서울'''은 '''[[한양]]''' 또는 ''이태'' '''한성(漢城)'''이다.\n\n'''다른''' 문단")
  assert.deepEqual(parsed.boldNames, ['서울', '한양', '한성(漢城)'])
})

test('a title in italics with a genitive keeps its apostrophe', () => {
  assert.equal(lead("the ''Iliad'''s hero\nand ''Eagle'''s '''crew'''", en), "the Iliad's hero\nand Eagle's crew")
})

test('a bracket elsewhere in the lead is no gloss of the title, however Latin it is', () => {
  for (const lead of [
    "'''협상'''은 둘 이상의 편이 뜻을 맞추는 일이다. 제2차 전략 무기 제한 협상(SALT II)이 그 예이다.",
    "'''협상'''은 전략 무기 제한 협상(영어: SALT II)과 같은 일이다.",
    "제2차 전략 무기 제한 협상(SALT II)은 '''협상'''의 하나이다.",
    "'''수학 상수'''는 상수(영어: constant)의 하나로, 오메가 상수(Omega constant)가 있다.",
    "'''분류'''는 나누는 일이다 (Mathematics Subject Classification).",
  ]) {
    assert.deepEqual(parse(lead).glosses, [], lead)
  }
})

test('glosses are those of the first bracket after the name', () => {
  const cases: [string, [string, string][]][] = [
    [
      "'''인공지능'''(영어: artificial intelligence, AI, 한자: 人工知能)은",
      [
        ['en', 'artificial intelligence'],
        ['en', 'AI'],
        ['hanja', '人工知能'],
      ],
    ],
    [
      "'''신경망'''({{llang|en|Neural network}}, {{한자|神經網}})은",
      [
        ['en', 'Neural network'],
        ['hanja', '神經網'],
      ],
    ],
    ["'''서울'''({{lang|en|Seoul}}) (영어: not this)", [['en', 'Seoul']]],
    [
      "'''한국'''<ref>x</ref> (韓國, {{langx|en|[[Korea]]}})",
      [
        ['hanja', '韓國'],
        ['en', 'Korea'],
      ],
    ],
    ["『'''소나기'''』([[영어]]: ''Rain Shower'')", [['en', 'Rain Shower']]],
    ["'''베를린'''(Berlin)은", [['und', 'Berlin']]],
    ["'''아인슈타인'''({{llang|de|Albert Einstein}}, 1879년 3월 14일 ~ 1955년)은", [['de', 'Albert Einstein']]],
    ['서울(영어: Seoul)은', [['en', 'Seoul']]],
    ["'''물'''은 (영어: water) 화합물이다", []],
    ["'''가'''({{영어|Ga}})", [['en', 'Ga']]],
    [
      "'''김밥'''(로마자 표기: Gimbap, 매큔-라이샤워 표기: Kimpap)",
      [
        ['und-Latn', 'Gimbap'],
        ['ko-Latn', 'Kimpap'],
      ],
    ],
    [
      "'''모스크바'''({{llang|ru|Москва|Moskva}}, {{llang|ja|モスクワ|모스크바}}, {{llang|fr|Moscou|도시}})",
      [
        ['ru', 'Москва'],
        ['ru-Latn', 'Moskva'],
        ['ja', 'モスクワ'],
        ['fr', 'Moscou'],
      ],
    ],
    [
      "'''도쿄'''({{lang|ja|東京}} {{transl|ja|Tōkyō}})",
      [
        ['ja', '東京'],
        ['ja-Latn', 'Tōkyō'],
      ],
    ],
    [
      "'''서울특별시'''(서울特別市, 영어: Seoul)",
      [
        ['hanja', '서울特別市'],
        ['en', 'Seoul'],
      ],
    ],
    ["'''워싱턴'''(영어: Washington, D.C., IPA: ab)", [['en', 'Washington, D.C.']]],
    [
      "'''통신 규약'''(영어: TCP/IP / internet suite)",
      [
        ['en', 'TCP/IP'],
        ['en', 'internet suite'],
      ],
    ],
    [
      "'''나'''({{lang|ko-Hani|那}}, {{lang|eng|Na}})",
      [
        ['hanja', '那'],
        ['en', 'Na'],
      ],
    ],
  ]
  for (const [text, expected] of cases) {
    assert.deepEqual(
      parse(text).glosses,
      expected.map(([language, gloss]) => ({ language, text: gloss })),
      text,
    )
  }
  const english: [string, [string, string][]][] = [
    ["'''Seoul''' ({{lang-ko|서울}}; {{IPAc-en|s}}) is", [['ko', '서울']]],
    [
      "'''Seoul''' ({{Korean|hangul=서울|hanja=漢城|rr=Seoul}}) is",
      [
        ['ko', '서울'],
        ['hanja', '漢城'],
        ['ko-Latn', 'Seoul'],
      ],
    ],
    [
      "'''Kimchi''' (김치; Korean: 침채) is",
      [
        ['ko', '김치'],
        ['ko', '침채'],
      ],
    ],
    [
      "'''Seoul''' ({{langx|ko|서울|rr=Seoul|mr=Sŏul}}; {{lang-rus|Сеул|r=Seul}}; {{lang-fr|Séoul|city}})",
      [
        ['ko', '서울'],
        ['ko-Latn', 'Seoul'],
        ['ko-Latn', 'Sŏul'],
        ['ru', 'Сеул'],
        ['ru-Latn', 'Seul'],
        ['fr', 'Séoul'],
      ],
    ],
    ["'''Korea''' (Korean War veterans, 1950) is", []],
    [
      "'''Tokyo''' ({{nihongo2|東京}}, Japanese: [[東京都]])",
      [
        ['ja', '東京'],
        ['ja', '東京都'],
      ],
    ],
  ]
  for (const [text, expected] of english) {
    assert.deepEqual(
      parse(text, en, 'x').glosses,
      expected.map(([language, gloss]) => ({ language, text: gloss })),
      text,
    )
  }
})
