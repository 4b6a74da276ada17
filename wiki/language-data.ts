/**
 * What naru knows of a language's wiki markup beside the dump's own header. Facts: MediaWiki's siteinfo answers of
 * kowiki and enwiki (namespaces, aliases, magic words) and kowiki's template redirects. A further language is one
 * more entry in `languages`; without one, the English words and the header's namespaces are used.
 */
export interface LanguageData {
  /** Namespace number → further names; MediaWiki's English names always work and are in `canonicalNamespaces`. */
  readonly namespaces: Readonly<Record<number, readonly string[]>>
  /** Words that start a redirect page, with `#`. */
  readonly redirectWords: readonly string[]
  /** Image options that only a file link has; a link with one of them is a file whatever its namespace is called. */
  readonly imageWords: readonly string[]
  /** Variables that stand for the title of the page. */
  readonly pageNameWords: readonly string[]
  /** Parser functions that choose a particle: lower-case name → [after a final consonant, after a vowel]; `으로` takes the second after ㄹ too. */
  readonly particles: Readonly<Record<string, readonly [string, string]>>
  readonly disambiguationTemplates: readonly string[]
  /** End of a title that names a disambiguation page. */
  readonly disambiguationSuffixes: readonly string[]
  /** A page is a stub where a template has one of these names or ends with one of these words. */
  readonly stubTemplates: readonly string[]
  readonly stubTemplateEndings: readonly string[]
  /** Templates named so that say it of a section only. */
  readonly sectionStubTemplates: readonly string[]
  readonly listTitleStarts: readonly string[]
  readonly listTitleEndings: readonly string[]
  /** Names or starts of names of infobox templates, and ends of names. */
  readonly infoboxStarts: readonly string[]
  readonly infoboxEndings: readonly string[]
  /** Lower-case names of templates here → the lower-case names by which they are known to naru. */
  readonly templateAliases: Readonly<Record<string, string>>
  /** Names of languages as written before a gloss (`영어: …`) → language code; `hanja` for Chinese characters. */
  readonly languageNames: Readonly<Record<string, string>>
}

/** MediaWiki's own names, valid on every wiki. */
export const canonicalNamespaces: Readonly<Record<number, readonly string[]>> = {
  [-2]: ['Media'],
  [-1]: ['Special'],
  1: ['Talk'],
  2: ['User'],
  3: ['User talk'],
  4: ['Project', 'Wikipedia'],
  5: ['Project talk', 'Wikipedia talk'],
  6: ['File', 'Image'],
  7: ['File talk', 'Image talk'],
  8: ['MediaWiki'],
  9: ['MediaWiki talk'],
  10: ['Template'],
  11: ['Template talk'],
  12: ['Help'],
  13: ['Help talk'],
  14: ['Category'],
  15: ['Category talk'],
  100: ['Portal'],
  118: ['Draft'],
  710: ['TimedText'],
  711: ['TimedText talk'],
  828: ['Module'],
}

