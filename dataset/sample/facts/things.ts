import { concepts } from './concept-columns.ts'

export const things = concepts(`
망치|hammer|못을 박거나 물건을 두드리는 연장|a tool for driving nails and striking things|돌로 만든 것은 3백만 년쯤 되었다.|Stone ones are some three million years old.|nail;axe;saw|마치|
톱|saw|이가 있는 날로 나무를 자르는 연장|a tool with a toothed blade for cutting wood|고대 이집트에서는 구리로 만들었다.|In ancient Egypt it was made of copper.|axe;hammer;wood||
도끼|axe|나무를 찍어 쪼개는 연장|a tool for felling and splitting wood|자루를 단 것은 신석기 시대에 나왔다.|Handles were added in the Stone Age.|saw;hammer;wood|손도끼|ax
칼|knife|날로 물건을 베거나 써는 도구|a tool with a blade for cutting|부엌에서 가장 자주 쓰인다.|It is the most used tool of the kitchen.|sword;scissors;steel|나이프|
검|sword|베거나 찌르는 긴 날의 무기|a weapon with a long blade|청동기 시대에 처음 나왔다.|It first appeared in the Bronze Age.|knife;weapon;steel|도검|
가위|scissors=Scissors|두 날을 엇갈려 물건을 자르는 도구|a tool of two crossing blades|이집트에서 3천 년 전에 쓰였다.|Egypt had them 3,000 years ago.|knife;paper||
바늘|needle=Sewing needle|실을 꿰어 옷감을 꿰매는 도구|a tool that carries thread through cloth|뼈로 만든 것은 4만 년이 넘었다.|Bone ones are over 40,000 years old.|cotton;silk;clothing||
못|nail=Nail (fastener)|나무를 잇는 데 박는 뾰족한 쇠|a pointed piece of metal that fastens wood|한옥은 이것을 거의 쓰지 않고 짓는다.|Old Korean houses are built almost without it.|hammer;iron;wood||
현미경|microscope|작은 것을 크게 보여 주는 기구|an instrument that makes small things look large|레이우엔훅은 미생물을 보았다.|Leeuwenhoek saw microbes with his.|telescope;lens;cell||
망원경|telescope|먼 것을 가깝게 보여 주는 기구|an instrument that makes distant things look near|1608년 네덜란드에서 나왔다.|It came out in the Netherlands in 1608.|microscope;lens;Galileo Galilei||
렌즈|lens|빛을 모으거나 퍼뜨리는 투명한 물체|a transparent body that gathers or spreads light|이름은 렌즈콩을 뜻하는 말에서 왔다.|It is named after the lentil.|glass;light;glasses||
안경|~glasses|눈을 도우려고 걸치는 두 장의 렌즈|a pair of lenses worn to help the eyes|13세기 이탈리아에서 나왔다.|Italy had them in the thirteenth century.|lens;eye||spectacles
온도계|thermometer|온도를 재는 기구|an instrument for measuring temperature|눈금은 셀시우스나 파렌하이트를 따른다.|Its scale follows Celsius or Fahrenheit.|temperature;mercury (element)|한란계|
나침반|compass|자석으로 방향을 알려 주는 기구|an instrument that shows direction by a magnet|중국 송나라 때 항해에 쓰였다.|It guided ships in Song China.|magnet;ship;map|나침의;지남침|
시계|clock|시간을 나타내는 기계|a machine that shows the time|하위헌스가 1656년에 진자를 달았다.|Huygens gave it a pendulum in 1656.|calendar;Jang Yeong-sil||
달력|calendar|날짜를 차례로 적은 체계|a system of days and months|1582년에 그레고리력이 시작되었다.|The Gregorian one began in 1582.|clock;New Year's Day;Moon|역법|
지도|map|땅의 모습을 줄여 그린 그림|a reduced drawing of land|김정호는 1861년에 대동여지도를 펴냈다.|Kim Jeong-ho published his great one of Korea in 1861.|compass;Earth||
사진기|camera|사진을 찍는 기계|a machine that takes photographs|어두운 방이라는 말에서 이름이 왔다.|The name comes from the words for dark room.|photograph;lens|카메라|
기계|machine|힘을 받아 일정한 일을 하는 장치|a device that does work when driven|지레와 도르래도 여기에 든다.|Levers and pulleys count among them.|steam engine;robot;clock||
증기 기관|steam engine|물을 끓인 김의 힘으로 움직이는 기관|an engine driven by the force of steam|산업 혁명의 원동력이었다.|It drove the Industrial Revolution.|James Watt;machine;train|증기기관|
전화기|telephone|멀리 있는 사람과 말하는 기계|a device for speaking with people far away|1876년에 특허가 나왔다.|It was patented in 1876.|Alexander Graham Bell;electricity|전화|phone
텔레비전|~television|움직이는 그림과 소리를 멀리 보내고 받는 장치|the sending and receiving of moving pictures and sound|한국에서는 1956년에 방송이 시작되었다.|Broadcasts in Korea began in 1956.|film;electricity;Nam June Paik|TV;티브이|TV
전구|light bulb|전기로 빛을 내는 유리 기구|a glass device that gives light by electricity|1887년 경복궁에 처음 켜졌다.|In Korea it first shone in Gyeongbokgung in 1887.|Thomas Edison;electricity;tungsten|백열전구|
자동차|car|엔진이나 모터로 길을 달리는 탈것|a vehicle that runs on roads by an engine|카를 벤츠가 1885년에 만든 것이 처음으로 꼽힌다.|That of Carl Benz in 1885 counts as the first.|wheel;bus;bicycle|승용차|automobile
자전거|bicycle|두 바퀴를 발로 굴려 달리는 탈것|a vehicle of two wheels driven by the feet|1817년 독일의 달리는 기계에서 비롯하였다.|It goes back to a running machine of 1817.|wheel;car|두바퀴차|bike
버스|bus|많은 사람을 태우는 큰 자동차|a large motor vehicle for many people|이름은 모두를 위한다는 라틴어에서 왔다.|The name comes from Latin for everybody.|car;train|합승차|
기차|train|철길 위를 달리는 이어진 차|a line of vehicles that runs on rails|1899년 경인선이 한국에서 처음 열렸다.|Korea's first line opened in 1899.|steam engine;metro|열차|
지하철|metro=Rapid transit|도시의 땅 밑을 다니는 철도|a city railway that mostly runs underground|1863년 런던에서 처음 열렸다.|The first opened in London in 1863.|train;London;Seoul|도시 철도|subway;underground railway
비행기|airplane|날개와 엔진으로 하늘을 나는 탈것|a vehicle that flies with wings and engines|첫 비행은 12초 동안 이어졌다.|The first flight lasted 12 seconds.|Wright brothers;helicopter;airport|항공기|aeroplane;plane
헬리콥터|helicopter|회전 날개로 떠오르는 탈것|an aircraft lifted by a rotor|제자리에 떠 있을 수 있다.|It can stand still in the air.|airplane|헬기|
배 (선박)|ship|물 위를 다니는 큰 탈것|a large vehicle that travels on water|거북선은 등에 쇠못을 꽂았다.|Korea's turtle kind had spikes on its back.|port;compass;sea|선박|
잠수함|submarine|물속으로 다니는 배|a vessel that travels under water|바닷속에서 음파로 주위를 살핀다.|It feels its way by sound.|ship;sea||
로켓|rocket|가스를 뿜어 그 반동으로 나는 기구|a vehicle driven by the recoil of gas|한국은 2022년 누리호를 쏘아 올렸다.|Korea launched its Nuri in 2022.|hydrogen;Yuri Gagarin;Moon|로케트|
바퀴|wheel|축을 중심으로 도는 둥근 물건|a round thing that turns on an axle|기원전 3500년 무렵에 나타났다.|It appeared around 3500 BC.|car;bicycle||
다리 (건축)|bridge|물이나 골짜기를 건너게 한 구조물|a structure that carries a way over water or a valley|서울의 한강에는 서른 개가 넘게 있다.|Seoul has more than thirty over the Han.|river;Han River (Korea);steel|교량|
공항|airport|비행기가 뜨고 내리는 곳|a place where airplanes take off and land|활주로는 3킬로미터를 넘기도 한다.|Runways can exceed three kilometres.|airplane;Incheon||
항구|port|배가 드나들고 머무는 곳|a place where ships come in and stay|부산은 1876년에 열렸다.|Busan was opened in 1876.|ship;Busan;sea|항만|harbour
옷|~clothing|몸에 걸치는 천이나 가죽|what people wear on the body|추위를 막고 신분을 나타낸다.|It keeps off cold and shows rank.|cotton;hanbok;shoe|의복|clothes
한복|~hanbok|저고리와 치마나 바지로 이루어진 한국의 옷|the traditional clothing of Korea|명절과 잔치 때 입는다.|It is worn at holidays and feasts.|clothing;silk;Seollal|조선옷|
신발|shoe|발을 감싸는 물건|a covering for the foot|짚신은 볏짚으로 삼았다.|Koreans once wove them of straw.|foot;leather|구두|
모자|hat|머리에 쓰는 물건|a covering for the head|조선 사람은 갓을 썼다.|Men of Joseon wore them of horsehair.|head;clothing|햇|
장갑|glove|손에 끼는 물건|a covering for the hand|추위나 상처를 막아 준다.|It keeps off cold and wounds.|hand;leather||
종이|~paper|나무 섬유를 얇게 떠서 말린 것|thin dried sheets of plant fibre|105년 채륜이 만드는 법을 다듬었다고 한다.|Cai Lun is said to have improved it in 105.|book;wood;writing|페이퍼|
유리|~glass|모래를 녹여 굳힌 투명한 물질|a transparent material of molten sand|창과 병을 만든다.|Windows and bottles are made of it.|silicon;lens;light|글라스|
강철|~steel|철에 탄소를 조금 섞은 단단한 합금|a hard alloy of iron with a little carbon|탄소는 2퍼센트를 넘지 않는다.|It has no more than two per cent of carbon.|iron;carbon;Pohang|스틸|
청동|~bronze|구리와 주석을 섞은 합금|an alloy of copper and tin|한 시대의 이름이 되었다.|An age was named after it.|copper;tin;sculpture|브론즈|
황동|~brass|구리와 아연을 섞은 합금|an alloy of copper and zinc|관악기를 만드는 데 쓰인다.|Wind instruments are made of it.|copper;zinc;trumpet|놋쇠|
나무 (재료)|~wood|나무줄기에서 얻는 단단한 재료|the hard material of tree trunks|집과 가구와 종이를 만든다.|Houses, furniture and paper are made of it.|paper;saw;pine|목재|timber
벽돌|brick|흙을 빚어 구운 네모난 건축 재료|a block of baked clay for building|수원 화성에도 쓰였다.|The fortress of Suwon used some.|house;Suwon;cement||
시멘트|~cement|물과 섞어 굳히는 건축용 가루|a powder that hardens with water for building|석회석을 구워 만든다.|It is made by burning limestone.|calcium;brick|세멘트|
고무|~rubber=Natural rubber|나무의 즙에서 얻는 탄력 있는 물질|an elastic material from the sap of trees|황을 넣어 가열하면 질겨진다.|Heated with sulfur it becomes tough.|sulfur;wheel;Malaysia|천연고무|
플라스틱|~plastic|열로 빚을 수 있는 합성 재료|a man-made material that can be moulded|썩는 데 수백 년이 걸린다.|It takes centuries to decay.|petroleum;carbon|합성수지|
석유|~petroleum|땅속에서 나는 검은 기름|black oil from underground|이름은 돌에서 나는 기름을 뜻한다.|The name means rock oil.|Saudi Arabia;plastic;car|원유|crude oil
비단|~silk|누에고치에서 뽑은 고운 옷감|a fine cloth from the cocoon of the silkworm|중국에서 로마까지 팔려 갔다.|It was sold from China as far as Rome.|domestic silk moth;cotton;clothing|실크|
가죽|~leather|짐승의 껍질을 무두질한 것|the tanned hide of animals|구두와 가방을 만든다.|Shoes and bags are made of it.|cattle;shoe|피혁|
비누|~soap|기름과 알칼리로 만든 때를 지우는 물질|a cleaning substance made of fat and alkali|로마 사람도 알고 있었다.|The Romans knew it.|base (chemistry);water|사분|
`)

