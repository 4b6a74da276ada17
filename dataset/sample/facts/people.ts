import { rows } from './rows.ts'
import type { SheetDomain } from './sheet-domain.ts'

const personRows = rows(
  ['ko', 'en', 'field', 'nation', 'born', 'died', 'work', 'koAliases', 'enAliases'],
  `
아이작 뉴턴|Isaac Newton|물리학자/physicist|잉글랜드/English|1643|1727|만유인력의 법칙을 세우고 《프린키피아》를 썼다/set out the law of gravitation in the Principia|뉴턴|Newton
알베르트 아인슈타인|Albert Einstein|물리학자/physicist|독일 출신/German-born|1879|1955|상대성이론을 세웠다/created the theory of relativity|아인슈타인|Einstein
갈릴레오 갈릴레이|Galileo Galilei|천문학자/astronomer|이탈리아/Italian|1564|1642|망원경으로 목성의 네 위성을 찾았다/found four moons of Jupiter with a telescope|갈릴레이;갈릴레오|Galileo
니콜라우스 코페르니쿠스|Nicolaus Copernicus|천문학자/astronomer|폴란드/Polish|1473|1543|지구가 태양을 돈다고 주장하였다/held that the Earth moves round the Sun|코페르니쿠스|Copernicus
요하네스 케플러|Johannes Kepler|천문학자/astronomer|독일/German|1571|1630|행성이 타원을 그리며 돈다는 법칙을 찾았다/found that planets move in ellipses|케플러|Kepler
에드윈 허블|Edwin Hubble|천문학자/astronomer|미국/American|1889|1953|우주가 팽창한다는 증거를 찾았다/found evidence that the universe expands|허블|
칼 세이건|Carl Sagan|천문학자/astronomer|미국/American|1934|1996|《코스모스》로 우주를 널리 알렸다/made the universe popular with Cosmos|세이건|
마리 퀴리|Marie Curie|화학자/chemist|폴란드 출신/Polish-born|1867|1934|라듐과 폴로늄을 발견하고 노벨상을 두 번 받았다/discovered radium and polonium and won two Nobel Prizes|퀴리 부인|Madame Curie
앙투안 라부아지에|Antoine Lavoisier|화학자/chemist|프랑스/French|1743|1794|연소가 산소와 결합하는 일임을 밝혔다/showed that burning is union with oxygen|라부아지에|
드미트리 멘델레예프|Dmitri Mendeleev|화학자/chemist|러시아/Russian|1834|1907|원소의 주기율표를 만들었다/drew up the periodic table of the elements|멘델레예프|
알프레드 노벨|Alfred Nobel|화학자/chemist|스웨덴/Swedish|1833|1896|다이너마이트를 발명하고 유산으로 상을 남겼다/invented dynamite and left his fortune for prizes|노벨|
존 돌턴|John Dalton|화학자/chemist|잉글랜드/English|1766|1844|원자설을 내놓았다/proposed that matter consists of atoms|돌턴|
루이 파스퇴르|Louis Pasteur|생물학자/biologist|프랑스/French|1822|1895|광견병 백신과 저온 살균법을 만들었다/made a rabies vaccine and pasteurisation|파스퇴르|Pasteur
찰스 다윈|Charles Darwin|생물학자/biologist|잉글랜드/English|1809|1882|《종의 기원》에서 자연 선택을 주장하였다/argued for natural selection in On the Origin of Species|다윈|Darwin
그레고어 멘델|Gregor Mendel|생물학자/biologist|오스트리아/Austrian|1822|1884|완두로 유전의 법칙을 찾았다/found the laws of heredity with peas|멘델|Mendel
칼 폰 린네|Carl Linnaeus|생물학자/biologist|스웨덴/Swedish|1707|1778|생물에 두 낱말로 된 학명을 붙였다/gave living things names of two words|린네|Carl von Linné
제임스 왓슨|James Watson|생물학자/biologist|미국/American|1928|2025|DNA의 이중 나선 구조를 밝혔다/found the double helix of DNA|왓슨|
로절린드 프랭클린|Rosalind Franklin|생물학자/biologist|잉글랜드/English|1920|1958|엑스선으로 DNA의 사진을 찍었다/photographed DNA with X-rays||
알렉산더 플레밍|Alexander Fleming|의사/physician|스코틀랜드/Scottish|1881|1955|페니실린을 발견하였다/discovered penicillin|플레밍|
에드워드 제너|Edward Jenner|의사/physician|잉글랜드/English|1749|1823|우두로 천연두를 막는 법을 찾았다/fought smallpox with cowpox|제너|
히포크라테스|Hippocrates|의사/physician|그리스/Greek|-460|-370|의사의 윤리를 담은 선서로 기억된다/is remembered for an oath of physicians||
허준|Heo Jun|의사/physician|조선/Korean|1539|1615|《동의보감》을 지었다/wrote the medical book Dongui bogam||
지그문트 프로이트|Sigmund Freud|의사/physician|오스트리아/Austrian|1856|1939|정신분석학을 열었다/founded psychoanalysis|프로이트|Freud
플로렌스 나이팅게일|Florence Nightingale|간호사/nurse|잉글랜드/English|1820|1910|통계로 군 병원의 위생을 바꾸었다/reformed army hospitals with statistics|나이팅게일|
마이클 패러데이|Michael Faraday|물리학자/physicist|잉글랜드/English|1791|1867|전자기 유도를 발견하였다/discovered electromagnetic induction|패러데이|
제임스 클러크 맥스웰|James Clerk Maxwell|물리학자/physicist|스코틀랜드/Scottish|1831|1879|전기와 자기를 방정식으로 묶었다/joined electricity and magnetism in equations|맥스웰|
닐스 보어|Niels Bohr|물리학자/physicist|덴마크/Danish|1885|1962|원자의 전자 궤도 모형을 세웠다/made a model of electron orbits in the atom|보어|
막스 플랑크|Max Planck|물리학자/physicist|독일/German|1858|1947|에너지가 덩어리로 나온다는 양자 가설을 세웠다/proposed that energy comes in quanta|플랑크|
베르너 하이젠베르크|Werner Heisenberg|물리학자/physicist|독일/German|1901|1976|불확정성 원리를 발표하였다/published the uncertainty principle|하이젠베르크|
에르빈 슈뢰딩거|Erwin Schrödinger|물리학자/physicist|오스트리아/Austrian|1887|1961|파동 방정식과 고양이 사고 실험으로 알려졌다/is known for a wave equation and a thought experiment with a cat|슈뢰딩거|
리처드 파인먼|Richard Feynman|물리학자/physicist|미국/American|1918|1988|입자의 상호 작용을 그림으로 나타냈다/drew the interactions of particles as diagrams|파인만|
스티븐 호킹|Stephen Hawking|물리학자/physicist|잉글랜드/English|1942|2018|블랙홀이 빛을 낸다고 예측하였다/predicted that black holes radiate|호킹|
니콜라 테슬라|Nikola Tesla|발명가/inventor|세르비아계/Serbian|1856|1943|교류 전기 장치를 발명하였다/invented alternating-current machines|테슬라|
토머스 에디슨|Thomas Edison|발명가/inventor|미국/American|1847|1931|축음기와 실용적인 백열전구를 만들었다/made the phonograph and a practical light bulb|에디슨|
알렉산더 그레이엄 벨|Alexander Graham Bell|발명가/inventor|스코틀랜드 출신/Scottish-born|1847|1922|전화기의 특허를 얻었다/patented the telephone|그레이엄 벨|
라이트 형제|Wright brothers=Wright brothers|발명가/inventor|미국/American|1867|1948|1903년에 동력 비행에 성공하였다/made a powered flight in 1903||
장영실|Jang Yeong-sil|발명가/inventor|조선/Korean|1390|1442|물시계 자격루를 만들었다/built a self-striking water clock||
제임스 와트|James Watt|발명가/inventor|스코틀랜드/Scottish|1736|1819|증기 기관을 크게 개량하였다/greatly improved the steam engine|와트|
요하네스 구텐베르크|Johannes Gutenberg|발명가/inventor|독일/German|1400|1468|유럽에서 금속 활자로 성서를 찍었다/printed the Bible with movable type in Europe|구텐베르크|
에우클레이데스|Euclid|수학자/mathematician|그리스/Greek|-325|-265|《원론》으로 기하학을 정리하였다/put geometry in order in the Elements|유클리드|
아르키메데스|Archimedes|수학자/mathematician|그리스/Greek|-287|-212|부력의 원리를 알아냈다/found the principle of buoyancy||
피타고라스|Pythagoras|수학자/mathematician|그리스/Greek|-570|-495|직각삼각형의 정리로 이름을 남겼다/left his name to a theorem on right triangles||
카를 프리드리히 가우스|Carl Friedrich Gauss|수학자/mathematician|독일/German|1777|1855|정수론과 통계에 큰 업적을 남겼다/did great work on numbers and statistics|가우스|Gauss
레온하르트 오일러|Leonhard Euler|수학자/mathematician|스위스/Swiss|1707|1783|다리 건너기 문제로 그래프 이론을 열었다/opened graph theory with a puzzle about bridges|오일러|Euler
피에르 드 페르마|Pierre de Fermat|수학자/mathematician|프랑스/French|1607|1665|책의 여백에 유명한 추측을 적었다/wrote a famous conjecture in a margin|페르마|Fermat
에미 뇌터|Emmy Noether|수학자/mathematician|독일/German|1882|1935|대칭과 보존 법칙을 잇는 정리를 증명하였다/proved that symmetries give conservation laws|뇌터|
스리니바사 라마누잔|Srinivasa Ramanujan|수학자/mathematician|인도/Indian|1887|1920|거의 독학으로 수많은 공식을 찾았다/found countless formulas almost by himself|라마누잔|
앨런 튜링|Alan Turing|수학자/mathematician|잉글랜드/English|1912|1954|계산의 이론을 세우고 암호를 풀었다/founded the theory of computation and broke codes|튜링|Turing
에이다 러브레이스|Ada Lovelace|수학자/mathematician|잉글랜드/English|1815|1852|해석 기관을 위한 첫 프로그램을 적었다/wrote the first program for the Analytical Engine||
존 폰 노이만|John von Neumann|수학자/mathematician|헝가리 출신/Hungarian-born|1903|1957|저장된 프로그램 방식의 컴퓨터 구조를 정리하였다/described the stored-program computer|폰 노이만|
요한 제바스티안 바흐|Johann Sebastian Bach|작곡가/composer|독일/German|1685|1750|〈브란덴부르크 협주곡〉을 썼다/wrote the Brandenburg Concertos|바흐|Bach
볼프강 아마데우스 모차르트|Wolfgang Amadeus Mozart|작곡가/composer|오스트리아/Austrian|1756|1791|오페라 〈마술피리〉를 썼다/wrote the opera The Magic Flute|모차르트|Mozart
루트비히 판 베토벤|Ludwig van Beethoven|작곡가/composer|독일/German|1770|1827|귀가 먼 채로 교향곡 9번을 완성하였다/completed his Ninth Symphony when deaf|베토벤|Beethoven
프란츠 슈베르트|Franz Schubert|작곡가/composer|오스트리아/Austrian|1797|1828|육백 곡이 넘는 가곡을 남겼다/left more than 600 songs|슈베르트|Schubert
프레데리크 쇼팽|Frédéric Chopin|작곡가/composer|폴란드/Polish|1810|1849|피아노를 위한 야상곡과 마주르카를 썼다/wrote nocturnes and mazurkas for the piano|쇼팽|Chopin
표트르 차이콥스키|Pyotr Ilyich Tchaikovsky|작곡가/composer|러시아/Russian|1840|1893|발레 음악 〈백조의 호수〉를 썼다/wrote the ballet Swan Lake|차이콥스키;차이코프스키|Tchaikovsky
안토니오 비발디|Antonio Vivaldi|작곡가/composer|이탈리아/Italian|1678|1741|바이올린 협주곡 〈사계〉를 썼다/wrote the violin concertos The Four Seasons|비발디|Vivaldi
게오르크 프리드리히 헨델|George Frideric Handel|작곡가/composer|독일 출신/German-born|1685|1759|오라토리오 〈메시아〉를 썼다/wrote the oratorio Messiah|헨델|Handel
요제프 하이든|Joseph Haydn|작곡가/composer|오스트리아/Austrian|1732|1809|교향곡을 백 곡 넘게 썼다/wrote over a hundred symphonies|하이든|Haydn
주세페 베르디|Giuseppe Verdi|작곡가/composer|이탈리아/Italian|1813|1901|오페라 〈아이다〉를 썼다/wrote the opera Aida|베르디|Verdi
리하르트 바그너|Richard Wagner|작곡가/composer|독일/German|1813|1883|네 편의 악극 〈니벨룽의 반지〉를 썼다/wrote the four dramas of the Ring|바그너|Wagner
요하네스 브람스|Johannes Brahms|작곡가/composer|독일/German|1833|1897|〈독일 레퀴엠〉을 썼다/wrote A German Requiem|브람스|Brahms
클로드 드뷔시|Claude Debussy|작곡가/composer|프랑스/French|1862|1918|관현악곡 〈바다〉를 썼다/wrote the orchestral piece La mer|드뷔시|Debussy
이고르 스트라빈스키|Igor Stravinsky|작곡가/composer|러시아/Russian|1882|1971|발레 〈봄의 제전〉으로 소동을 일으켰다/caused an uproar with The Rite of Spring|스트라빈스키|
안토닌 드보르자크|Antonín Dvořák|작곡가/composer|체코/Czech|1841|1904|교향곡 〈신세계로부터〉를 썼다/wrote the symphony From the New World|드보르자크|Dvořák
윤이상|Isang Yun|작곡가/composer|한국 출신/Korean-born|1917|1995|동서양의 음악을 한데 엮었다/wove music of East and West together||
안익태|Ahn Eak-tai|작곡가/composer|한국/Korean|1906|1965|대한민국의 애국가를 작곡하였다/composed the anthem of South Korea||
박연|Bak Yeon|음악가/musician|조선/Korean|1378|1458|궁중의 아악을 정비하였다/put the court music in order||
윌리엄 셰익스피어|William Shakespeare|작가/writer|잉글랜드/English|1564|1616|《햄릿》과 《로미오와 줄리엣》을 썼다/wrote Hamlet and Romeo and Juliet|셰익스피어|Shakespeare
찰스 디킨스|Charles Dickens|작가/writer|잉글랜드/English|1812|1870|《올리버 트위스트》를 썼다/wrote Oliver Twist|디킨스|Dickens
제인 오스틴|Jane Austen|작가/writer|잉글랜드/English|1775|1817|《오만과 편견》을 썼다/wrote Pride and Prejudice|오스틴 (작가)|
조지 오웰|George Orwell|작가/writer|잉글랜드/English|1903|1950|《동물 농장》과 《1984》를 썼다/wrote Animal Farm and Nineteen Eighty-Four|오웰|
버지니아 울프|Virginia Woolf|작가/writer|잉글랜드/English|1882|1941|《댈러웨이 부인》을 썼다/wrote Mrs Dalloway||
마크 트웨인|Mark Twain|작가/writer|미국/American|1835|1910|《허클베리 핀의 모험》을 썼다/wrote Adventures of Huckleberry Finn||
어니스트 헤밍웨이|Ernest Hemingway|작가/writer|미국/American|1899|1961|《노인과 바다》를 썼다/wrote The Old Man and the Sea|헤밍웨이|Hemingway
에드거 앨런 포|Edgar Allan Poe|작가/writer|미국/American|1809|1849|추리 소설의 길을 열었다/opened the way for detective stories||
빅토르 위고|Victor Hugo|작가/writer|프랑스/French|1802|1885|《레 미제라블》을 썼다/wrote Les Misérables|위고|
알베르 카뮈|Albert Camus|작가/writer|프랑스/French|1913|1960|《이방인》을 썼다/wrote The Stranger|카뮈|Camus
생텍쥐페리|Antoine de Saint-Exupéry|작가/writer|프랑스/French|1900|1944|《어린 왕자》를 썼다/wrote The Little Prince|앙투안 드 생텍쥐페리|Saint-Exupéry
요한 볼프강 폰 괴테|Johann Wolfgang von Goethe|작가/writer|독일/German|1749|1832|《파우스트》를 썼다/wrote Faust|괴테|Goethe
프란츠 카프카|Franz Kafka|작가/writer|체코 출신/Prague-born|1883|1924|《변신》을 썼다/wrote The Metamorphosis|카프카|Kafka
레프 톨스토이|Leo Tolstoy|작가/writer|러시아/Russian|1828|1910|《전쟁과 평화》를 썼다/wrote War and Peace|톨스토이|Tolstoy
표도르 도스토옙스키|Fyodor Dostoevsky|작가/writer|러시아/Russian|1821|1881|《죄와 벌》을 썼다/wrote Crime and Punishment|도스토옙스키|Dostoevsky
안톤 체호프|Anton Chekhov|작가/writer|러시아/Russian|1860|1904|희곡 《벚꽃 동산》을 썼다/wrote the play The Cherry Orchard|체호프|Chekhov
미겔 데 세르반테스|Miguel de Cervantes|작가/writer|에스파냐/Spanish|1547|1616|《돈키호테》를 썼다/wrote Don Quixote|세르반테스|Cervantes
단테 알리기에리|Dante Alighieri|작가/writer|이탈리아/Italian|1265|1321|《신곡》을 썼다/wrote the Divine Comedy|단테|Dante
호메로스|Homer|작가/writer|그리스/Greek|-800|-701|《일리아스》의 지은이로 전한다/is named as the poet of the Iliad|호머|
한스 크리스티안 안데르센|Hans Christian Andersen|작가/writer|덴마크/Danish|1805|1875|〈인어공주〉 같은 동화를 썼다/wrote tales such as The Little Mermaid|안데르센|Andersen
라빈드라나트 타고르|Rabindranath Tagore|작가/writer|인도/Indian|1861|1941|시집 《기탄잘리》를 썼다/wrote the poems of Gitanjali|타고르|Tagore
가브리엘 가르시아 마르케스|Gabriel García Márquez|작가/writer|콜롬비아/Colombian|1927|2014|《백년의 고독》을 썼다/wrote One Hundred Years of Solitude|가르시아 마르케스|
나쓰메 소세키|Natsume Sōseki|작가/writer|일본/Japanese|1867|1916|《나는 고양이로소이다》를 썼다/wrote I Am a Cat|소세키|
루쉰|Lu Xun|작가/writer|중국/Chinese|1881|1936|《아Q정전》을 썼다/wrote The True Story of Ah Q|노신|
한강 (작가)|Han Kang|작가/writer|한국/Korean|1970||《채식주의자》를 쓰고 2024년에 노벨 문학상을 받았다/wrote The Vegetarian and won the Nobel Prize in 2024||
윤동주|Yun Dong-ju|작가/writer|한국/Korean|1917|1945|〈서시〉와 〈별 헤는 밤〉을 썼다/wrote the poem Counting the Stars||
김소월|Kim Sowol|작가/writer|한국/Korean|1902|1934|〈진달래꽃〉을 썼다/wrote the poem Azaleas||
박경리|Pak Kyongni|작가/writer|한국/Korean|1926|2008|대하소설 《토지》를 썼다/wrote the long novel Land||
레오나르도 다 빈치|Leonardo da Vinci|화가/painter|이탈리아/Italian|1452|1519|〈모나리자〉를 그렸다/painted the Mona Lisa|다 빈치;다빈치|Leonardo
미켈란젤로|Michelangelo|조각가/sculptor|이탈리아/Italian|1475|1564|〈다비드〉를 새기고 시스티나 천장화를 그렸다/carved David and painted the Sistine ceiling||
라파엘로|Raphael|화가/painter|이탈리아/Italian|1483|1520|〈아테네 학당〉을 그렸다/painted The School of Athens|라파엘로 산치오|
렘브란트|Rembrandt|화가/painter|네덜란드/Dutch|1606|1669|〈야경〉을 그렸다/painted The Night Watch||
요하네스 페르메이르|Johannes Vermeer|화가/painter|네덜란드/Dutch|1632|1675|〈진주 귀고리를 한 소녀〉를 그렸다/painted Girl with a Pearl Earring|베르메르|Vermeer
빈센트 반 고흐|Vincent van Gogh|화가/painter|네덜란드/Dutch|1853|1890|〈별이 빛나는 밤〉을 그렸다/painted The Starry Night|반 고흐;고흐|Van Gogh
클로드 모네|Claude Monet|화가/painter|프랑스/French|1840|1926|수련 연작을 그렸다/painted a series of water lilies|모네|Monet
폴 세잔|Paul Cézanne|화가/painter|프랑스/French|1839|1906|생트빅투아르산을 거듭 그렸다/painted Mont Sainte-Victoire again and again|세잔|Cézanne
오귀스트 로댕|Auguste Rodin|조각가/sculptor|프랑스/French|1840|1917|〈생각하는 사람〉을 만들었다/made The Thinker|로댕|Rodin
파블로 피카소|Pablo Picasso|화가/painter|에스파냐/Spanish|1881|1973|〈게르니카〉를 그렸다/painted Guernica|피카소|Picasso
살바도르 달리|Salvador Dalí|화가/painter|에스파냐/Spanish|1904|1989|녹아내리는 시계를 그렸다/painted melting clocks|달리|Dalí
구스타프 클림트|Gustav Klimt|화가/painter|오스트리아/Austrian|1862|1918|〈키스〉를 그렸다/painted The Kiss|클림트|Klimt
에드바르 뭉크|Edvard Munch|화가/painter|노르웨이/Norwegian|1863|1944|〈절규〉를 그렸다/painted The Scream|뭉크|Munch
프리다 칼로|Frida Kahlo|화가/painter|멕시코/Mexican|1907|1954|강렬한 자화상을 남겼다/left powerful self-portraits||
신윤복|Sin Yun-bok|화가/painter|조선/Korean|1758|1813|〈미인도〉를 그렸다/painted Portrait of a Beauty|혜원|Hyewon
김홍도|Kim Hong-do|화가/painter|조선/Korean|1745|1806|〈씨름〉 같은 풍속화를 그렸다/painted scenes of daily life such as wrestling|단원|Danwon
정선 (화가)|Jeong Seon|화가/painter|조선/Korean|1676|1759|〈인왕제색도〉를 그렸다/painted Inwangsan after rain|겸재|
백남준|Nam June Paik|예술가/artist|한국 출신/Korean-born|1932|2006|텔레비전으로 비디오 아트를 열었다/opened video art with television sets||
소크라테스|Socrates|철학자/philosopher|그리스/Greek|-470|-399|묻고 답하며 무지를 깨닫게 하였다/led people by questions to see their ignorance||
플라톤|Plato|철학자/philosopher|그리스/Greek|-428|-348|《국가》를 쓰고 아카데메이아를 세웠다/wrote the Republic and founded the Academy||
아리스토텔레스|Aristotle|철학자/philosopher|그리스/Greek|-384|-322|논리학과 윤리학의 틀을 세웠다/laid the foundations of logic and ethics||
공자|Confucius|철학자/philosopher|중국/Chinese|-551|-479|인과 예를 가르쳐 유교를 열었다/taught humaneness and ritual and began Confucianism||
맹자|Mencius|철학자/philosopher|중국/Chinese|-372|-289|사람의 본성이 착하다고 하였다/said that human nature is good||
노자|Laozi|철학자/philosopher|중국/Chinese|-571|-471|《도덕경》의 지은이로 전한다/is named as the author of the Tao Te Ching||Lao Tzu
르네 데카르트|René Descartes|철학자/philosopher|프랑스/French|1596|1650|“나는 생각한다, 고로 존재한다”고 하였다/said “I think, therefore I am”|데카르트|Descartes
임마누엘 칸트|Immanuel Kant|철학자/philosopher|독일/German|1724|1804|《순수이성비판》을 썼다/wrote the Critique of Pure Reason|칸트|Kant
프리드리히 니체|Friedrich Nietzsche|철학자/philosopher|독일/German|1844|1900|《차라투스트라는 이렇게 말했다》를 썼다/wrote Thus Spoke Zarathustra|니체|Nietzsche
카를 마르크스|Karl Marx|철학자/philosopher|독일/German|1818|1883|《자본론》을 썼다/wrote Capital|마르크스;칼 마르크스|Marx
장자크 루소|Jean-Jacques Rousseau|철학자/philosopher|제네바 출신/Geneva-born|1712|1778|《사회계약론》을 썼다/wrote The Social Contract|루소|Rousseau
존 로크|John Locke|철학자/philosopher|잉글랜드/English|1632|1704|《통치론》을 썼다/wrote Two Treatises of Government|로크|Locke
루트비히 비트겐슈타인|Ludwig Wittgenstein|철학자/philosopher|오스트리아/Austrian|1889|1951|《논리-철학 논고》를 썼다/wrote the Tractatus|비트겐슈타인|Wittgenstein
이황|Yi Hwang|철학자/philosopher|조선/Korean|1501|1570|도산 서당에서 성리학을 가르쳤다/taught Neo-Confucianism at Dosan|퇴계;이퇴계|Toegye
이이|Yi I|철학자/philosopher|조선/Korean|1536|1584|《성학집요》를 지었다/wrote a digest of learning for the king|율곡;이율곡|Yulgok
정약용|Jeong Yak-yong|철학자/philosopher|조선/Korean|1762|1836|《목민심서》를 짓고 거중기를 만들었다/wrote on governing the people and built a crane|다산|Dasan
원효|Wonhyo|승려/monk|신라/Korean|617|686|해골에 괸 물을 마시고 깨달았다고 전한다/is said to have been awakened by drinking from a skull||
애덤 스미스|Adam Smith|경제학자/economist|스코틀랜드/Scottish|1723|1790|《국부론》을 썼다/wrote The Wealth of Nations|아담 스미스|
존 메이너드 케인스|John Maynard Keynes|경제학자/economist|잉글랜드/English|1883|1946|불황에는 정부가 지출해야 한다고 하였다/held that governments should spend in a slump|케인스|Keynes
이순신|Yi Sun-sin|장군/military commander|조선/Korean|1545|1598|명량에서 열세 척으로 일본 수군을 이겼다/beat a Japanese fleet at Myeongnyang with thirteen ships|충무공|Admiral Yi
안중근|An Jung-geun|독립운동가/independence activist|한국/Korean|1879|1910|하얼빈에서 이토 히로부미를 쏘았다/shot Itō Hirobumi at Harbin||
유관순|Yu Gwan-sun|독립운동가/independence activist|한국/Korean|1902|1920|1919년 아우내 장터의 만세 운동을 이끌었다/led the demonstration at Aunae market in 1919||
김구|Kim Ku|독립운동가/independence activist|한국/Korean|1876|1949|대한민국 임시 정부를 이끌고 《백범일지》를 남겼다/led the provisional government and left a memoir|백범|Kim Gu
마하트마 간디|Mahatma Gandhi|독립운동가/independence activist|인도/Indian|1869|1948|비폭력으로 독립 운동을 이끌었다/led a movement for independence without violence|간디|Gandhi
넬슨 만델라|Nelson Mandela|정치인/politician|남아프리카 공화국/South African|1918|2013|인종 차별 정책을 끝내고 대통령이 되었다/ended apartheid and became president|만델라|Mandela
에이브러햄 링컨|Abraham Lincoln|정치인/politician|미국/American|1809|1865|노예 해방을 선언하였다/proclaimed the freedom of slaves|링컨|Lincoln
조지 워싱턴|George Washington|정치인/politician|미국/American|1732|1799|미국의 초대 대통령이 되었다/became the first president of the United States||
윈스턴 처칠|Winston Churchill|정치인/politician|잉글랜드/English|1874|1965|제2차 세계 대전 때 영국을 이끌었다/led Britain in the Second World War|처칠|Churchill
나폴레옹 1세|Napoleon=Napoleon|군주/monarch|프랑스/French|1769|1821|황제가 되어 유럽을 휩쓸었다/became emperor and swept over Europe|나폴레옹;나폴레옹 보나파르트|Napoleon Bonaparte
율리우스 카이사르|Julius Caesar|장군/military commander|로마/Roman|-100|-44|갈리아를 정복하고 종신 독재관이 되었다/conquered Gaul and became dictator for life|카이사르;시저|Caesar
알렉산드로스 3세|Alexander the Great|군주/monarch|마케도니아/Macedonian|-356|-323|인도까지 이르는 제국을 세웠다/built an empire that reached India|알렉산더 대왕;알렉산드로스 대왕|
칭기즈 칸|Genghis Khan|군주/monarch|몽골/Mongol|1162|1227|몽골 제국을 세웠다/founded the Mongol Empire|테무친|Chinggis Khan
클레오파트라 7세|Cleopatra|군주/monarch|이집트/Egyptian|-69|-30|고대 이집트의 마지막 여왕이다/was the last queen of ancient Egypt|클레오파트라|
빅토리아 여왕|Queen Victoria|군주/monarch|영국/British|1819|1901|예순세 해 동안 다스렸다/reigned for sixty-three years||Victoria of the United Kingdom
크리스토퍼 콜럼버스|Christopher Columbus|탐험가/explorer|이탈리아/Italian|1451|1506|1492년에 카리브해의 섬에 닿았다/reached the Caribbean in 1492|콜럼버스|Columbus
페르디난드 마젤란|Ferdinand Magellan|탐험가/explorer|포르투갈/Portuguese|1480|1521|세계 일주 항해를 이끌다 필리핀에서 죽었다/led the first voyage round the world and died in the Philippines|마젤란|Magellan
마르코 폴로|Marco Polo|탐험가/explorer|베네치아/Venetian|1254|1324|중국을 다녀와 《동방견문록》을 남겼다/left an account of his travels to China||
제임스 쿡|James Cook|탐험가/explorer|잉글랜드/English|1728|1779|태평양을 세 번 항해하였다/sailed the Pacific three times|쿡 선장|Captain Cook
로알 아문센|Roald Amundsen|탐험가/explorer|노르웨이/Norwegian|1872|1928|1911년에 남극점에 처음 닿았다/was the first to reach the South Pole, in 1911|아문센|Amundsen
유리 가가린|Yuri Gagarin|우주 비행사/astronaut|소련/Soviet|1934|1968|1961년에 처음으로 우주를 날았다/was the first person in space, in 1961|가가린|Gagarin
닐 암스트롱|Neil Armstrong|우주 비행사/astronaut|미국/American|1930|2012|1969년에 처음으로 달을 밟았다/was the first to walk on the Moon, in 1969|암스트롱|
찰리 채플린|Charlie Chaplin|영화 감독/film director|잉글랜드/English|1889|1977|〈모던 타임스〉를 만들고 주연하였다/made and starred in Modern Times|채플린|Chaplin
앨프리드 히치콕|Alfred Hitchcock|영화 감독/film director|잉글랜드/English|1899|1980|〈사이코〉로 서스펜스의 거장이 되었다/became the master of suspense with Psycho|히치콕|Hitchcock
구로사와 아키라|Akira Kurosawa|영화 감독/film director|일본/Japanese|1910|1998|〈7인의 사무라이〉를 만들었다/made Seven Samurai||
봉준호|Bong Joon-ho|영화 감독/film director|한국/Korean|1969||〈기생충〉으로 황금종려상을 받았다/won the Palme d'Or with Parasite||
안토니 가우디|Antoni Gaudí|건축가/architect|카탈루냐/Catalan|1852|1926|사그라다 파밀리아를 설계하였다/designed the Sagrada Família|가우디|Gaudí
르 코르뷔지에|Le Corbusier|건축가/architect|스위스 출신/Swiss-born|1887|1965|기둥 위에 띄운 집을 지었다/built houses raised on pillars||
`,
)

