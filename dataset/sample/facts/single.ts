import { rows } from './rows.ts'

/** Articles that only one of the two wikis has. */
export const koreanOnly = rows(
  ['title', 'hanja', 'definition', 'fact', 'refs'],
  `
의정부 (조선)|議政府|조선의 정치를 이끌던 최고 관청|영의정, 좌의정, 우의정이 함께 의논하였다.|government;king
승정원|承政院|조선 임금의 명령을 전하던 관청|날마다 적은 《승정원일기》가 전한다.|king;book
사헌부|司憲府|조선의 관리를 감찰하던 관청|대사헌이 으뜸 벼슬이었다.|government;crime
사간원|司諫院|조선 임금에게 바른말을 하던 관청|대사간이 이끌었다.|king;government
홍문관|弘文館|조선의 책과 문서를 맡던 관청|옥당이라고도 불렸다.|book;library
성균관|成均館|조선의 가장 높은 교육 기관|유생 이백 명쯤이 머물며 공부하였다.|university;Confucianism
의금부|義禁府|조선의 큰 죄인을 다루던 관청|임금의 명을 받아 심문하였다.|crime;court
포도청|捕盜廳|조선의 도둑을 잡던 관청|좌우 둘로 나뉘어 있었다.|police;crime
규장각|奎章閣|정조가 세운 왕실 도서관|젊은 관리를 뽑아 공부하게 하였다.|library;Jeongjo of Joseon
집현전|集賢殿|세종이 학자를 모은 연구 기관|한글을 만드는 데 힘을 보탰다.|Sejong the Great;Hangul
과거 제도 (한국)|科擧|시험으로 관리를 뽑던 제도|고려 광종 때 시작되어 1894년에 없어졌다.|Gwangjong of Goryeo;education
호패|號牌|조선 남자가 차고 다니던 신분패|신분에 따라 재료가 달랐다.|Taejong of Joseon;wood
온돌|溫突|방바닥 밑을 데우는 한국의 난방|아궁이에 땐 불기운이 구들을 지난다.|house;winter
마당||집 앞이나 뒤에 둔 평평한 땅|잔치와 타작이 벌어지던 곳이다.|house
장독대|醬-臺|장을 담은 독을 놓아두는 곳|볕이 잘 드는 뒤뜰에 두었다.|soy sauce;doenjang
윷놀이||윷가락 네 개를 던져 말을 옮기는 놀이|도, 개, 걸, 윷, 모로 센다.|Seollal
널뛰기||긴 판의 양쪽에서 번갈아 뛰어오르는 놀이|주로 설날에 여자들이 즐겼다.|Seollal;gymnastics
강강술래||손을 잡고 둥글게 돌며 노래하는 놀이|전라남도 바닷가에서 추석 밤에 하였다.|Chuseok;dance
씨간장||해마다 새 장을 더해 이어 가는 묵은 간장|집안의 맛을 잇는다고 여겼다.|soy sauce
김장||겨울 동안 먹을 김치를 한꺼번에 담그는 일|이웃이 모여 품을 나눈다.|kimchi;winter
품앗이||서로 일을 거들어 주는 풍습|모내기 때 흔히 하였다.|farmer;rice
두레||마을 사람이 함께 농사일을 하던 모임|풍물을 치며 일하였다.|farmer;drum
사물놀이|四物-|네 가지 타악기로 노는 음악|1978년에 무대에 처음 올랐다.|drum;music
탈춤||탈을 쓰고 추는 한국의 놀이|안동 하회의 것이 이름났다.|dance;Andong
`,
)

export const englishOnly = rows(
  ['title', 'definition', 'fact', 'refs'],
  `
Afternoon tea|a light meal of tea, sandwiches and cakes taken around four o'clock|It came into fashion in the 1840s.|tea;bread;United Kingdom
Cream tea|tea served with scones, clotted cream and jam|Devon and Cornwall argue about what goes on first.|tea;milk
Sunday roast|a meal of roast meat and vegetables eaten on Sundays|Yorkshire pudding belongs to it.|cattle;potato
Fish and chips|fried fish in batter with fried potatoes|It was one of the few foods not rationed in wartime.|Atlantic salmon;potato
Ploughman's lunch|a cold meal of bread, cheese and pickle|It goes with a glass of beer.|cheese;bread;beer
Bank holiday|a public holiday in the United Kingdom|Four of them were named in an act of 1871.|bank;law
Bonfire Night|the evening of 5 November, kept with fires and fireworks|It recalls the plot of 1605.|London
Boxing Day|the day after Christmas|It is a day for sales and sports.|Christmas
Pancake race|a race whose runners toss pancakes|Olney has held one since 1445.|egg;milk
Morris dance|an English folk dance with bells and sticks|Records of it go back to 1448.|dance;music
Village green|an open space in the middle of a village|Many are used for cricket.|cricket
Hedgerow|a line of shrubs between fields|Some in England are centuries old.|farmer
Drystone wall|a wall built without mortar|Yorkshire has thousands of kilometres of them.|brick
Thatched roof|a roof covered with straw or reed|It lasts some thirty years.|house
Half-timbering|building with a visible wooden frame|Tudor houses are known for it.|wood;house
Punting|moving a flat boat with a pole|It is done at Oxford and Cambridge.|Oxford;Cambridge
Lawn bowls|a game of rolling biased balls towards a small one|Francis Drake is said to have played it in 1588.|golf
Conkers|a game played with horse chestnuts on strings|Autumn is its season.|ginkgo
Welly wanging|the sport of throwing a rubber boot|It is a joke taken seriously.|rubber
Cheese rolling|a race down a hill after a round cheese|It is held in Gloucestershire in spring.|cheese
Double-decker bus|a bus with two floors|Those of London are red.|bus;London
Black cab|a London taxi with a licensed driver|The drivers must learn 25,000 streets by heart.|car;London
Red telephone box|a kiosk designed in the 1920s|Many now hold small libraries.|telephone;library
Pub quiz|a contest of general knowledge held in a pub|It spread in the 1970s.|beer
`,
)
