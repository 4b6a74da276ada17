import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Site, siteOf } from '../../wiki/site.ts'
import { en, ko, lead, parse } from './parsers.ts'

test('brackets that lost their content are mended, and Korean particles follow directly', () => {
  const text = "'''베를린'''({{llang|de|Berlin}} {{IPA-all|bɛɐˈliːn}} {{소리|de-Berlin.ogg}})은 [[독일]]의 수도이다."
  assert.equal(lead(text), '베를린(Berlin)은 독일의 수도이다.')
  assert.equal(lead('가 ( ) 나 (, ; ) 다 (; 라 , ) 마 ((  )) 바'), '가 나 다 (라) 마 바')
})

test('inline templates of both languages keep their words', () => {
  const cases: [string, string][] = [
    ['{{한자|人工知能}}', '人工知能'],
    ['{{lang|en|[[Seoul]]}}', 'Seoul'],
    ['{{lang-ko|서울}}', '서울'],
    ['{{출생일과 나이|1980|3|5}}', '1980년 3월 5일'],
    ['{{국기나라|독일}}', '독일'],
    ['{{convert|10|to|20|km|mi}} 떨어진', '10 to 20 km 떨어진'],
    ['{{convert|5|sqmi}}', '5 sq mi'],
    ['{{frac|1|2}}', '1/2'],
    ['{{val|3.5|u=m}}', '3.5 m'],
    ['{{nowrap|가 {{small|나}}}}', '가 나'],
    ['{{본명|홍길동|洪吉童}}', '홍길동(洪吉童)'],
    ['{{루비|東京|とうきょう}}', '東京'],
    ['{{일본어|도쿄|東京|とうきょう}}', '도쿄 (東京, とうきょう)'],
    ['{{#은는:서울}} {{#은는:바다}} {{#으로:서울}} {{#이가:책}}', '서울은 바다는 서울로 책이'],
    ['{{없는 문서|가나|en|Gana}}', '가나'],
    ['{{틀:nowrap|가}}', '가'],
    ['{{알 수 없는 틀|내용}}', ''],
    ['{{hlist|가|나}}', '가, 나'],
    ['가{{·}}나', '가 · 나'],
    ['{{문서이름}}', '서울'],
    ['{{#if:|가|나}}', '나'],
    ['{{1|2{{!}}3}}', ''],
    ['{{nowrap|가{{!}}나}}', '가|나'],
    ['{{개행 금지|가 나}} {{위 첨자|다}}', '가 나 다'],
    ['{{시작 날짜|2001|9}}', '2001년 9월'],
    ['{{일본어 표기|도쿄|東京}}', '도쿄 (東京)'],
    ['{{단순목록|* 가\n* 나}}', '가\n나'],
    ['{{ESP}} [[마드리드]], {{KOR}}, {{esp|3}}', '스페인 마드리드, 대한민국, × 10^3'],
  ]
  for (const [text, expected] of cases) assert.equal(lead(text), expected, text)
})

test('dates, ages, sums of money, ships and marriages read as the wiki shows them', () => {
  const cases: [string, string][] = [
    ['{{birth date|1980|3|5}}', 'March 5, 1980'],
    ['{{Birth date and age|1980|march|05|df=yes}}', '5 March 1980'],
    ['{{start date|1993|02}}', 'February 1993'],
    ['{{start date|1993|02|24|08|30}}', 'February 24, 1993'],
    ['{{start-date|7 December 1941}}', '7 December 1941'],
    ['{{death year and age|2017|1967}}', '2017'],
    ['{{as of|2025|01|28}}', 'As of 28 January 2025'],
    ['{{as of|2025|1|lc=y}}', 'as of January 2025'],
    ['{{as of|2025|01|28|df=US|since=y}}', 'Since January 28, 2025'],
    ['{{as of|2010|alt=by then}}', 'by then'],
    ['{{age|1989|7|23|2003|7|14}} {{age|1989|7|23}}', '13'],
    [
      '{{US$|21.20&nbsp;billion}} {{GBP|5}} {{currency|1,000|JPY}} {{currency|7|XYZ}}',
      'US$21.20 billion £5 ¥1,000 XYZ7',
    ],
    [
      '{{USS|Enterprise|CVN-65}}, {{HMS|Hood||6}}, {{ship|ARA|General Belgrano}}',
      'USS Enterprise (CVN-65), HMS Hood, ARA General Belgrano',
    ],
    ['{{sclass|Valiant|harbor tug}}', 'Valiant-class harbor tug'],
    ['{{marriage|Elsa|1919|1936}} {{marriage|Mileva}}', 'Elsa (m. 1919–1936) Mileva'],
    ['{{sortname|Tom|Jones}} {{resize|80%|small}} {{sic|recie|ve|hide=y}}', 'Tom Jones small recieve'],
    [
      '{{station link|MTR|University}} {{no redirect|page|label}} {{font|text=Some|size=20px}}',
      'University label Some',
    ],
    ['[[Salt]]{{snds}}[[Pepper]]{{\\}}Curry', 'Salt – Pepper / Curry'],
  ]
  for (const [text, expected] of cases) assert.equal(lead(text, en), expected, text)
})