const english: LanguageData = {
  namespaces: { 4: ['WP'], 5: ['WT'], 10: ['TM'], 101: ['Portal talk'], 119: ['Draft talk'], 829: ['Module talk'] },
  redirectWords: ['#REDIRECT'],
  imageWords: ['thumb', 'thumbnail', 'frameless', 'framed', 'upright'],
  pageNameWords: ['PAGENAME', 'FULLPAGENAME', 'BASEPAGENAME', 'SUBPAGENAME', 'ROOTPAGENAME'],
  particles: {},
  disambiguationTemplates: [
    'disambiguation',
    'disambig',
    'disamb',
    'dab',
    'disambiguation page',
    'hndis',
    'human name disambiguation',
    'geodis',
    'place name disambiguation',
    'numberdis',
    'letter-number combination disambiguation',
    'school disambiguation',
    'hospital disambiguation',
    'mathematical disambiguation',
    'airport disambiguation',
    'roaddis',
    'schooldis',
    'disambiguation cleanup',
    'disambig-cleanup',
    'species latin name disambiguation',
    'call sign disambiguation',
  ],
  disambiguationSuffixes: ['(disambiguation)'],
  stubTemplates: ['stub'],
  stubTemplateEndings: ['-stub'],
  sectionStubTemplates: ['section-stub', 'sect-stub', 'sectstub'],
  listTitleStarts: ['List of ', 'Lists of ', 'Index of ', 'Outline of ', 'Timeline of '],
  listTitleEndings: [],
  infoboxStarts: ['infobox', 'taxobox', 'automatic taxobox', 'speciesbox', 'chembox', 'drugbox', 'geobox', 'starbox'],
  infoboxEndings: [' infobox'],
  templateAliases: {},
  languageNames: {
    english: 'en',
    korean: 'ko',
    hangul: 'ko',
    hanja: 'hanja',
    japanese: 'ja',
    chinese: 'zh',
    german: 'de',
    french: 'fr',
    spanish: 'es',
    italian: 'it',
    russian: 'ru',
    latin: 'la',
    greek: 'el',
    'ancient greek': 'grc',
    arabic: 'ar',
    portuguese: 'pt',
    dutch: 'nl',
    polish: 'pl',
    turkish: 'tr',
    vietnamese: 'vi',
    hebrew: 'he',
    sanskrit: 'sa',
    hindi: 'hi',
    persian: 'fa',
    ukrainian: 'uk',
    czech: 'cs',
    swedish: 'sv',
    norwegian: 'no',
    danish: 'da',
    finnish: 'fi',
    hungarian: 'hu',
    romanian: 'ro',
    catalan: 'ca',
    mongolian: 'mn',
    thai: 'th',
    indonesian: 'id',
    'simplified chinese': 'zh',
    'traditional chinese': 'zh',
    pinyin: 'zh-Latn',
    'revised romanization': 'ko-Latn',
    'mccune–reischauer': 'ko-Latn',
  },
}

