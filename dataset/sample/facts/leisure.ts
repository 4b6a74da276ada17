import { concepts } from './concept-columns.ts'

export const instruments = concepts(`
피아노|piano|건반을 눌러 줄을 때리는 악기|an instrument whose keys make hammers strike strings|건반은 88개이고 1700년 무렵 크리스토포리가 만들었다.|It has 88 keys and was made by Cristofori around 1700.|pipe organ;Frédéric Chopin;violin|피아노포르테|pianoforte
바이올린|violin|턱에 괴고 활로 줄을 켜는 악기|a string instrument held under the chin and bowed|줄은 네 개이며 5도 간격으로 맞춘다.|Its four strings are tuned in fifths.|viola;cello;Antonio Vivaldi|깽깽이|fiddle
비올라|viola|바이올린보다 조금 크고 낮은 소리를 내는 현악기|a bowed instrument a little larger and lower than the violin|악보는 가온음자리표로 적는다.|Its music is written in the alto clef.|violin;cello||
첼로|cello|무릎 사이에 세우고 활로 켜는 큰 현악기|a large bowed instrument held between the knees|바흐는 모음곡 여섯 곡을 남겼다.|Bach left six suites for it.|violin;Johann Sebastian Bach||violoncello
기타|guitar|줄을 뜯거나 튕겨 소리 내는 여섯 줄 악기|a six-stringed instrument that is plucked or strummed|에스파냐에서 오늘날의 모양을 갖추었다.|It took its present shape in Spain.|melody;gayageum|통기타|
하프|harp|틀에 맨 줄을 두 손으로 뜯는 악기|an instrument whose strings, set in a frame, are plucked by both hands|연주회용은 줄이 47개이다.|The concert kind has 47 strings.|guitar;orchestra|수금|
플루트|flute|옆으로 들고 부는 목관 악기|a woodwind instrument held sideways|오늘날에는 은으로 만든 것이 많다.|Most are made of silver today.|clarinet;daegeum|플룻|
클라리넷|clarinet|홑서를 단 원통 모양의 목관 악기|a cylindrical woodwind with a single reed|1700년 무렵 뉘른베르크에서 나왔다.|It came from Nuremberg around 1700.|flute;saxophone|클라리네트|
색소폰|saxophone|금속으로 만들었지만 서로 소리 내는 목관 악기|a reed instrument made of metal|아돌프 삭스가 1840년대에 만들었다.|Adolphe Sax made it in the 1840s.|clarinet;jazz|색스폰|sax
트럼펫|trumpet|입술을 떨어 높은 소리를 내는 금관 악기|a high brass instrument sounded by the lips|밸브 세 개로 음을 바꾼다.|Three valves change its notes.|jazz;trombone|트럼펫 악기|
트롬본|trombone|관을 밀고 당겨 음을 바꾸는 금관 악기|a brass instrument with a slide|이름은 큰 트럼펫을 뜻한다.|The name means large trumpet.|trumpet;orchestra||
오르간|organ=Pipe organ|바람을 관에 보내 소리 내는 건반 악기|a keyboard instrument that sends air into pipes|교회에 설치된 것이 많다.|Many stand in churches.|piano;Johann Sebastian Bach|파이프 오르간|
북 (악기)|drum|가죽을 메운 통을 두드리는 타악기|a percussion instrument with skin over a body|신호를 보내는 데에도 쓰였다.|It also served to send signals.|rhythm;pansori|드럼|
가야금|gayageum|열두 줄을 뜯는 한국의 현악기|a Korean plucked instrument of twelve strings|가야의 우륵이 만들었다고 전한다.|It is said to have been made by Ureuk of Gaya.|geomungo;guitar|가얏고|
거문고|geomungo|술대로 여섯 줄을 뜯는 한국의 현악기|a Korean instrument of six strings plucked with a stick|고구려의 왕산악이 만들었다고 전한다.|It is said to have been made by Wang San-ak of Goguryeo.|gayageum|현학금|
대금|daegeum|대나무로 만든 한국의 가로 부는 관악기|a Korean transverse flute of bamboo|갈대 속의 얇은 막이 떨며 소리를 낸다.|A thin membrane of reed makes it buzz.|flute;bamboo|젓대|
해금|haegeum|두 줄을 활로 켜는 한국의 현악기|a Korean fiddle of two strings|활대가 줄 사이에 끼어 있다.|The bow runs between the strings.|violin;gayageum|깡깡이|
`)