test('numbers keep their units, their second unit, their uncertainty and their power of ten', () => {
  const cases: [string, string][] = [
    ['{{convert|5|ft|11|in|cm}} {{convert|1|mi|200|yd|m}} {{convert|6|ft|2}}', '5 ft 11 in 1 mi 200 yd 6 ft'],
    ['{{convert|1.5|e6km2|sqmi}} {{convert|3|kg/m3}} {{convert|2|cuin}}', '1.5 × 10^6 km² 3 kg/m³ 2 cu in'],
    ['{{convert|5|sqkm}} {{convert|-40|F}} {{cvt|12|kg|lb}}', '5 km² -40 °F 12 kg'],
    ['{{val|1.234|5|u=m/s}} {{val|1.23|(4)|e=3}} {{val|1|+0.2|-0.3|ul=m}}', '1.234±5 m/s 1.23(4) × 10^3 1+0.2−0.3 m'],
    ['{{val|1.2|0.3|e=9|u=kg}} {{val|p=~|5|u=km|up=s}}', '(1.2±0.3) × 10^9 kg ~5 km/s'],
    ['{{height|ft=5|in=11}} {{height|m=1.8}} {{track gauge|1435mm}}', '5 ft 11 in 1.8 m 1435 mm'],
    ['{{floruit|1500}} {{reign|1500|1510}} {{circa|1500}} {{ordinal|3}}', 'fl. 1500 r. 1500–1510 c. 1500 3rd'],
    ['{{dts|2001|9|11}} {{dts|2001-09-11}}', 'September 11, 2001 2001-09-11'],
    ['{{ill|Foo|fr|Bar|lt=Label}} Hawai{{okina}}i', 'Label Hawaiʻi'],
  ]
  for (const [text, expected] of cases) assert.equal(lead(text, en), expected, text)
})

test('a behaviour switch is no prose, and a name between underscores is', () => {
  const cases: [string, Site, string][] = [
    ['__목차숨김__ 가 __init__ 나 __toc__', ko, '가 __init__ 나'],
    ['a __NOTOC__ __init__ <code>__name__</code> __FILE__', en, 'a __init__ __name__ __FILE__'],
    ['__index__ __INDEX__ __a__TOC__ __a_b__', en, '__index__ __a __a_b__'],
    ['__KEIN_INHALTSVERZEICHNIS__ a __init__', siteOf(undefined, { wiki: 'dewiki' }), 'a __init__'],
    ['a__b__c ___ ____ __가—나__', ko, 'a__b__c ___ ____ __가—나__'],
  ]
  for (const [text, site, expected] of cases) assert.equal(lead(text, site), expected, text)
  assert.deepEqual(
    parse('a\n== __init__ __NOTOC__ ==\nb', en).sections.map(({ heading }) => heading),
    ['__init__'],
  )
})

