interface OtherPage {
  readonly namespace: number
  readonly title: string
  readonly text: string
  readonly langlinks?: Readonly<Record<string, string>>
  /** Talk and user pages: page.sql has them, pages-articles does not. */
  readonly hidden?: boolean
}

/** Pages outside the article namespace, which a reader of articles has to pass over. */
export const otherNamespaces: Readonly<Record<'ko' | 'en', readonly OtherPage[]>> = {
  ko: [
    {
      namespace: 4,
      title: '위키백과:대문',
      text: "'''표본 위키백과'''에 오신 것을 환영합니다. [[수소]]부터 읽어 보세요.",
      langlinks: { en: 'Wikipedia:Main Page' },
    },
    {
      namespace: 4,
      title: '위키백과:사랑방',
      text: '이야기를 나누는 곳입니다. --[[사용자:느티나무]]',
      langlinks: { en: 'Wikipedia:Village pump' },
    },
    {
      namespace: 10,
      title: '틀:원소 정보',
      text: '<includeonly>{| class="infobox"\n! {{{이름|}}}\n|-\n| {{{기호|}}}\n|}</includeonly><noinclude>{{설명문서}}</noinclude>',
      langlinks: { en: 'Template:Infobox element' },
    },
    {
      namespace: 10,
      title: '틀:나라 정보',
      text: '<includeonly>{{{국가명}}}</includeonly><noinclude>[[분류:정보상자 틀]]</noinclude>',
      langlinks: { en: 'Template:Infobox country' },
    },
    {
      namespace: 10,
      title: '틀:llang',
      text: '<includeonly>{{{1}}}: {{lang|{{{1}}}|{{{2}}}}}</includeonly>',
      langlinks: { en: 'Template:Langx' },
    },
    { namespace: 10, title: '틀:토막글', text: '이 글은 토막글입니다.', langlinks: { en: 'Template:Stub' } },
    {
      namespace: 14,
      title: '분류:화학 원소',
      text: '{{위키공용분류}}\n[[분류:화학]]',
      langlinks: { en: 'Category:Chemical elements', de: 'Kategorie:Chemisches Element' },
    },
    { namespace: 14, title: '분류:컴퓨터 과학', text: '[[분류:과학]]', langlinks: { en: 'Category:Computer science' } },
    {
      namespace: 12,
      title: '도움말:편집',
      text: "'''편집'''하는 방법을 설명합니다.",
      langlinks: { en: 'Help:Editing' },
    },
    { namespace: 6, title: '파일:Hydrogen.jpg', text: '{{정보 |설명=수소 방전관}}' },
    { namespace: 100, title: '포털:화학', text: '{{들머리 상자|화학}}', langlinks: { en: 'Portal:Chemistry' } },
    { namespace: 828, title: '모듈:조사', text: "local p = {}\nfunction p.main(frame) return '은(는)' end\nreturn p" },
    { namespace: 1, title: '토론:수소', text: '끓는점이 맞나요?', langlinks: {}, hidden: true },
    { namespace: 2, title: '사용자:느티나무', text: '안녕하세요.', langlinks: { en: 'User:Elm Tree' }, hidden: true },
  ],
  en: [
    {
      namespace: 4,
      title: 'Wikipedia:Main Page',
      text: "Welcome to the '''sample Wikipedia'''. Begin with [[hydrogen]].",
      langlinks: { ko: '위키백과:대문' },
    },
    {
      namespace: 4,
      title: 'Wikipedia:Village pump',
      text: 'A place to talk. --[[User:Elm Tree]]',
      langlinks: { ko: '위키백과:사랑방' },
    },
    {
      namespace: 10,
      title: 'Template:Infobox element',
      text: '<includeonly>{| class="infobox"\n! {{{name|}}}\n|-\n| {{{symbol|}}}\n|}</includeonly><noinclude>{{documentation}}</noinclude>',
      langlinks: { ko: '틀:원소 정보' },
    },
    {
      namespace: 10,
      title: 'Template:Infobox country',
      text: '<includeonly>{{{common_name}}}</includeonly><noinclude>[[Category:Infobox templates]]</noinclude>',
      langlinks: { ko: '틀:나라 정보' },
    },
    {
      namespace: 10,
      title: 'Template:Langx',
      text: '<includeonly>{{lang|{{{1}}}|{{{2}}}}}</includeonly>',
      langlinks: { ko: '틀:llang' },
    },
    { namespace: 10, title: 'Template:Stub', text: 'This article is a stub.', langlinks: { ko: '틀:토막글' } },
    {
      namespace: 14,
      title: 'Category:Chemical elements',
      text: '{{Commons category}}\n[[Category:Chemistry]]',
      langlinks: { ko: '분류:화학 원소', de: 'Kategorie:Chemisches Element' },
    },
    {
      namespace: 14,
      title: 'Category:Computer science',
      text: '[[Category:Science]]',
      langlinks: { ko: '분류:컴퓨터 과학' },
    },
    { namespace: 12, title: 'Help:Editing', text: "How to '''edit''' a page.", langlinks: { ko: '도움말:편집' } },
    { namespace: 6, title: 'File:Hydrogen.jpg', text: '{{Information |description=A hydrogen discharge tube}}' },
    { namespace: 100, title: 'Portal:Chemistry', text: '{{Portal page|Chemistry}}', langlinks: { ko: '포털:화학' } },
    { namespace: 828, title: 'Module:Plural', text: "local p = {}\nfunction p.main(frame) return 's' end\nreturn p" },
    { namespace: 1, title: 'Talk:Hydrogen', text: 'Is the boiling point right?', langlinks: {}, hidden: true },
    { namespace: 2, title: 'User:Elm Tree', text: 'Hello.', langlinks: { ko: '사용자:느티나무' }, hidden: true },
  ],
}