export const sports = concepts(`
축구|~football=Association football|열한 명씩 두 편이 발로 공을 차 골에 넣는 경기|a game in which two teams of eleven kick a ball into goals|1863년 런던에서 규칙이 정해졌다.|Its rules were fixed in London in 1863.|rugby|사커|soccer
야구|~baseball|방망이로 공을 치고 베이스를 도는 경기|a game in which batters hit a ball and run round bases|한 팀은 아홉 명이고 9회까지 한다.|Teams of nine play nine innings.|cricket|베이스볼|
농구|~basketball|손으로 공을 던져 높은 바구니에 넣는 경기|a game in which players throw a ball into a high hoop|1891년 제임스 네이스미스가 고안하였다.|James Naismith devised it in 1891.|volleyball;football|바스켓볼|
배구|~volleyball|그물을 사이에 두고 손으로 공을 쳐 넘기는 경기|a game in which teams hit a ball over a net by hand|한 팀은 여섯 명이다.|Each team has six players.|basketball;tennis|발리볼|
테니스|~tennis|라켓으로 공을 쳐 그물 너머로 넘기는 경기|a game of hitting a ball over a net with rackets|점수는 15, 30, 40으로 센다.|Points are counted 15, 30, 40.|badminton;table tennis|정구 (테니스)|
탁구|~table tennis|작은 라켓으로 탁자 위에서 공을 주고받는 경기|a game of hitting a light ball across a table|공의 무게는 2.7그램이다.|The ball weighs 2.7 grams.|tennis;badminton|핑퐁|ping-pong
배드민턴|~badminton|라켓으로 깃털 공을 치는 경기|a game of hitting a shuttlecock with rackets|셔틀콕은 시속 400킬로미터를 넘기도 한다.|Smashes exceed 400 kilometres an hour.|tennis;table tennis||
골프|~golf|채로 공을 쳐 구멍에 넣는 경기|a game of hitting a ball into holes with clubs|한 바퀴는 보통 18홀이다.|A round usually has 18 holes.|baseball;tennis||
럭비|~rugby=Rugby football|타원형 공을 들고 달리는 경기|a game of running with an oval ball|앞으로는 던질 수 없다.|The ball may not be thrown forward.|football|럭비풋볼|
크리켓|~cricket|방망이로 공을 쳐 위킷을 지키는 경기|a game of bat and ball in which a wicket is defended|한 경기가 닷새 동안 이어지기도 한다.|A match can last five days.|baseball;India||
하키|~hockey=Field hockey|굽은 막대로 공을 몰아 골에 넣는 경기|a game of driving a ball into goals with curved sticks|한 팀은 열한 명이다.|Each team has eleven players.|ice hockey;football|필드하키|
아이스하키|~ice hockey|얼음판에서 막대로 퍽을 쳐 넣는 경기|a game on ice in which sticks drive a puck|한 번에 여섯 명이 나온다.|Six players are on the ice at a time.|hockey;skating|빙구|
수영|~swimming=Swimming (sport)|물속에서 몸을 움직여 나아가는 운동|the sport of moving through water|자유형, 배영, 평영, 접영이 있다.|There are freestyle, backstroke, breaststroke and butterfly.|water;marathon|헤엄|
마라톤|marathon|42.195킬로미터를 달리는 경기|a race of 42.195 kilometres|이름은 그리스의 옛 싸움터에서 왔다.|The name comes from a battlefield of ancient Greece.|Olympic Games;athletics||
육상|~athletics=Sport of athletics|달리고 뛰고 던지는 경기를 아우르는 운동|the sports of running, jumping and throwing|100미터 달리기가 꽃으로 꼽힌다.|The 100 metres is held to be its crown.|marathon;Olympic Games|육상 경기|track and field
체조|~gymnastics|몸의 힘과 균형을 겨루는 운동|a sport of strength and balance|도마, 철봉, 평균대 등이 있다.|It uses the vault, bars and beam.|dance;athletics||
태권도|~taekwondo|발차기를 많이 쓰는 한국의 무술|a Korean martial art rich in kicks|2000년부터 올림픽 정식 종목이다.|It has been an Olympic sport since 2000.|judo;ssireum||
유도|~judo|상대를 메치거나 누르는 일본의 무술|a Japanese martial art of throws and holds|가노 지고로가 1882년에 시작하였다.|Kanō Jigorō began it in 1882.|taekwondo;wrestling||
씨름|~ssireum|샅바를 잡고 상대를 넘어뜨리는 한국의 경기|Korean wrestling with a cloth belt|2018년 남북이 함께 인류 무형유산에 올렸다.|North and South listed it together as heritage in 2018.|wrestling;taekwondo;Kim Hong-do||
레슬링|~wrestling|맨손으로 상대를 눌러 어깨를 바닥에 닿게 하는 경기|a sport of holding an opponent's shoulders to the ground|고대 올림픽에도 있었다.|It was part of the ancient Olympics.|judo;ssireum||
양궁|~archery|활로 과녁을 쏘는 경기|the sport of shooting arrows at a target|한국 여자 단체는 올림픽에서 잇따라 우승하였다.|Korea's women have won the Olympic team event again and again.|Olympic Games|활쏘기|
펜싱|~fencing|검으로 상대를 찌르거나 베는 경기|the sport of fighting with light swords|플뢰레, 에페, 사브르로 나뉜다.|It has foil, épée and sabre.|sword;Olympic Games||
스키|~skiing|긴 판을 신고 눈 위를 미끄러지는 운동|the sport of gliding over snow on long boards|노르웨이에는 4천 년 된 바위그림이 있다.|A rock carving in Norway shows it 4,000 years ago.|snow;skating;Pyeongchang||
스케이트|~skating=Ice skating|날이 달린 신을 신고 얼음 위를 달리는 운동|the sport of moving over ice on blades|빠르기를 겨루거나 연기를 펼친다.|People race or perform figures.|ice hockey;skiing|스케이팅|
바둑|~Go=Go (game)|검은 돌과 흰 돌로 집을 다투는 놀이|a board game in which black and white stones fight for territory|2016년 이세돌이 알파고와 다섯 번 두었다.|Lee Sedol played five games against AlphaGo in 2016.|chess;artificial intelligence||baduk
체스|~chess|말을 움직여 상대의 왕을 잡는 서양의 놀이|a board game of trapping the opponent's king|판은 64칸이다.|The board has 64 squares.|Go (game);king|서양 장기|
올림픽|Olympic Games=Olympic Games|네 해마다 열리는 국제 운동 경기 대회|an international sports festival held every four years|1896년 아테네에서 근대의 첫 대회가 열렸다.|The first modern one was held in Athens in 1896.|marathon;Athens;Seoul|올림픽 경기;올림픽 대회|Olympics
`)