test('a parameter outside of any template reads as its default', () => {
  const cases: [string, string][] = [
    ['가 {{{이름|나}}} 다', '가 나 다'],
    ['{{{foo|bar}}}', 'bar'],
    ['가{{{이름}}}나{{{이름|}}}다', '가나다'],
    ['{{{a|b|c}}}', 'b'],
    ['{{{a|[[나|다]] {{nowrap|라}}}}}', '다 라'],
    ['{{{a|{{{b|다}}}}}} 라', '다 라'],
    ['{{nowrap|{{{a|나}}}}} 다', '나 다'],
    ['{{lang|en|{{{a}}}}}다', '다'],
    ['{{{{{a}}} b|c}} 다', '다'],
    ['{{{a|{{b}}}} 다', '다'],
  ]
  for (const [text, expected] of cases) assert.equal(lead(text), expected, text)
})

test('what MediaWiki shows of letters, sounds, reactions, codes and densities is prose', () => {
  const cases: [string, string][] = [
    ['the vowel {{IPA|/a/}}, and called', 'the vowel /a/, and called'],
    ["'''Aruba''' ({{IPAc-en|ə|ˈ|r|uː|b|ə}}; {{IPA|nl|aːˈrubaː}}) is", 'Aruba is'],
    ['when {{vr|a}} is followed by {{angbr|r}}', 'when ⟨a⟩ is followed by ⟨r⟩'],
    ['H {{eqm}} H', 'H ⇌ H'],
    ['a density of {{Pop density|3645257|640081.87|km2|sqmi|prec=1}} in', 'a density of 5.7/km² in'],
    ['a density of {{Pop density|1,200|7|sqmi}}', 'a density of 171/sq mi'],
    ['{{Pop density|many|7|km2}}people', 'people'],
    ['{{US patent|1781541}} was', 'U.S. Patent 1,781,541 was'],
    ['{{EPC Article|85}} and {{EPC Rule|47}}', 'Article 85 EPC and Rule 47 EPC'],
    ['{{columns|width=9em|col1=\n* [[A]]\n* B\n|col2=\n* C}}', 'A\nB\n\nC'],
  ]
  for (const [text, expected] of cases) assert.equal(lead(text, en), expected, text)
  const { infoboxes } = parse(
    '{{Taxobox|fossil_range={{Fossil range|Silurian|Recent}}|code={{ICD10|F|84|0|f|80}}}}',
    en,
  )
  assert.deepEqual(infoboxes[0]?.fields, { fossil_range: 'Silurian–Recent', code: 'F84.0' })
})

test('a line of which a citation leaves its full stop alone is no line', () => {
  assert.equal(lead('a\n* {{cite book|title=T}}.\n* b', en), 'a\n\nb')
})

test('coordinates are prose where they stand in the sentence, and those beside the title are the page’s', () => {
  const cases: [string, string][] = [
    ['{{coord|48|51|24|N|2|21|E}}', '48°51′24″N 2°21′E'],
    ['{{coord|48.86|-2.35|display=inline,title}}', '48.86°N 2.35°W'],
    ['{{coord|48.86|n|2.35|w|display=it}}', '48.86°N 2.35°W'],
    ['{{coord|48|N|2|E|display=title}}', ''],
    ['{{coord|148|N|2|E}}', ''],
  ]
  for (const [text, expected] of cases)
    assert.equal(lead(`a (${text})b`, en), expected === '' ? 'a b' : `a (${expected})b`, text)
  const place = (text: string) => parse(text, en).coordinates
  const [inline, title] = ['{{coord|12|19|N|70|1|W}}', '{{coord|12|30|N|69|58|W|display=title}}']
  assert.deepEqual(place(`a ${inline} b ${title}`), place(title))
  assert.deepEqual(place(`${title} ${title.replace('12', '13')} ${inline}`), place(title))
  assert.equal(place(`a ${inline} ${inline.replace('12', '13')}`)?.latitude, 12 + 19 / 60)
})

test('templates of pictures and sounds give their captions, and no infobox', () => {
  const text =
    '{{Listen|filename=a.ogg|title="A"|description=Sung by [[B]]|type=music}}\n{{wide image|a.jpg|9px|[[C]]}}' +
    '{{Multiple image|image1=a.jpg|caption1=D|image2=b.jpg|caption2=E|footer=F}}{{double image|left|a|1|b|2|G}}' +
    '{{wide image|a.jpg|9px}}'
  const { captions, infoboxes, lead } = parse(text, en)
  assert.deepEqual(captions, ['"A"; Sung by B', 'C', 'D; E; F', 'G'])
  assert.deepEqual([infoboxes, lead], [[], ''])
})