export const people: SheetDomain = {
  name: 'person',
  rows: personRows,
  kin: 'field',
  koLead: [
    '{nation} {field}이다.',
    '{nation}의 {field}이다.',
    '--',
    '{work}.',
    '--',
    '{born}년에 태어나 {died}년에 죽었다.',
    '생몰 연대는 {born}년~{died}년이다.',
    '{born}년에 태어났다.',
  ],
  enLead: [
    'was {nation:a} {field}.',
    'worked as {field:a} and was {nation}.',
    'is counted as {nation:a} {field}.',
    '--',
    'The {field} {work}.',
    '--',
    '{born} and {died} are the years of birth and death.',
    'The life lasted from {born} to {died}.',
    'The year of birth is {born}.',
  ],
  sections: [
    {
      ko: ['생애', '일생', '활동'],
      en: ['Life', 'Biography', 'Career'],
      sentences: [
        {
          ko: ['{born}년에 태어났다.', '{born}년생이다.', '태어난 해는 {born}년이다.'],
          en: ['The {field} was born in {born}.', 'Birth: {born}.', 'The birth fell in the year {born}.'],
        },
        {
          ko: ['{died}년에 세상을 떠났다.', '{died}년에 삶을 마쳤다.', '죽은 해는 {died}년이다.'],
          en: ['Death came in {died}.', 'The life ended in {died}.', 'The {field} died in {died}.'],
        },
        {
          ko: [
            '{field:으로} 이름을 떨쳤다.',
            '{field:으로} 활동하며 이름을 알렸다.',
            '살아 있는 동안에도 {field:으로} 널리 알려졌다.',
          ],
          en: [
            'Fame came as {field:a}.',
            'Work as {field:a} brought wide notice.',
            'Already in life this {field} was widely known.',
          ],
        },
      ],
    },
    {
      ko: ['업적', '평가', '영향'],
      en: ['Work', 'Influence', 'Legacy'],
      sentences: [
        {
          ko: ['대표적인 일을 꼽자면 “{work}”라는 한마디로 줄일 수 있다.', '백과사전은 흔히 “{work}”라고 소개한다.'],
          en: ['In a line: this {field} {work}.', 'Reference books begin by saying that the {field} {work}.'],
        },
        {
          ko: ['같은 분야의 인물로 {kin:이} 있다.', '{kin:과} 나란히 이야기된다.', '{kin:과} 견주는 글이 많다.'],
          en: [
            'Others in the same field: {kin}.',
            'The name is mentioned together with {kin}.',
            'Comparisons with {kin} are common.',
          ],
        },
      ],
    },
  ],
  koBox: '인물 정보',
  enBox: 'Infobox person',
  koLabels: { born: '출생일', died: '사망일', field: '직업', nation: '국적' },
  enLabels: { born: 'birth_date', died: 'death_date', field: 'occupation', nation: 'nationality' },
  koKinHeading: '같은 분야의 인물',
  enKinHeading: 'People of the same field',
  koCategory: '인물',
  enCategory: 'People',
  koLater: ['{kin:을} 다룬 책에서도 이름을 찾을 수 있다.'],
  enLater: ['Books on {kin} mention the name as well.'],
}