export const food = concepts(`
밥|~cooked rice|쌀을 물에 끓여 익힌 음식|rice boiled in water|한국인의 주식이다.|It is the staple of Korea.|rice;kimchi;bibimbap|쌀밥|
김치|~kimchi|배추나 무를 소금에 절여 양념해 익힌 한국 음식|a Korean dish of salted and spiced cabbage or radish left to ferment|2013년 김장 문화가 인류 무형유산이 되었다.|Making it together was listed as heritage in 2013.|napa cabbage;chili pepper;cooked rice|짐치|gimchi
비빔밥|~bibimbap|밥에 나물과 고추장을 얹어 비벼 먹는 한국 음식|a Korean dish of rice mixed with vegetables and chili paste|전주의 것이 이름났다.|That of Jeonju is famous.|Jeonju;gochujang;cooked rice||
불고기|~bulgogi|얇게 썬 쇠고기를 양념하여 구운 한국 음식|a Korean dish of thin beef marinated and grilled|간장과 배즙으로 맛을 낸다.|Soy sauce and pear juice give it flavour.|soy sauce;pear||
냉면|~naengmyeon|찬 육수에 메밀국수를 만 한국 음식|Korean buckwheat noodles in cold broth|평양과 함흥의 것이 널리 알려졌다.|Those of Pyongyang and Hamhung are well known.|noodle;Pyongyang;Hamhung|물냉면|
떡국|~tteokguk|가래떡을 썰어 끓인 한국의 국|a Korean soup of sliced rice cake|설날에 먹으면 한 살을 더한다고 한다.|Eating it at New Year is said to add a year of age.|tteok;Seollal|떡꾹|
떡|~tteok|곡식 가루를 찌거나 쳐서 만든 한국 음식|Korean cakes of steamed or pounded grain|돌이나 혼인 같은 잔치에 빠지지 않는다.|No feast is without it.|songpyeon;rice;tteokguk||rice cake
송편|~songpyeon|솔잎을 깔고 찐 반달 모양의 떡|half-moon rice cakes steamed on pine needles|속에는 깨나 콩을 넣는다.|They are filled with sesame or beans.|Chuseok;tteok;pine||
김밥|~gimbap|밥과 여러 재료를 김으로 말아 썬 음식|rice and fillings rolled in seaweed and sliced|소풍날 도시락으로 흔하다.|It is common in picnic boxes.|cooked rice;sushi||kimbap
떡볶이|~tteokbokki|가래떡을 고추장 양념에 볶은 한국의 간식|a Korean snack of rice cakes in chili sauce|옛날에는 간장으로 만들었다.|It was once made with soy sauce.|tteok;gochujang|떡뽁이|
고추장|~gochujang|고춧가루와 찹쌀과 메주로 담근 매운 장|a hot paste of chili, glutinous rice and soybean|순창의 것이 이름났다.|That of Sunchang is famous.|chili pepper;soybean;soy sauce||
간장|~soy sauce|콩을 발효시켜 만든 짠 액체 양념|a salty liquid seasoning of fermented soybeans|된장과 함께 메주에서 얻는다.|It comes from the same blocks as soybean paste.|soybean;salt;doenjang|지렁|
된장|~doenjang|메주를 소금물에 담가 만든 장|a paste of soybeans fermented in brine|찌개와 국에 넣는다.|It goes into stews and soups.|soybean;soy sauce|토장|
두부|~tofu|콩물을 굳혀 만든 음식|curdled soy milk pressed into blocks|중국에서 2천 년 전에 만들었다고 전한다.|It is said to have been made in China 2,000 years ago.|soybean;doenjang||bean curd
빵|~bread|밀가루 반죽을 부풀려 구운 음식|risen dough of flour baked in an oven|이름은 포르투갈어에서 일본어를 거쳐 왔다.|Its Korean name came from Portuguese.|wheat;butter||
국수|noodle|밀가루나 메밀 반죽을 길게 뽑은 음식|a long strip of dough|잔칫날 먹으며 긴 수명을 빌었다.|Eaten at feasts, it stood for long life.|naengmyeon;spaghetti;wheat|면 (음식)|
스파게티|~spaghetti|밀로 만든 긴 국수 모양의 이탈리아 음식|long thin Italian pasta of wheat|토마토소스로 버무리는 일이 많다.|It is often served with tomato sauce.|noodle;tomato;Italy||
피자|pizza|둥근 반죽에 토마토와 치즈를 얹어 구운 음식|a round of dough baked with tomato and cheese|나폴리에서 오늘날의 모양이 되었다.|It took its modern form in Naples.|cheese;tomato;Naples|핏자|
치즈|~cheese|우유를 굳혀 발효시킨 음식|curdled and ripened milk|프랑스에는 천 가지가 넘는다고 한다.|France is said to have more than a thousand kinds.|milk;butter;cattle||
버터|~butter|우유의 지방을 모아 굳힌 음식|the fat of milk churned solid|지방이 80퍼센트를 넘는다.|More than 80 per cent of it is fat.|milk;cheese;bread|빠다|
우유|~milk|암소에게서 짠 흰 액체|the white liquid drawn from cows|칼슘이 많다.|It is rich in calcium.|cattle;cheese;calcium|밀크|
달걀|egg=Egg as food|닭이 낳아 음식으로 쓰는 알|what hens lay and people eat|삶는 데 12분쯤 걸린다.|It takes some 12 minutes to boil hard.|chicken;bread|계란|
꿀|~honey|벌이 꽃에서 모은 단 액체|the sweet liquid that bees gather from flowers|상하지 않아 오래 둘 수 있다.|It keeps for years without spoiling.|western honey bee;sugar||
설탕|~sugar|사탕수수나 사탕무에서 얻는 단 결정|sweet crystals from cane or beet|물에 잘 녹는다.|It dissolves easily in water.|honey;chocolate|당 (식품)|
소금|~salt|염화 나트륨으로 된 짠 조미료|a salty seasoning of sodium chloride|바닷물을 말리거나 땅에서 캔다.|It is dried from sea water or dug from the earth.|sodium;chlorine;sea|식염|table salt
초콜릿|~chocolate|카카오 콩으로 만든 단 과자|a sweet made of cocoa beans|중앙아메리카에서 마시던 것이었다.|In Central America it was a drink.|sugar;milk|초콜렛;쵸콜릿|
커피|~coffee|볶은 커피콩을 우려낸 음료|a drink brewed from roasted beans|에티오피아가 원산지로 꼽힌다.|Ethiopia is held to be its home.|tea;Ethiopia|가배|
차 (음료)|~tea|찻잎을 우려낸 음료|a drink made by steeping leaves|중국에서 비롯하여 세계로 퍼졌다.|It spread from China over the world.|coffee;China;water|녹차|
맥주|~beer|보리를 싹 틔워 발효시킨 술|an alcoholic drink of malted barley|수메르에도 빚는 법이 전한다.|The Sumerians already brewed it.|barley;wine|비어|
포도주|~wine|포도를 발효시킨 술|an alcoholic drink of fermented grapes|조지아에는 8천 년 된 흔적이 있다.|Georgia has traces of it 8,000 years old.|grape;beer;France|와인|
소주|~soju|곡식을 빚어 증류한 한국의 술|a Korean spirit distilled from grain|고려 때 몽골을 거쳐 들어왔다.|It came by way of the Mongols in Goryeo times.|makgeolli;rice;beer||
막걸리|~makgeolli|쌀을 빚어 거칠게 거른 한국의 술|a cloudy Korean rice wine|빛깔이 뿌옇고 도수가 낮다.|It is milky and weak.|soju;rice|탁주|
초밥|~sushi|식초로 맛을 낸 밥에 생선을 얹은 일본 음식|a Japanese dish of vinegared rice with fish|손으로 쥐는 방식은 에도에서 나왔다.|The hand-pressed kind arose in Edo.|cooked rice;Japan;gimbap|스시|
`)