test('comments, notes, tables, files, galleries and switches are no prose', () => {
  const text = `__목차숨김__
{{다른 뜻}}
[[파일:a.jpg|섬네일|250px|[[국가의회 의사당]] {{lang|de|x}}]]
가<!-- {{ [[ --> 나<ref name="a">{{서적 인용|제목=x}}</ref><ref name=a />.
{| class="wikitable"
! 번호 !! 구역
|-
| 1 || [[파일:b.svg|24px]] {{x|y}}
{|
| nested
|}
|}
<gallery>
a.jpg|설명
</gallery>
<math>\\frac{a}{b}</math>다<br/>라 <small>마</small> &nbsp; km<sup>2</sup> H<sub>2</sub>O <math>n > 0</math>
----
[http://example.com 바깥] [http://example.com] 끝 ~~~~`
  const parsed = parse(text)
  assert.equal(parsed.lead, '가 나.\n\n\\(\\frac{a}{b}\\)다 라 마 km² H2O \\(n > 0\\)\n\n바깥 끝')
  assert.equal(parsed.references, 2)
})

test('nowiki and entities give characters, not markup', () => {
  assert.equal(
    lead("<nowiki>[[가]] '''나''' {{다}}</nowiki> &lt;ref&gt; &#91;&#91;라]] &amp;lt; &hellip;"),
    "[[가]] '''나''' {{다}} <ref> [[라 &lt; …",
  )
})

test('entities of HTML 5 are characters, one or two of them', () => {
  const cases: [string, string][] = [
    ['&eacute; &ell; &Afr; &CounterClockwiseContourIntegral; &langle;x&rangle;', 'é ℓ 𝔄 ∳ ⟨x⟩'],
    ['a &NotEqualTilde; b &nvlt;&acE; &fjlig;ord &caps;', 'a ≂̸ b <⃒∾̳ fjord ∩︀'],
    ['a&NewLine;* b&Tab;c &nosuchentity; &toString; & &amp;lt;', 'a * b c &nosuchentity; &toString; & &lt;'],
  ]
  for (const [text, expected] of cases) assert.equal(lead(text, en), expected, text)
})

test('sections keep heading and level, lists their lines', () => {
  const { lead: text, sections } = parse(
    "서론.\n\n둘째 문단.\n== '''역사''' ==\n* 하나\n** 둘 [[셋]]\n; 용어 : 뜻\n=== 초기 ===\n글.\n== 빈 ==\n",
  )
  assert.equal(text, '서론.\n\n둘째 문단.')
  assert.deepEqual(sections, [
    { heading: '역사', level: 2, text: '하나\n둘 셋\n용어: 뜻' },
    { heading: '초기', level: 3, text: '글.' },
    { heading: '빈', level: 2, text: '' },
  ])
})

test('links are counted by target and surface, targets normalised', () => {
  const { links } = parse(
    '[[고양이]] [[고양이]]s [[ 고양이#먹이|먹이]] [[:분류:동물|동물]] [[cat_(animal)|]] [[#절|절]] [[wikt:개|개]] [[위키백과:x|y]] [[en:Cat]]',
  )
  assert.deepEqual(links, [
    { target: '고양이', surface: '고양이', count: 1 },
    { target: '고양이', surface: '고양이s', count: 1 },
    { target: '고양이', surface: '먹이', count: 1 },
    { target: 'Cat (animal)', surface: 'cat', count: 1 },
  ])
})

test('categories and interlanguage links are lifted out of the prose', () => {
  const parsed = parse('가 [[분류:도시|서울]] [[Category:수도]] [[en:Seoul]] [[ja:ソウル]] 나')
  assert.deepEqual(parsed.categories, ['도시', '수도'])
  assert.deepEqual(parsed.languageLinks, [
    { language: 'en', title: 'Seoul' },
    { language: 'ja', title: 'ソウル' },
  ])
  assert.equal(parsed.lead, '가 나')
})

