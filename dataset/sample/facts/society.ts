import { concepts } from './concept-columns.ts'

export const society = concepts(`
법|~law|국가가 강제하는 사회의 규칙|rules of society that the state enforces|함무라비 법전은 4천 년 가까이 되었다.|The code of Hammurabi is nearly 4,000 years old.|constitution;court;crime|법률|
헌법|constitution|나라의 근본이 되는 법|the fundamental law of a country|대한민국의 것은 1948년 7월 17일에 공포되었다.|That of South Korea was proclaimed on 17 July 1948.|law;democracy;parliament||
형법|~criminal law|범죄와 형벌을 정한 법|the law of crimes and punishments|법률에 없으면 벌할 수 없다는 원칙이 있다.|Its rule is: no punishment without a law.|crime;prison;law||penal law
민법|~civil law=Civil law (common law)|개인 사이의 재산과 가족 관계를 다루는 법|the law of property and family between private persons|로마의 법에서 많은 것을 이어받았다.|It took much from Roman law.|contract;marriage;law||
계약|contract|서로 지키기로 한 법적인 약속|a promise between parties that the law upholds|말로만 해도 이루어질 수 있다.|It can be made by word of mouth.|civil law;money||
범죄|crime|법으로 벌을 받는 행위|an act that the law punishes|미수에 그쳐도 벌하는 경우가 있다.|Some attempts are punished too.|criminal law;police;prison||
법원|court|법에 따라 다툼을 판결하는 기관|a body that decides disputes by law|한국에서는 세 번까지 재판을 받을 수 있다.|In Korea a case can be heard three times.|law;judge;lawyer|재판소|
판사|judge|재판을 이끌고 판결을 내리는 사람|a person who leads trials and gives judgment|검은 법복을 입는 나라가 많다.|In many countries they wear black robes.|court;lawyer|법관|
변호사|lawyer|법률 문제에서 남을 대신하고 돕는 사람|a person who acts for others in matters of law|시험과 수습을 거쳐 자격을 얻는다.|They qualify by examination and training.|court;judge;law||attorney
경찰|~police|질서를 지키고 범죄를 막는 기관|the body that keeps order and prevents crime|런던에서는 1829년에 근대적인 조직이 생겼다.|London got a modern force in 1829.|crime;law|경찰관|
교도소|prison|죄를 지은 사람을 가두는 곳|a place where offenders are held|한국에서는 1961년에 형무소라는 이름을 바꾸었다.|In Korea its name was changed in 1961.|crime;criminal law|감옥;형무소|jail
민주주의|~democracy|국민이 주권을 가지는 정치 방식|a form of rule in which the people are sovereign|고대 아테네에서 시민이 모여 결정하였다.|In ancient Athens citizens decided in assembly.|election;parliament;constitution|민주제|
선거|election|투표로 대표를 뽑는 일|the choosing of representatives by vote|비밀 투표는 19세기에 널리 퍼졌다.|The secret ballot spread in the nineteenth century.|democracy;parliament|투표|
의회|parliament|법을 만드는 대표들의 모임|an assembly of representatives that makes laws|아이슬란드의 알싱은 930년에 시작되었다.|The Althing of Iceland began in 930.|election;law;democracy|국회|legislature
왕|king|나라를 다스리는 남자 군주|a male ruler of a country|오늘날에는 상징으로만 남은 나라가 많다.|Today many of them are only symbols.|Sejong the Great;parliament|임금;국왕|
전쟁|war|나라나 무리끼리 무력으로 싸우는 일|armed conflict between states or groups|제네바 협약이 지킬 규칙을 정하였다.|The Geneva Conventions set rules for it.|peace;weapon||
평화|~peace|싸움이 없는 상태|a state without fighting|비둘기와 올리브 가지로 나타낸다.|A dove and an olive branch stand for it.|war;rock dove||
무기|weapon|싸우는 데 쓰는 도구|a tool for fighting|활과 창은 사냥에도 쓰였다.|Bows and spears served hunting too.|war;sword||arms
경제학|~economics|자원을 어떻게 나누어 쓰는지 연구하는 학문|the study of how scarce resources are used|애덤 스미스의 1776년 책이 출발점으로 꼽힌다.|Adam Smith's book of 1776 counts as its start.|market;money;Adam Smith||
돈|~money|물건을 사고파는 데 쓰는 교환의 수단|the means of exchange for buying and selling|조개껍데기나 쇠붙이를 쓰던 때가 있었다.|Shells and metal once served as such.|bank;currency;gold|화폐|
통화 (화폐)|currency|한 나라에서 쓰이는 화폐의 단위와 체계|the system of money used in a country|나라마다 중앙은행이 발행한다.|Central banks issue it.|money;bank;exchange rate||
은행|bank|돈을 맡고 빌려주는 기관|an institution that takes in and lends money|이탈리아의 시에나에는 1472년에 세운 곳이 있다.|One in Siena was founded in 1472.|money;interest;loan||
이자|interest=Interest|빌린 돈에 붙는 값|the price of borrowed money|중세 교회는 이를 받는 것을 금하였다.|The medieval church forbade it.|bank;loan||
대출|loan|돈이나 물건을 빌려주는 일|the lending of money or goods|갚을 날과 이자를 미리 정한다.|The date and the interest are fixed beforehand.|bank;interest|융자|
세금|tax|나라가 국민에게서 거두는 돈|money that the state collects from its people|소득, 재산, 소비에 매긴다.|It is laid on income, property and spending.|government;money|조세|
정부|government|나라를 다스리는 기관|the body that governs a country|입법, 사법, 행정을 나누는 나라가 많다.|Many countries separate its three powers.|parliament;court;tax||
시장|market=Market|물건을 사고파는 곳이나 그 관계|a place or relation in which goods are bought and sold|값은 수요와 공급에 따라 움직인다.|Prices move with supply and demand.|money;trade;economics|장터|
무역|~trade|나라 사이에 물건을 사고파는 일|buying and selling between countries|비단길은 동서를 이었다.|The Silk Road joined East and West.|market;ship;port|교역|commerce
환율|exchange rate|두 나라 돈을 바꾸는 비율|the rate at which two currencies are exchanged|1973년 이후 주요 통화는 시장에서 정해진다.|Since 1973 markets have set it for the main ones.|currency;bank||
인플레이션|~inflation|물가가 꾸준히 오르는 현상|a steady rise of prices|1923년 독일에서는 빵값이 수천억 마르크에 이르렀다.|In Germany in 1923 bread cost hundreds of billions of marks.|money;bank;economics|물가 상승|
주식|share=Stock|회사의 소유권을 나눈 몫|a part of the ownership of a company|네덜란드 동인도 회사가 1602년에 팔기 시작하였다.|The Dutch East India Company began selling them in 1602.|company;market||stock
회사|company|이익을 얻으려고 사업을 하는 단체|a body that does business for profit|주주의 책임은 낸 돈까지로 한정되기도 한다.|The liability of its owners may be limited.|share;market;tax|기업|firm
보험|~insurance|위험에 대비하여 돈을 모아 두는 제도|a scheme in which people pool money against risk|1666년 런던 대화재 뒤에 화재를 다루는 것이 생겼다.|Fire cover arose after the London fire of 1666.|money;bank||
교육|~education|지식과 기술을 가르치고 배우는 일|the teaching and learning of knowledge and skill|한국에서는 초등학교와 중학교가 의무이다.|In Korea primary and middle school are compulsory.|school;teacher;university||
학교|school|학생을 가르치는 기관|an institution for teaching pupils|서당과 향교가 조선 시대에 그 구실을 하였다.|In Joseon village and county ones taught the classics.|teacher;education;university||
대학|university|높은 수준의 학문을 가르치고 연구하는 기관|an institution of higher teaching and research|볼로냐의 것은 1088년에 시작되었다고 한다.|That of Bologna is said to date from 1088.|school;education|대학교|
교사|teacher|학생을 가르치는 사람|a person who teaches pupils|한국에서는 5월 15일에 감사하는 날이 있다.|Korea thanks them on 15 May.|school;education|선생님;선생|
결혼|~marriage|두 사람이 부부가 되는 일|the union of two people as spouses|반지를 나누는 풍습은 로마에서도 있었다.|The custom of rings was known in Rome.|family;civil law|혼인|
가족|family|혼인과 핏줄로 이어진 사람들|people joined by marriage and descent|조부모까지 함께 사는 형태는 줄고 있다.|Living with grandparents is becoming rarer.|marriage||
집|house|사람이 사는 건물|a building in which people live|한옥은 온돌로 바닥을 데운다.|Korean ones are heated under the floor.|family;brick|주택|
언어|language|생각을 나타내고 주고받는 말의 체계|a system of words for expressing and sharing thought|세계에는 7천 가지쯤이 쓰인다.|Some 7,000 are in use in the world.|writing;linguistics;tongue|말 (언어)|
언어학|~linguistics|언어의 구조와 쓰임을 연구하는 학문|the study of the structure and use of language|소쉬르의 1916년 강의록이 큰 영향을 주었다.|Saussure's lectures of 1916 had great influence.|language;dictionary|어학|
한글|~Hangul|세종 때 만들어진 한국어의 글자|the Korean alphabet, made under King Sejong|1446년에 반포되었고 지금은 자모 24개를 쓴다.|It was published in 1446 and now uses 24 letters.|Sejong the Great;Korean language;writing|훈민정음|Korean alphabet
문자|~writing|말을 눈에 보이게 적는 기호|signs that make speech visible|수메르의 쐐기 모양 글자가 아주 오래되었다.|The wedge signs of Sumer are very old.|Hangul;paper;language|글자|
사전|dictionary|낱말을 모아 뜻을 풀이한 책|a book that collects words and explains them|가나다나 알파벳 차례로 늘어놓는다.|Words stand in alphabetical order.|language;book;linguistics|낱말 사전|
책|book|글이나 그림을 묶은 것|bound pages of text or pictures|종이 이전에는 대나무나 양피지를 썼다.|Before paper, bamboo and parchment served.|paper;library;writing|서적|
도서관|library|책을 모아 두고 읽게 하는 곳|a place where books are kept for reading|알렉산드리아의 것이 고대에 이름났다.|That of Alexandria was famous in antiquity.|book;dictionary||
신문|newspaper|새 소식을 싣는 정기 간행물|a periodical that prints news|1896년에 《독립신문》이 나왔다.|Korea's The Independent began in 1896.|paper;writing||
우체국|post office|편지와 소포를 받아 보내는 곳|a place that takes in and sends letters and parcels|한국에서는 1884년에 처음 문을 열었다.|The first in Korea opened in 1884.|email;paper|우정국|
`)