export const plants = concepts(`
벼|rice=Oryza sativa|논에 심어 쌀을 거두는 풀|a grass grown in paddies for its grain|세계 사람의 절반이 그 열매를 먹고 산다.|Half the people of the world live on it.|wheat;barley;cooked rice|쌀|rice plant
밀|~wheat|가루를 내어 빵과 국수를 만드는 곡식|a grain ground to flour for bread and noodles|서남아시아에서 1만 년 전에 길들였다.|It was domesticated in the Near East 10,000 years ago.|bread;barley;rice|소맥|
보리|~barley|밥이나 맥주를 만드는 곡식|a grain used for food and beer|가을에 심어 초여름에 거둔다.|It is sown in autumn and cut in early summer.|wheat;beer|대맥|
옥수수|~maize|이삭에 노란 알이 줄지어 박힌 곡식|a grain with rows of yellow kernels on a cob|아메리카에서 길들인 작물이다.|It was domesticated in the Americas.|wheat;potato;Mexico|강냉이|corn
콩|soybean|두부와 장을 만드는 콩과의 작물|a legume made into tofu and sauces|단백질이 40퍼센트쯤 들어 있다.|About 40 per cent of it is protein.|tofu;soy sauce;doenjang|대두|soya bean
감자|potato|땅속 줄기를 먹는 작물|a crop whose underground stems are eaten|안데스산맥에서 왔다.|It comes from the Andes.|sweet potato;maize;Peru|하지감자|
고구마|sweet potato|단맛 나는 뿌리를 먹는 작물|a crop with a sweet edible root|1763년 조엄이 쓰시마에서 들여왔다.|Jo Eom brought it to Korea in 1763.|potato||
배추|napa cabbage|김치를 담그는 잎채소|a leafy vegetable used for kimchi|속이 노랗게 찬 것을 고른다.|Those with full yellow hearts are chosen.|kimchi;radish||Chinese cabbage
무|radish=Daikon|희고 굵은 뿌리를 먹는 채소|a vegetable with a thick white root|깍두기와 동치미를 담근다.|It is made into kinds of kimchi.|napa cabbage;kimchi|무우|daikon
고추|chili pepper|붉고 매운 열매를 맺는 작물|a crop with hot red fruit|임진왜란 무렵에 한반도에 들어왔다.|It came to Korea around the end of the sixteenth century.|gochujang;kimchi;tomato||chilli
마늘|~garlic|향이 강한 비늘줄기를 양념으로 쓰는 풀|a plant whose strong bulb is used as seasoning|단군 이야기에 쑥과 함께 나온다.|It appears in the founding myth of Korea.|onion;kimchi||
양파|onion|겹겹이 싸인 둥근 비늘줄기를 먹는 채소|a vegetable with a bulb of many layers|썰면 눈물이 난다.|Cutting it brings tears.|garlic;potato||
토마토|tomato|붉고 물기 많은 열매를 먹는 채소|a vegetable with red, juicy fruit|남아메리카가 원산지이다.|It comes from South America.|potato;pizza;chili pepper|일년감|
사과|apple|붉거나 푸른 둥근 과일|a round fruit, red or green|카자흐스탄의 산지에서 왔다.|It comes from the mountains of Kazakhstan.|pear;Kazakhstan;peach|능금|
배 (과일)|pear|물이 많고 단 과일|a sweet and juicy fruit|나주의 것이 이름났다.|That of Naju is well known in Korea.|apple;peach||
복숭아|peach|털이 있고 큰 씨가 든 여름 과일|a downy summer fruit with a large stone|동양에서는 불로장생을 뜻한다.|In East Asia it stands for long life.|pear;apple|복사|
포도|grape|송이로 열리는 작은 과일|a small fruit that grows in bunches|말리거나 술을 빚기도 한다.|It is also dried or made into wine.|wine;apple||
귤|tangerine=Mandarin orange|껍질을 손으로 벗겨 먹는 새콤달콤한 과일|a sweet-sour fruit peeled by hand|한국에서는 제주에서 많이 난다.|In Korea most come from Jeju.|Jeju Province;lemon|감귤;밀감|mandarin
레몬|lemon|신맛이 강한 노란 과일|a very sour yellow fruit|비타민 시가 많아 괴혈병을 막았다.|Its vitamin C kept off scurvy.|tangerine;vitamin||
바나나|banana|노란 껍질의 길쭉한 열대 과일|a long tropical fruit with a yellow peel|풀에서 열리며 나무가 아니다.|It grows on a giant herb, not a tree.|apple;Ecuador||
수박|watermelon|줄무늬가 있는 크고 물 많은 과일|a large striped fruit full of water|원산지는 아프리카이다.|It comes from Africa.|grape;peach||
인삼|~ginseng|약으로 쓰는 굵은 뿌리의 풀|a plant whose thick root is used as medicine|여섯 해를 길러 캐는 것을 높이 친다.|Roots grown for six years are prized.|drug;Kaesong|고려인삼|
소나무|pine=Pinus densiflora|바늘잎이 두 개씩 나는 늘푸른나무|an evergreen whose needles grow in pairs|한국 애국가의 노랫말에 나온다.|It is named in the anthem of South Korea.|bamboo;songpyeon;ginkgo|솔;적송|Korean red pine
은행나무|ginkgo|부채 모양 잎이 노랗게 물드는 나무|a tree with fan-shaped leaves that turn yellow|2억 년 전부터 있어 온 살아 있는 화석이다.|It is a living fossil 200 million years old.|pine;maple|공손수|
대나무|bamboo|속이 비고 마디가 있는 키 큰 풀|a tall grass with hollow, jointed stems|하루에 1미터 가까이 자라기도 한다.|It can grow nearly a metre in a day.|giant panda;Damyang;daegeum|대 (식물)|
단풍나무|maple|가을에 잎이 붉게 물드는 나무|a tree whose leaves turn red in autumn|캐나다 국기에 잎이 그려져 있다.|Its leaf is on the flag of Canada.|ginkgo;Canada||
벚나무|cherry blossom|봄에 엷은 분홍 꽃이 한꺼번에 피는 나무|a tree covered in pale pink flowers in spring|창원 진해의 축제가 이름났다.|The festival at Jinhae in Changwon is famous.|rose;Changwon|벚꽃|
무궁화|rose of Sharon=Hibiscus syriacus|여름 내내 꽃이 피고 지는 떨기나무|a shrub that flowers all summer|대한민국의 나라꽃이다.|It is the national flower of South Korea.|rose;South Korea||mugunghwa
장미|rose|가시가 있고 향기로운 꽃이 피는 떨기나무|a thorny shrub with fragrant flowers|품종이 2만 가지가 넘는다.|There are over 20,000 varieties.|cherry blossom;lily||
백합|lily|나팔 모양의 꽃이 피는 풀|a plant with trumpet-shaped flowers|순결을 뜻하는 꽃으로 여겨진다.|It is held to mean purity.|rose;sunflower|나리|
해바라기|sunflower|해를 닮은 크고 노란 꽃이 피는 풀|a plant with large yellow flowers like the Sun|씨에서 기름을 짠다.|Oil is pressed from its seeds.|Vincent van Gogh;lily;Ukraine||
목화|~cotton|씨에 붙은 흰 솜에서 실을 뽑는 식물|a plant whose white fibres are spun|1363년 문익점이 씨를 들여왔다.|Mun Ik-jeom brought its seeds to Korea in 1363.|clothing;silk|면화|
`)