const korean: LanguageData = {
  namespaces: {
    [-2]: ['미디어'],
    [-1]: ['특수', '특', '특수기능'],
    1: ['토론'],
    2: ['사용자', '사'],
    3: ['사용자토론', '사토'],
    4: ['위키백과', '백', 'WP'],
    5: ['위키백과토론', '백토'],
    6: ['파일', '그림'],
    7: ['파일토론', '그림토론'],
    8: ['미디어위키'],
    9: ['미디어위키토론', 'MediaWiki토론'],
    10: ['틀'],
    11: ['틀토론'],
    12: ['도움말'],
    13: ['도움말토론'],
    14: ['분류'],
    15: ['분류토론'],
    100: ['포털', '들머리', '들'],
    101: ['포털토론', '들머리토론', '들토'],
    102: ['위키프로젝트', '프'],
    103: ['위키프로젝트토론', '프토'],
    118: ['초안'],
    119: ['초안토론'],
    828: ['모듈'],
    829: ['모듈토론'],
  },
  redirectWords: ['#넘겨주기', '#REDIRECT'],
  imageWords: ['섬네일', '썸네일', '축소판', '프레임', '프레임없음'],
  pageNameWords: ['문서이름', '전체문서이름', '상위문서이름', '하위문서이름', '최상위문서이름'],
  particles: {
    은는: ['은', '는'],
    eunneun: ['은', '는'],
    이가: ['이', '가'],
    ega: ['이', '가'],
    을를: ['을', '를'],
    eulreul: ['을', '를'],
    과와: ['과', '와'],
    gwawa: ['과', '와'],
    아야: ['아', '야'],
    aya: ['아', '야'],
    으로: ['으로', '로'],
    euro: ['으로', '로'],
    이: ['이', ''],
    e: ['이', ''],
  },
  disambiguationTemplates: [
    '동음이의',
    '동음이의어',
    '인명 동음이의',
    '지명 동음이의',
    '한자 동음이의',
    'dmbox',
    '동음이의상자',
  ],
  disambiguationSuffixes: ['(동음이의)', '(동음이의어)'],
  stubTemplates: ['토막글', '씨앗글'],
  stubTemplateEndings: [' 토막글', ' 씨앗글'],
  sectionStubTemplates: ['부분 토막글', '문단 토막글', '섹션 토막글'],
  listTitleStarts: [],
  listTitleEndings: [' 목록', ' 일람', ' 연표'],
  infoboxStarts: ['정보상자', '생물 분류', '화합물 정보'],
  infoboxEndings: [' 정보', ' 정보상자', ' 정보 상자', ' 상자'],
  // The Korean name is the template, the English one redirects to it; or the other way about.
  templateAliases: {
    '개행 금지': 'nowrap',
    '안 굵게': 'nobold',
    '위 첨자': 'sup',
    '아래 첨자': 'sub',
    수학: 'math',
    '작은 대문자': 'smallcaps',
    중앙: 'center',
    색상: 'color',
    '글씨 색': 'font color',
    유니코드: 'unicode',
    '문자/hebrew': 'hebrew',
    '문자/nastaliq': 'nastaliq',
    키눌림: 'key press',
    '보이는 앵커': 'vanchor',
    '공식 웹사이트': 'official website',
    '올림픽 국기': 'flagioc',
    '일본어 표기': 'nihongo',
    인용문2: 'cquote',
    인용문5: 'blockquote',
    인용문1: '인용문',
    bquote: 'blockquote',
    단순목록: 'plainlist',
    가로목록: 'flatlist',
    '기호없는 목록': 'ubl',
    수직분수: 'sfrac',
    지수: 'e',
    '시작 날짜': 'start date',
    '끝 날짜': 'end date',
    출시일: 'start date and age',
    '영화 날짜': 'film date',
    '출생일과 만나이': '출생일과 나이',
    '사망일과 만나이': '사망일과 나이',
    날짜한글화: '날짜',
    날짜한국어화: '날짜',
    isodate: '날짜',
    date: '날짜',
    공백: 'nbsp',
    '공백 있는 긴 줄': 'spaced ndash',
    '파이프 문자': 'pipe',
    '-': 'br',
    점: '·',
    ㆍ: '·',
    ',': '·',
    '*': '·',
    'zh-sp': 'zh',
    'zh-cp': 'zh',
    'zh-st': 'zh',
    'zh-stp': 'zh',
    'tool tip': 'abbr',
    좌표도: 'coord',
    좌표도분: 'coord',
    좌표도분초: 'coord',
    좌표1: 'coord',
    좌표2: 'coord',
    좌표3: 'coord',
    혼란: '구별',
    상세한내용: '상세',
    more: '상세',
    '다른 뜻 넘어온다': '다른 뜻 넘어옴',
    '다른 뜻 설명': 'hatnote',
    other: '다른 뜻',
    대해서: 'about',
    보십시오: 'for',
    also: '참고',
    seealso: '참고',
    see: '참고',
    참조: '참고',
    원문: '본문',
    개행금지: 'nowrap',
    안굵게: 'nobold',
    위첨자: 'sup',
    아래첨자: 'sub',
    'small-caps': 'smallcaps',
    centre: 'center',
    글씨색: 'font color',
    visanc: 'vanchor',
    공식: 'official website',
    '공식 사이트': 'official website',
    '공식 홈페이지': 'official website',
    official: 'official website',
    'official site': 'official website',
    officialsite: 'official website',
    'official web site': 'official website',
    'official homepage': 'official website',
    'offficial website': 'official website',
    올림픽국기: 'flagioc',
    cquote2: 'cquote',
    'plain list': 'plainlist',
    pl: 'plainlist',
    'flat list': 'flatlist',
    시작가로목록: 'flatlist',
    '가로 목록': 'flatlist',
    '접이식 목록': 'collapsible list',
    '수직 분수': 'sfrac',
    startdate: 'start date',
    만나이: '나이',
    파이프: 'pipe',
    수직선: 'pipe',
    수직바: 'pipe',
    clear: 'br',
    비우기: 'br',
    bigger: 'big',
    rtl: 'rtl-lang',
    이름정렬: 'sortname',
    안넘겨주기: 'no redirect',
    안넘김: 'no redirect',
    '인도 루피': 'inr',
    다른뜻설명: 'hatnote',
    dablink: 'hatnote',
  },
  languageNames: {
    영어: 'en',
    한국어: 'ko',
    한글: 'ko',
    조선말: 'ko',
    문화어: 'ko',
    한자: 'hanja',
    일본어: 'ja',
    중국어: 'zh',
    독일어: 'de',
    프랑스어: 'fr',
    스페인어: 'es',
    에스파냐어: 'es',
    이탈리아어: 'it',
    러시아어: 'ru',
    라틴어: 'la',
    그리스어: 'el',
    '고대 그리스어': 'grc',
    아랍어: 'ar',
    포르투갈어: 'pt',
    네덜란드어: 'nl',
    폴란드어: 'pl',
    터키어: 'tr',
    튀르키예어: 'tr',
    베트남어: 'vi',
    히브리어: 'he',
    산스크리트어: 'sa',
    힌디어: 'hi',
    페르시아어: 'fa',
    우크라이나어: 'uk',
    체코어: 'cs',
    스웨덴어: 'sv',
    노르웨이어: 'no',
    덴마크어: 'da',
    핀란드어: 'fi',
    헝가리어: 'hu',
    루마니아어: 'ro',
    카탈루냐어: 'ca',
    몽골어: 'mn',
    타이어: 'th',
    태국어: 'th',
    인도네시아어: 'id',
    '중국어 간체': 'zh',
    '중국어 정체': 'zh',
    '중국어 번체': 'zh',
    간체자: 'zh',
    정체자: 'zh',
    번체자: 'zh',
    병음: 'zh-Latn',
    학명: 'la',
    로마자: 'und-Latn',
  },
}