export const thought = concepts(`
철학|~philosophy|세계와 삶의 근본을 묻는 학문|the study of the fundamental questions of world and life|이름은 지혜를 사랑한다는 뜻이다.|The name means love of wisdom.|ethics;logic;Socrates||
윤리학|~ethics|옳고 그름을 연구하는 철학의 분야|the branch of philosophy about right and wrong|칸트는 의무를, 밀은 행복을 앞세웠다.|Kant put duty first, Mill happiness.|philosophy;Immanuel Kant|도덕 철학|moral philosophy
미학|~aesthetics|아름다움과 예술을 다루는 철학의 분야|the branch of philosophy about beauty and art|1735년에 바움가르텐이 이름 붙였다.|Baumgarten named it in 1735.|art;philosophy||
종교|religion|신이나 궁극의 것을 믿고 따르는 체계|a system of belief in a god or an ultimate|세계 인구의 열에 여덟쯤이 하나를 따른다.|About eight in ten people follow one.|Buddhism;Christianity;Islam||
불교|~Buddhism|석가모니의 가르침을 따르는 종교|the religion that follows the teaching of the Buddha|고구려에는 372년에 전해졌다.|It reached Goguryeo in 372.|Wonhyo;religion;temple|부처의 가르침|
기독교|~Christianity|예수를 그리스도로 믿는 종교|the religion that believes in Jesus as the Christ|성서를 경전으로 삼는다.|Its scripture is the Bible.|religion;church (building);Christmas|그리스도교|
이슬람교|~Islam|무함마드가 전한 유일신 종교|the religion of one God brought by Muhammad|경전은 꾸란이며 하루 다섯 번 예배한다.|Its scripture is the Quran, and prayers are five a day.|Mecca;religion|이슬람;회교|
유교|~Confucianism|공자의 가르침을 따르는 사상|the school of thought that follows Confucius|조선은 이를 나라의 바탕으로 삼았다.|Joseon made it the base of the state.|Confucius;Mencius;Yi Hwang|유학 (사상)|
도교|~Taoism|노자를 받들고 불로장생을 구하는 중국의 종교|a Chinese religion that honours Laozi and seeks long life|무위자연을 이상으로 여긴다.|Its ideal is acting with nature.|Laozi;religion|도가|Daoism
힌두교|~Hinduism|인도에서 생겨난 여러 신을 섬기는 종교|a religion of India with many gods|베다라는 오래된 경전이 있다.|It has the ancient scriptures called Vedas.|India;religion;Buddhism|인도교|
유대교|~Judaism|유대인의 유일신 종교|the religion of one God of the Jewish people|토요일을 안식일로 지킨다.|Saturday is its day of rest.|religion;Christianity|유태교|
절 (불교)|temple=Buddhist temple|승려가 머물며 불법을 닦는 곳|a place where Buddhist monks live and practise|산속에 자리한 곳이 많다.|Many in Korea stand in the mountains.|Buddhism|사찰;사원 (불교)|
성당|church=Church (building)|기독교인이 모여 예배하는 건물|a building where Christians gather for worship|서울의 명동에 1898년에 지은 것이 있다.|One of 1898 stands in Myeong-dong, Seoul.|Christianity|교회 (건물)|
설날|~Seollal=Korean New Year|음력 정월 초하루에 쇠는 한국의 명절|the Korean holiday of the first day of the lunar year|떡국을 먹고 세배를 한다.|People eat rice cake soup and bow to their elders.|tteokguk;Chuseok|음력설;구정|Lunar New Year in Korea
추석|~Chuseok|음력 팔월 보름에 쇠는 한국의 명절|the Korean harvest holiday at the full moon of the eighth lunar month|송편을 빚고 성묘를 한다.|Families make songpyeon and visit graves.|songpyeon;Seollal;Moon|한가위;중추절|Korean Thanksgiving
크리스마스|~Christmas|예수의 탄생을 기념하는 12월 25일의 축일|the feast of the birth of Jesus on 25 December|나무에 불을 밝히고 선물을 나눈다.|Trees are lit and gifts are given.|Christianity;New Year's Day|성탄절|Xmas
신정|~New Year's Day|양력 1월 1일의 공휴일|the public holiday of 1 January|해돋이를 보러 바닷가로 가는 사람이 많다.|Many Koreans go to the coast to see the sun rise.|Seollal;calendar|양력설|
예술|~art|아름다움을 짓고 나타내는 사람의 활동|human activity that makes and expresses beauty|그림, 음악, 문학, 춤이 모두 들어간다.|Painting, music, literature and dance all belong to it.|painting;music;literature||
회화|~painting|색과 선으로 평면에 그리는 미술|the art of drawing on a surface with colour and line|동굴 벽에 그린 것은 3만 년이 넘었다.|Those on cave walls are over 30,000 years old.|colour;Pablo Picasso;art|그림|
조각|~sculpture|돌이나 나무를 깎아 모양을 만드는 미술|the art of shaping stone or wood|로댕은 청동으로 빚었다.|Rodin worked in bronze.|Michelangelo;bronze;art|조소|
건축|~architecture|건물을 설계하고 짓는 일과 예술|the art and work of designing buildings|비트루비우스는 견고함, 쓸모, 아름다움을 들었다.|Vitruvius asked for firmness, use and beauty.|house;bridge;Antoni Gaudí|건축술|
사진|photograph|빛으로 상을 찍어 남긴 그림|a picture made and kept by light|1826년 무렵 니엡스가 남긴 것이 오래되었다.|One by Niépce of about 1826 is very old.|camera;light;film||photo
영화|film=Film|움직이는 그림으로 이야기를 보여 주는 예술|the art of telling stories in moving pictures|1895년 뤼미에르 형제가 파리에서 상영하였다.|The Lumière brothers showed one in Paris in 1895.|photograph;theatre;Bong Joon-ho|활동사진|movie;motion picture
연극|~theatre|배우가 무대에서 이야기를 보여 주는 예술|the art of actors who tell a story on a stage|고대 그리스에서는 가면을 썼다.|In ancient Greece masks were worn.|William Shakespeare;film||drama
문학|~literature|말과 글로 나타내는 예술|the art of language|시, 소설, 희곡, 수필로 나눈다.|It divides into poetry, novels, plays and essays.|poetry;novel;book||
시 (문학)|~poetry|느낌을 가락 있는 말로 나타낸 문학|literature that puts feeling into rhythmic words|시조는 세 줄로 된 한국의 것이다.|Sijo is a Korean form in three lines.|literature;Kim Sowol|운문|verse
소설|novel|꾸며 낸 이야기를 길게 쓴 문학|a long story of invented events|《홍길동전》은 한글로 쓰였다고 전한다.|The Story of Hong Gildong is said to have been written in Hangul.|literature;book;Leo Tolstoy|장편 소설|
춤|dance|몸을 가락에 맞추어 움직이는 예술|the art of moving the body to music|살풀이와 탈춤이 한국에 전해 온다.|Korea has masked ones among others.|music;ballet|무용|
발레|~ballet|정해진 동작으로 추는 서양의 무대 춤|a Western stage dance with set positions|루이 14세 때 파리에서 틀이 잡혔다.|It took form in Paris under Louis XIV.|dance;Pyotr Ilyich Tchaikovsky||
음악|~music|소리를 엮어 나타내는 예술|the art of arranging sound|오선보는 11세기의 귀도에게서 비롯하였다.|Staff notation goes back to Guido in the eleventh century.|melody;symphony;sound|뮤직|
교향곡|symphony|관현악단을 위한 여러 악장의 곡|a piece in several movements for orchestra|흔히 네 악장으로 되어 있다.|It usually has four movements.|orchestra;Ludwig van Beethoven|심포니|
관현악단|orchestra|여러 악기로 함께 연주하는 큰 악단|a large group of players of many instruments|지휘자가 박자와 세기를 이끈다.|A conductor leads its beat and force.|symphony;violin|오케스트라|
오페라|opera|노래로 이끌어 가는 음악극|a drama that is sung|1600년 무렵 피렌체에서 태어났다.|It was born in Florence around 1600.|Giuseppe Verdi;theatre;music|가극|
재즈|~jazz|즉흥 연주를 중시하는 미국의 음악|American music that prizes improvisation|20세기 초 뉴올리언스에서 자랐다.|It grew up in New Orleans early in the twentieth century.|saxophone;music;trumpet|째즈|
판소리|~pansori|소리꾼이 북장단에 맞추어 이야기를 노래하는 한국 음악|Korean music in which a singer tells a story to a drum|다섯 마당이 지금까지 전한다.|Five long pieces have come down to us.|music;drum|소리 (국악)|
멜로디|melody|높낮이와 길이가 이어지는 소리의 줄|a line of tones of different pitch and length|사람이 가장 먼저 기억하는 부분이다.|It is what people remember first.|music;rhythm|가락;선율|tune
리듬|rhythm|소리의 길이와 세기가 되풀이되는 짜임|the recurring pattern of length and stress of sounds|심장의 박동에 빗대기도 한다.|It is likened to the beat of the heart.|melody;drum;dance|율동|
색|colour=Color|빛의 파장에 따라 눈이 느끼는 성질|what the eye feels according to the wavelength of light|뉴턴이 프리즘으로 나누어 보였다.|Newton split them with a prism.|light;eye;painting|빛깔;색깔|color
`)
