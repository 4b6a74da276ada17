/** `{{KOR}}`, a flag and the name of the country behind a code: the name is prose. */
import type { InlineTemplate } from './inline-templates.ts'

/** Codes (ISO 3166-1 alpha-3, and IOC and FIFA where they differ): the name of the article on kowiki: that on enwiki. */
const table = `
USA,US:미국:United States
KOR,ROK:대한민국:South Korea
PRK:조선민주주의인민공화국:North Korea
JPN,JAP:일본:Japan
CHN:중화인민공화국:China
TWN,TPE,ROC:중화민국:Taiwan
HKG:홍콩:Hong Kong
MAC:마카오:Macau
MNG,MGL:몽골:Mongolia
GBR,UK:영국:United Kingdom
ENG:잉글랜드:England
SCO:스코틀랜드:Scotland
WAL:웨일스:Wales
NIR:북아일랜드:Northern Ireland
IRL,IRE:아일랜드:Ireland
FRA:프랑스:France
GER,DEU:독일:Germany
FRG:서독:West Germany
GDR:동독:East Germany
ITA:이탈리아:Italy
ESP:스페인:Spain
POR,PRT:포르투갈:Portugal
NED,NLD,NET:네덜란드:Netherlands
BEL:벨기에:Belgium
LUX:룩셈부르크:Luxembourg
SUI,CHE,SWI:스위스:Switzerland
AUT:오스트리아:Austria
LIE:리히텐슈타인:Liechtenstein
MON,MCO:모나코:Monaco
AND:안도라:Andorra
SMR:산마리노:San Marino
VAT:바티칸 시국:Vatican City
MLT:몰타:Malta
SWE:스웨덴:Sweden
NOR:노르웨이:Norway
DEN,DNK:덴마크:Denmark
FIN:핀란드:Finland
ISL:아이슬란드:Iceland
EST:에스토니아:Estonia
LAT,LVA:라트비아:Latvia
LTU,LIT:리투아니아:Lithuania
POL:폴란드:Poland
CZE:체코:Czech Republic
TCH:체코슬로바키아:Czechoslovakia
SVK:슬로바키아:Slovakia
HUN:헝가리:Hungary
ROU,ROM:루마니아:Romania
BUL,BGR:불가리아:Bulgaria
GRE,GRC:그리스:Greece
CYP:키프로스:Cyprus
ALB:알바니아:Albania
CRO,HRV:크로아티아:Croatia
SLO,SVN:슬로베니아:Slovenia
SRB:세르비아:Serbia
MNE:몬테네그로:Montenegro
BIH:보스니아 헤르체고비나:Bosnia and Herzegovina
MKD:북마케도니아:North Macedonia
YUG:유고슬라비아:Yugoslavia
RUS:러시아:Russia
URS:소련:Soviet Union
UKR:우크라이나:Ukraine
BLR:벨라루스:Belarus
MDA:몰도바:Moldova
GEO:조지아:Georgia
ARM:아르메니아:Armenia
AZE:아제르바이잔:Azerbaijan
KAZ:카자흐스탄:Kazakhstan
UZB:우즈베키스탄:Uzbekistan
KGZ:키르기스스탄:Kyrgyzstan
TJK:타지키스탄:Tajikistan
TKM:투르크메니스탄:Turkmenistan
TUR:튀르키예:Turkey
ISR:이스라엘:Israel
PLE,PSE:팔레스타인:Palestine
LBN,LIB:레바논:Lebanon
SYR:시리아:Syria
JOR:요르단:Jordan
IRQ:이라크:Iraq
IRN,IRI:이란:Iran
KSA,SAU:사우디아라비아:Saudi Arabia
UAE,ARE:아랍에미리트:United Arab Emirates
QAT:카타르:Qatar
KUW,KWT:쿠웨이트:Kuwait
BHR,BRN:바레인:Bahrain
OMA,OMN:오만:Oman
YEM:예멘:Yemen
AFG:아프가니스탄:Afghanistan
PAK:파키스탄:Pakistan
IND:인도:India
BAN,BGD:방글라데시:Bangladesh
SRI,LKA:스리랑카:Sri Lanka
NEP,NPL:네팔:Nepal
BHU,BTN:부탄:Bhutan
MDV:몰디브:Maldives
MYA,MMR:미얀마:Myanmar
THA:태국:Thailand
LAO:라오스:Laos
CAM,KHM:캄보디아:Cambodia
VIE,VNM:베트남:Vietnam
MAS,MYS:말레이시아:Malaysia
SIN,SGP:싱가포르:Singapore
INA,IDN:인도네시아:Indonesia
PHI,PHL:필리핀:Philippines
BRU:브루나이:Brunei
TLS:동티모르:East Timor
AUS:오스트레일리아:Australia
NZL:뉴질랜드:New Zealand
PNG:파푸아뉴기니:Papua New Guinea
FIJ,FJI:피지:Fiji
CAN:캐나다:Canada
MEX:멕시코:Mexico
CUB:쿠바:Cuba
JAM:자메이카:Jamaica
HAI,HTI:아이티:Haiti
DOM:도미니카 공화국:Dominican Republic
PUR,PRI:푸에르토리코:Puerto Rico
TRI,TTO:트리니다드 토바고:Trinidad and Tobago
BAH,BHS:바하마:Bahamas
GUA,GTM:과테말라:Guatemala
HON,HND:온두라스:Honduras
ESA,SLV:엘살바도르:El Salvador
NCA,NIC:니카라과:Nicaragua
CRC,CRI:코스타리카:Costa Rica
PAN:파나마:Panama
COL:콜롬비아:Colombia
VEN:베네수엘라:Venezuela
ECU:에콰도르:Ecuador
PER:페루:Peru
BOL:볼리비아:Bolivia
BRA:브라질:Brazil
PAR,PRY:파라과이:Paraguay
URU,URY:우루과이:Uruguay
ARG:아르헨티나:Argentina
CHI,CHL:칠레:Chile
EGY:이집트:Egypt
LBA,LBY:리비아:Libya
TUN:튀니지:Tunisia
ALG,DZA:알제리:Algeria
MAR:모로코:Morocco
SUD,SDN:수단:Sudan
ETH:에티오피아:Ethiopia
KEN:케냐:Kenya
UGA:우간다:Uganda
TAN,TZA:탄자니아:Tanzania
RWA:르완다:Rwanda
NGR,NGA:나이지리아:Nigeria
GHA:가나:Ghana
CIV:코트디부아르:Ivory Coast
SEN:세네갈:Senegal
MLI:말리:Mali
CMR:카메룬:Cameroon
GAB:가봉:Gabon
COD:콩고 민주 공화국:DR Congo
ANG,AGO:앙골라:Angola
ZAM,ZMB:잠비아:Zambia
ZIM,ZWE:짐바브웨:Zimbabwe
MOZ:모잠비크:Mozambique
NAM:나미비아:Namibia
BOT,BWA:보츠와나:Botswana
RSA,ZAF,SAF:남아프리카 공화국:South Africa
MAD,MDG:마다가스카르:Madagascar`

const countries = new Map(
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [codes = '', ko = '', en = ''] = line.split(':')
      const name: InlineTemplate = ({ language }) => (language === 'ko' ? ko : language === 'en' ? en : '')
      return codes.split(',').map((code) => [code, name] as const)
    }),
)

/** The template of that name as written: `{{esp}}` is another one than `{{ESP}}`. */
export function countryTemplate(name: string): InlineTemplate | undefined {
  return countries.get(name)
}