export const languages: Readonly<Record<string, LanguageData>> = { en: english, ko: korean }

/** Codes of languages that templates also write otherwise → the code used here. */
export const languageCodes: Readonly<Record<string, string>> = {
  'ko-hani': 'hanja',
  'ko-hant': 'hanja',
  'ko-hang': 'ko',
  'ko-kore': 'ko',
  eng: 'en',
  kor: 'ko',
  jpn: 'ja',
  zho: 'zh',
  'zh-hans': 'zh',
  'zh-hant': 'zh',
  'zh-cn': 'zh',
  'zh-tw': 'zh',
  deu: 'de',
  fra: 'fr',
  rus: 'ru',
  'grc-gre': 'grc',
}

/** English is understood on every wiki beside the wiki's own language. */
export const fallbackLanguage: LanguageData = english

/** Interwiki prefixes of sister projects, whose links are prose but point outside the wiki. */
export const sisterPrefixes: readonly string[] = (
  'wikt wiktionary wikisource s wikibooks b wikinews n wikiquote q wikiversity v wikivoyage voy wikispecies species ' +
  'commons c wikidata d meta m mw w wikipedia wmf foundation phab phabricator doi imdbname imdbtitle toollabs toolforge'
).split(' ')

/** Prefixes of the Wikipedias, from the interwiki map of siteinfo. */
export const languagePrefixes: readonly string[] = (
  'aa ab ace ady af als alt am ami an ang anp ar arc ary arz as ast atj av avk awa ay az azb ba ban bar bat-smg ' +
  'bbc bcl be be-tarask be-x-old bew bg bh bi bjn blk bm bn bo bpy br bs btm bug bxr ca cbk-zam cdo ce ceb ch ' +
  'cho chr chy ckb co cr crh cs csb cu cv cy da dag de dga din diq dsb dtp dty dv dz ee el eml en eo es et eu ' +
  'ext fa fat ff fi fiu-vro fj fo fon fr frp frr fur fy ga gag gan gcr gd gl glk gn gom gor got gpe gsw gu guc ' +
  'gur guw gv ha hak haw he hi hif ho hr hsb ht hu hy hyw hz ia id ie ig igl ii ik ilo inh io is it iu ja jam ' +
  'jbo jv ka kaa kab kbd kbp kcg kg ki kj kk kl km kn ko koi kr krc ks ksh ku kus kv kw ky la lad lb lbe lez ' +
  'lfn lg li lij lld lmo ln lo lrc lt ltg lv lzh mad mai map-bms mdf mg mh mhr mi min mk ml mn mni mnw mo mr ' +
  'mrj ms mt mus mwl my myv mzn na nah nan nap nds nds-nl ne new ng nia nl nn no nov nqo nrm nso nv ny oc olo ' +
  'om or os pa pag pam pap pcd pcm pdc pfl pi pih pl pms pnb pnt ps pt pwn qu rm rmy rn ro roa-rup roa-tara ru ' +
  'rue rup rw sa sah sat sc scn sco sd se sg sgs sh shi shn shy si simple sk skr sl sm smn sn so sq sr srn ss ' +
  'st stq su sv sw szl szy ta tay tcy te tet tg th ti tk tl tly tn to tpi tr trv ts tt tum tw ty tyv udm ug uk ' +
  'ur uz ve vec vep vi vls vo vro wa war wo wuu xal xh xmf yi yo yue za zea zgh zh zh-classical zh-min-nan ' +
  'zh-yue zu zh-cn zh-tw egl nb'
).split(' ')