test('infoboxes give their fields as plain text, by name or by place', () => {
  const { infoboxes, lead: text } = parse(`{{도시 정보
| 이름 = '''서울'''
| 나라 = {{국기나라|대한민국}}
| 빈칸 =
| 목록 = * [[하나]]
* 둘
| __proto__ = x
}}
{{왕|이름=세종|아버지=[[태종]]|어머니=x|출생=1397년}}
'''서울'''은 {{표|a=1|b=2|c=3|d=4}} 도시이다.`)
  assert.equal(text, '서울은 도시이다.')
  assert.deepEqual(
    infoboxes.map(({ name }) => name),
    ['도시 정보', '왕'],
  )
  assert.equal(
    JSON.stringify(infoboxes[0]?.fields),
    '{"이름":"서울","나라":"대한민국","목록":"하나\\n둘","__proto__":"x"}',
  )
  assert.equal(infoboxes[1]?.fields.아버지, '태종')
})

test('redirects are read in both languages, with their section', () => {
  assert.deepEqual(parse('#넘겨주기 [[서울특별시#역사]]').redirect, {
    target: '서울특별시',
    section: '역사',
    templates: [],
  })
  assert.deepEqual(parse('#REDIRECT: [[서울_특별시]] {{R from x}}').redirect, {
    target: '서울 특별시',
    section: null,
    templates: ['r from x'],
  })
  // As enwiki's pages of 2014 have it.
  assert.deepEqual(parse('#REDIRECT [[Foo]]\n{{Redr|move|from CamelCase|p2=[[x]]|up}}', en).redirect?.templates, [
    'redr',
    'r from camelcase',
  ])
  assert.deepEqual(parse('#redirect [[foo]]', en).redirect, { target: 'Foo', section: null, templates: [] })
  for (const text of ['#목록 [[서울]]', '가 #넘겨주기 [[서울]]', '#넘겨주기 없음'])
    assert.equal(parse(text).redirect, null)
})

test('decomposed letters are composed, in text, titles and surfaces', () => {
  const parsed = parse(`'''${'한글'.normalize('NFD')}''' [[${'가나'.normalize('NFD')}]] caf&#101;&#769;`)
  assert.deepEqual([parsed.lead, parsed.boldNames], ['한글 가나 café', ['한글']])
  assert.deepEqual(parsed.links, [{ target: '가나', surface: '가나', count: 1 }])
})

test('a hatnote above the lead is no part of it', () => {
  assert.equal(
    lead(":''이 문서는 도시에 관한 것입니다. [[서울 (동음이의)]]''\n'''서울'''은 도시이다."),
    '서울은 도시이다.',
  )
})

test('what is left open does not swallow the page', () => {
  for (const open of ['{{', '[[', '{|', "'''", '<ref>', '<ref name="a', '<math>', '[http://a.b']) {
    assert.match(lead(`앞 ${open} 가\n\n뒤 [[서울]] 끝`), /뒤 서울 끝/, open)
  }
  assert.equal(lead('{{a|b\n가 [[나]]\n다 {{nowrap|라}}'), '가 나\n다 라')
  assert.equal(lead('가 [[나|다를 라\n[[파일:a.jpg|섬네일|마\n{{바 | 사 = 아\n자'), '가 다를 라\n\n자')
})

test('where a wiki has variants, a conversion shows its first, and hidden rules show nothing', () => {
  const zh = siteOf(undefined, { wiki: 'zhwiki' })
  const cases: [string, string][] = [
    ['-{zh-hans:计算机; zh-hant:電腦}-科学', '计算机科学'],
    ['甲-{A|zh-cn:乙;zh-tw:丙}-丁', '甲乙丁'],
    ['甲-{H|zh-cn:乙;zh-tw:丙}-丁', '甲丁'],
    ['甲-{T|zh:題}-', '甲'],
    ['-{干}-', '干'],
    ['-{[[连接|乙]]}-', '乙'],
    ['甲-{没有结束', '甲-{没有结束'],
  ]
  for (const [text, expected] of cases) assert.equal(lead(text, zh), expected, text)
  assert.equal(lead('a -{b}- c', en), 'a -{b}- c')
})
