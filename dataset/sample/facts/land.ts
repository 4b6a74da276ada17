import { concepts } from './concept-columns.ts'

export const land = concepts(`
강|river|땅 위를 흘러 바다나 호수로 가는 큰 물줄기|a large stream of water flowing to a sea or lake|문명은 그 가에서 일어나는 일이 많았다.|Civilisations often rose beside them.|Nile;Amazon River;sea|하천|
산|mountain|둘레보다 높이 솟은 땅|land that rises high above its surroundings|한국은 국토의 6할이 넘게 이것으로 되어 있다.|They cover over six tenths of Korea.|Mount Everest;volcano;Hallasan||
바다|sea|육지를 둘러싼 짠물|the salt water around the land|지구 겉면의 7할쯤을 덮는다.|It covers about seven tenths of Earth.|Pacific Ocean;salt;ship|해양|ocean
섬|island|물로 둘러싸인 땅|land surrounded by water|한국에는 3천 개가 넘게 있다.|Korea has more than 3,000 of them.|Jeju Island;sea;Greenland|도서 (지리)|
사막|desert|비가 거의 오지 않는 메마른 땅|dry land with hardly any rain|한 해의 강수량이 250밀리미터에 못 미친다.|It gets less than 250 millimetres a year.|Sahara;camel;Gobi Desert||
화산|volcano|땅속의 녹은 바위가 터져 나오는 산|a mountain through which molten rock breaks out|79년에 폼페이가 그 재에 묻혔다.|One buried Pompeii in the year 79.|Paektu Mountain;mountain;earthquake|활화산|
지진|earthquake|땅속의 움직임으로 땅이 흔들리는 일|a shaking of the ground by movement below|세기는 규모라는 수로 나타낸다.|Its strength is given by a magnitude.|volcano;Japan|땅울림|quake
바람|~wind|공기가 옮겨 가며 흐르는 것|the flow of air|높은 기압에서 낮은 기압으로 분다.|It blows from high pressure to low.|air;typhoon||
눈 (날씨)|~snow|구름에서 떨어지는 흰 얼음 결정|white crystals of ice that fall from clouds|결정은 여섯 갈래로 자란다.|The crystals grow six arms.|rain;skiing;winter||
비 (날씨)|~rain|구름에서 떨어지는 물방울|drops of water that fall from clouds|한국은 여름 장마 때 많이 온다.|In Korea most of it falls in the summer season.|snow;water;river|강우|
태풍|typhoon|북서태평양에서 생기는 큰 열대 폭풍|a large tropical storm of the north-west Pacific|한가운데에 고요한 눈이 있다.|It has a calm eye in the middle.|wind;rain;Pacific Ocean|颱風|
겨울|~winter|한 해 가운데 가장 추운 철|the coldest season of the year|북반구에서는 12월부터 2월까지를 이른다.|In the north it lasts from December to February.|snow;summer|동절기|
여름|~summer|한 해 가운데 가장 더운 철|the hottest season of the year|북반구에서는 6월부터 8월까지를 이른다.|In the north it lasts from June to August.|winter;rain|하절기|
한강|the Han River=Han River (Korea)|서울을 지나 서해로 흐르는 강|the river that flows through Seoul to the Yellow Sea|길이는 494킬로미터이다.|It is 494 kilometres long.|Seoul;Nakdong River;Yellow Sea|아리수|
낙동강|the Nakdong River=Nakdong River|영남을 지나 남해로 흐르는 강|the river that crosses the south-east of Korea|길이는 510킬로미터로 남한에서 가장 길다.|With 510 kilometres it is the longest of South Korea.|Han River (Korea);Busan;Daegu|낙동|
금강 (한국)|the Geum River=Geum River|충청을 지나 서해로 흐르는 강|the river of the Chungcheong region|길이는 398킬로미터이다.|It is 398 kilometres long.|Gongju;Gunsan;Han River (Korea)|비단강|
압록강|the Yalu River=Yalu River|한반도와 중국의 경계를 이루는 강|the river on the border of Korea and China|길이는 803킬로미터로 한반도에서 가장 길다.|With 803 kilometres it is Korea's longest.|Paektu Mountain;China;Sinuiju||the Amnok River
두만강|the Tumen River=Tumen River|한반도 동북쪽 끝을 흐르는 강|the river of the north-eastern edge of Korea|길이는 547킬로미터이다.|It is 547 kilometres long.|Yalu River;Russia;Paektu Mountain||
나일강|the Nile|아프리카 동북부를 북으로 흐르는 강|the river that runs north through north-east Africa|길이는 6,650킬로미터쯤이다.|It is about 6,650 kilometres long.|Egypt;Sudan;Amazon River||the Nile River
아마존강|the Amazon River=Amazon River|남아메리카를 동으로 흐르는 강|the river that runs east across South America|물의 양이 세계에서 가장 많다.|It carries more water than any other.|Brazil;Peru;Nile|아마존|the Amazon
미시시피강|the Mississippi River=Mississippi River|미국을 남으로 흐르는 강|the river that runs south through the United States|길이는 3,766킬로미터이다.|It is 3,766 kilometres long.|United States;Mark Twain;river||the Mississippi
장강|the Yangtze|중국을 동으로 흐르는 강|the river that runs east through China|길이는 6,300킬로미터로 아시아에서 가장 길다.|With 6,300 kilometres it is the longest of Asia.|Yellow River;Shanghai;China|양쯔강;양자강|the Yangtze River
황하|the Yellow River=Yellow River|중국 북부를 흐르는 누런 강|the silt-laden river of northern China|길이는 5,464킬로미터이다.|It is 5,464 kilometres long.|Yangtze;China|황허강|
다뉴브강|the Danube|중부 유럽에서 흑해로 흐르는 강|the river from central Europe to the Black Sea|열 나라를 지난다.|It passes through ten countries.|Vienna;Budapest;Rhine|도나우강|
라인강|the Rhine|알프스에서 북해로 흐르는 강|the river from the Alps to the North Sea|길이는 1,233킬로미터이다.|It is 1,233 kilometres long.|Danube;Cologne;Netherlands||
템스강|the River Thames=River Thames|런던을 지나는 강|the river that flows through London|길이는 346킬로미터이다.|It is 346 kilometres long.|London;Oxford;Rhine|테임스강|the Thames
센강|the Seine|파리를 지나는 강|the river that flows through Paris|길이는 777킬로미터이다.|It is 777 kilometres long.|Paris;Rhine|세느강|
볼가강|the Volga=Volga|카스피해로 흐르는 러시아의 강|the Russian river that flows to the Caspian Sea|길이 3,530킬로미터로 유럽에서 가장 길다.|With 3,530 kilometres it is the longest of Europe.|Russia;Caspian Sea||
갠지스강|the Ganges|인도 북부를 동으로 흐르는 강|the river that runs east through northern India|힌두교에서 성스럽게 여긴다.|Hindus hold it sacred.|India;Hinduism;Himalayas|강가강|the Ganga
메콩강|the Mekong|인도차이나를 남으로 흐르는 강|the river that runs south through Indochina|여섯 나라를 지난다.|It passes through six countries.|Laos;Vietnam;Cambodia||
에베레스트산|Mount Everest|히말라야에 있는 세계에서 가장 높은 산|the highest mountain of the world, in the Himalayas|높이는 8,849미터이다.|It is 8,849 metres high.|Nepal;Himalayas;K2|초모랑마;에베레스트|Everest;Chomolungma
K2|K2|카라코람에 있는 세계에서 둘째로 높은 산|the second highest mountain of the world, in the Karakoram|높이는 8,611미터이다.|It is 8,611 metres high.|Mount Everest;Pakistan|케이투|
히말라야산맥|the Himalayas|인도와 티베트 사이에 뻗은 산맥|the mountain range between India and Tibet|8천 미터가 넘는 봉우리가 열이나 된다.|Ten of its peaks exceed 8,000 metres.|Mount Everest;Nepal;Bhutan|히말라야|
알프스산맥|the Alps|유럽 중남부에 뻗은 산맥|the mountain range of south-central Europe|몽블랑이 4,806미터로 가장 높다.|Mont Blanc, 4,806 metres, is its highest peak.|Switzerland;Austria;Mont Blanc|알프스|
몽블랑산|Mont Blanc|프랑스와 이탈리아 사이의 높은 산|the high mountain between France and Italy|1786년에 처음 올랐다.|It was first climbed in 1786.|Alps;France;Italy|몽블랑|
안데스산맥|the Andes|남아메리카 서쪽에 뻗은 산맥|the mountain range along western South America|길이는 7천 킬로미터에 이른다.|It is some 7,000 kilometres long.|Peru;Chile;potato|안데스|
로키산맥|the Rocky Mountains|북아메리카 서부의 산맥|the mountain range of western North America|캐나다에서 뉴멕시코까지 이어진다.|It runs from Canada to New Mexico.|Canada;United States;Andes|로키|the Rockies
킬리만자로산|Mount Kilimanjaro|아프리카에서 가장 높은 산|the highest mountain of Africa|높이는 5,895미터이다.|It is 5,895 metres high.|Tanzania;volcano|킬리만자로|Kilimanjaro
후지산|Mount Fuji|일본에서 가장 높은 화산|the highest mountain of Japan, a volcano|높이는 3,776미터이다.|It is 3,776 metres high.|Japan;volcano;Tokyo|부사산|Fujisan
백두산|Paektu Mountain|한반도에서 가장 높은 화산|the highest mountain of the Korean peninsula, a volcano|높이는 2,744미터이고 꼭대기에 천지가 있다.|It is 2,744 metres high and bears a lake.|Yalu River;North Korea;China|장백산|Mount Paektu
한라산|Hallasan|제주도 한가운데 솟은 화산|the volcano in the middle of Jeju Island|높이는 1,947미터로 남한에서 가장 높다.|With 1,947 metres it is the highest of South Korea.|Jeju Island;volcano;Seoraksan|한나산|Mount Halla
설악산|Seoraksan|강원도 동해 가까이에 솟은 산|the mountain near the coast of Gangwon|대청봉은 1,708미터이다.|Its highest peak has 1,708 metres.|Sokcho;Hallasan|설악|Mount Seorak
지리산|Jirisan|남부 지방에 걸친 큰 산|the great mountain of southern Korea|1967년 한국의 첫 국립공원이 되었다.|It became Korea's first national park in 1967.|Namwon;Seoraksan;Hallasan|두류산|Mount Jiri
금강산|Mount Kumgang|강원도 북부의 이름난 산|the famed mountain of northern Gangwon|봉우리가 만 이천이라고 한다.|It is said to have 12,000 peaks.|North Korea;Jeong Seon;Seoraksan|봉래산;풍악산|Geumgangsan
태평양|the Pacific Ocean=Pacific Ocean|세계에서 가장 넓은 바다|the largest ocean of the world|면적은 1억 6500만 제곱킬로미터쯤이다.|Its area is about 165 million square kilometres.|Atlantic Ocean;sea;Japan||the Pacific
대서양|the Atlantic Ocean=Atlantic Ocean|유럽과 아메리카 사이의 바다|the ocean between Europe and the Americas|면적은 1억 600만 제곱킬로미터쯤이다.|Its area is about 106 million square kilometres.|Pacific Ocean;Portugal;Iceland|아틀란틱|the Atlantic
인도양|the Indian Ocean=Indian Ocean|아프리카와 오스트레일리아 사이의 바다|the ocean between Africa and Australia|면적은 7천만 제곱킬로미터쯤이다.|Its area is about 70 million square kilometres.|India;Madagascar;Pacific Ocean||
북극해|the Arctic Ocean=Arctic Ocean|북극을 둘러싼 바다|the ocean around the North Pole|겨울이면 거의 얼음으로 덮인다.|In winter ice covers most of it.|polar bear;Greenland;Russia|북빙양|
지중해|the Mediterranean Sea=Mediterranean Sea|유럽과 아프리카 사이의 바다|the sea between Europe and Africa|이름은 땅 가운데를 뜻한다.|The name means middle of the land.|Italy;Greece;Egypt|지중해 바다|the Mediterranean
흑해|the Black Sea=Black Sea|튀르키예와 우크라이나 사이의 바다|the sea between Turkey and Ukraine|깊은 곳에는 산소가 없다.|Its depths hold no oxygen.|Istanbul;Danube;Mediterranean Sea|검은 바다|
카스피해|the Caspian Sea=Caspian Sea|세계에서 가장 넓은 호수|the largest lake of the world|수면이 바다보다 28미터쯤 낮다.|Its surface lies some 28 metres below the oceans.|Volga;Iran;Kazakhstan|이해 (카스피해)|
사해|the Dead Sea=Dead Sea|요르단과 이스라엘 사이의 짠 호수|the salt lake between Jordan and Israel|사람이 가라앉지 않고 뜬다.|People float on it without effort.|Jordan;Israel;salt|염해|
동해|the Sea of Japan=Sea of Japan|한반도와 일본 사이의 바다|the sea between Korea and Japan|가장 깊은 곳은 3,700미터가 넘는다.|Its deepest point exceeds 3,700 metres.|Ulleungdo;Japan;Yellow Sea|한국해|the East Sea
황해|the Yellow Sea=Yellow Sea|한반도와 중국 사이의 얕은 바다|the shallow sea between Korea and China|평균 깊이는 44미터이다.|Its mean depth is 44 metres.|China;Incheon;Sea of Japan|서해|the West Sea
제주도|Jeju Island|한반도 남쪽의 가장 큰 섬|the largest island of Korea, south of the peninsula|면적은 1,833제곱킬로미터이다.|Its area is 1,833 square kilometres.|Hallasan;Jeju Province;island|탐라;삼다도|Jejudo
울릉도|Ulleungdo|동해에 있는 화산섬|a volcanic island in the sea east of Korea|면적은 73제곱킬로미터이다.|Its area is 73 square kilometres.|Sea of Japan;island|우산국|Dagelet
그린란드|Greenland|세계에서 가장 큰 섬|the largest island of the world|8할이 얼음으로 덮여 있다.|Ice covers eight tenths of it.|Denmark;island;Arctic Ocean|그린랜드|
자바섬|Java|인도네시아에서 사람이 가장 많이 사는 섬|the most populous island of Indonesia|1억 5천만 명쯤이 산다.|Some 150 million people live there.|Indonesia;Jakarta;volcano|자바 (섬)|
하와이|Hawaii|태평양 한가운데 있는 미국의 섬들|islands of the United States in the middle of the Pacific|1959년에 쉰 번째 주가 되었다.|It became the fiftieth state in 1959.|Pacific Ocean;volcano;United States|하와이주|
사하라 사막|the Sahara|아프리카 북부의 큰 사막|the great desert of northern Africa|면적은 900만 제곱킬로미터쯤이다.|Its area is about nine million square kilometres.|desert;Algeria;camel|사하라사막|
고비 사막|the Gobi Desert=Gobi Desert|몽골과 중국에 걸친 사막|the desert of Mongolia and China|공룡 화석이 많이 나왔다.|Many fossils of dinosaurs were found there.|Mongolia;China;desert|고비|the Gobi
남극|Antarctica|지구 남쪽 끝의 얼음 대륙|the ice-covered continent at the south of Earth|한국은 1988년에 세종 기지를 세웠다.|Korea set up its King Sejong Station in 1988.|emperor penguin;Roald Amundsen|남극 대륙|
`)