export const professions = concepts(`
농부|farmer|땅을 갈아 곡식과 채소를 기르는 사람|a person who tills land and raises crops|한국의 농업 인구는 크게 줄었다.|Their number in Korea has fallen sharply.|rice;cattle;fisherman|농민|
어부|fisherman|물고기를 잡아 생활하는 사람|a person who lives by catching fish|그물과 낚시와 통발을 쓴다.|They use nets, lines and traps.|ship;sea;farmer|어민|fisher
요리사|chef|음식을 만드는 일을 하는 사람|a person whose work is cooking|흰 모자의 주름은 솜씨를 뜻한다고 한다.|The folds of their hat are said to stand for skill.|knife|쉐프|cook
목수|carpenter|나무로 집이나 가구를 만드는 사람|a person who builds with wood|큰 집을 짓는 우두머리를 도편수라 한다.|In Korea their master is called dopyeonsu.|hammer;saw;wood|대목|
대장장이|blacksmith|쇠를 달구어 연장을 만드는 사람|a person who forges tools from hot iron|풀무로 불을 세게 한다.|They fan their fire with bellows.|iron;hammer;steel|야장|smith
소방관|firefighter|불을 끄고 사람을 구하는 사람|a person who puts out fires and saves people|한국에서는 119로 부른다.|In Korea they are called by dialling 119.|police;water|소방대원|fireman
군인|soldier|나라를 지키는 군대에 속한 사람|a member of an army|한국 남자는 의무로 복무한다.|Men in South Korea have to serve.|war;weapon|병사|
기자|journalist|소식을 모아 글이나 방송으로 알리는 사람|a person who gathers and reports news|취재원을 지키는 것을 중하게 여긴다.|They take care to protect their sources.|newspaper;television|언론인|reporter
조종사|pilot=Aircraft pilot|비행기를 모는 사람|a person who flies aircraft|권기옥은 한국의 첫 여성이다.|Kwon Ki-ok was the first Korean woman among them.|airplane;airport|파일럿|
배우|actor|연극이나 영화에서 인물을 연기하는 사람|a person who plays characters on stage or screen|고대 그리스에서는 남자만 할 수 있었다.|In ancient Greece only men were allowed to be one.|theatre;film;Charlie Chaplin|연기자|
가수|singer|노래를 부르는 일을 하는 사람|a person whose work is singing|목소리의 높이에 따라 나눈다.|They are grouped by the height of the voice.|music;opera;pansori|노래꾼|vocalist
사서 (직업)|librarian|도서관에서 책을 다루는 사람|a person who looks after the books of a library|분류표에 따라 책을 꽂는다.|They shelve books by a scheme of classes.|library;book||
통역사|interpreter=Language interpretation|말을 다른 언어로 옮겨 주는 사람|a person who renders speech in another language|조선에는 역관이라는 벼슬이 있었다.|In Joseon they were officials.|language;machine translation|통역|
번역가|translator=Translation|글을 다른 언어로 옮기는 사람|a person who renders texts in another language|옮긴이의 이름은 흔히 지은이 다음에 적힌다.|Their names usually follow that of the author.|dictionary;literature;interpreter|옮긴이|
`)