export const languages = concepts(`
한국어|Korean=Korean language|한반도에서 쓰이는 언어|the language of the Korean peninsula|8천만 명쯤이 쓰며 한글로 적는다.|Some 80 million people speak it and write it in Hangul.|Hangul;South Korea;North Korea|조선말;우리말|Korean
영어|English=English language|영국에서 생겨나 세계로 퍼진 언어|the language of England that spread over the world|15억 명쯤이 할 줄 안다.|Some 1.5 billion people can speak it.|United Kingdom;United States;German language|잉글리시|English
중국어|Chinese=Chinese language|중국에서 쓰이는 성조 언어|the tonal language of China|한자로 적는다.|It is written in characters.|China;Chinese characters|한어|Chinese;Mandarin
일본어|Japanese=Japanese language|일본에서 쓰이는 언어|the language of Japan|한자와 두 가지 가나로 적는다.|It is written in characters and two syllabaries.|Japan;Chinese characters|일어|Japanese
독일어|German=German language|독일과 오스트리아에서 쓰이는 언어|the language of Germany and Austria|명사의 첫 글자를 크게 쓴다.|It writes nouns with a capital.|Germany;Austria;English language|독어|German
프랑스어|French=French language|프랑스와 여러 아프리카 나라에서 쓰이는 언어|the language of France and many African countries|라틴어에서 갈라져 나왔다.|It grew out of Latin.|France;Latin;Spanish language|불어|French
에스파냐어|Spanish=Spanish language|에스파냐와 라틴아메리카에서 쓰이는 언어|the language of Spain and much of Latin America|물음표를 문장 앞에도 거꾸로 적는다.|It opens questions with a mark turned upside down.|Spain;Mexico;Latin|스페인어|Spanish
이탈리아어|Italian=Italian language|이탈리아에서 쓰이는 로망스어|the Romance language of Italy|음악 용어에 많이 쓰인다.|Music has taken many terms from it.|Italy;Latin;opera|이태리어|Italian
포르투갈어|Portuguese=Portuguese language|포르투갈과 브라질에서 쓰이는 언어|the language of Portugal and Brazil|남반구에서 가장 많이 쓰인다.|It has the most speakers of the southern hemisphere.|Brazil;Portugal;Spanish language||Portuguese
러시아어|Russian=Russian language|러시아에서 쓰이는 슬라브어|the Slavic language of Russia|키릴 문자 33자로 적는다.|It is written with 33 Cyrillic letters.|Russia;Ukraine|노어|Russian
아랍어|Arabic=Arabic|서아시아와 북아프리카에서 쓰이는 언어|the language of western Asia and northern Africa|오른쪽에서 왼쪽으로 적는다.|It is written from right to left.|Islam;Egypt;Saudi Arabia|아라비아어|
힌디어|Hindi|인도 북부에서 쓰이는 언어|the language of northern India|데바나가리 문자로 적는다.|It is written in Devanagari.|India;English language||
튀르키예어|Turkish=Turkish language|튀르키예에서 쓰이는 언어|the language of Turkey|1928년에 로마자로 바꾸었다.|It changed to the Latin alphabet in 1928.|Turkey;Istanbul|터키어|Turkish
베트남어|Vietnamese=Vietnamese language|베트남에서 쓰이는 성조 언어|the tonal language of Vietnam|로마자에 부호를 붙여 적는다.|It is written in Latin letters with marks.|Vietnam;Chinese language|월남어|Vietnamese
라틴어|Latin|고대 로마에서 쓰인 언어|the language of ancient Rome|학명과 법률 용어에 남아 있다.|It lives on in scientific and legal names.|Rome;Julius Caesar;Italian language|나전어|
한자|~Chinese characters|중국에서 만들어져 동아시아에 퍼진 글자|the characters made in China and spread over East Asia|한국에서는 1,800자를 가르친다.|Korean schools teach 1,800 of them.|writing;Chinese language;Hangul|漢字|hanja
에스페란토|Esperanto|자멘호프가 만든 국제어|the international language made by Zamenhof|1887년에 발표되었다.|It was published in 1887.|language;Poland|에스페란토어|
`)
