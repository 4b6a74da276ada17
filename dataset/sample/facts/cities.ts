import { rows } from './rows.ts'

/** What capitals are known for, by English name. */
export const capitalFame = rows(
  ['en', 'fame'],
  `
Seoul|경복궁과 남산과 한강/Gyeongbokgung palace, Namsan and the Han River
Pyongyang|대동강과 을밀대/the Taedong River and Ulmil Pavilion
Tokyo|센소지와 황거와 도쿄 타워/Sensō-ji, the Imperial Palace and Tokyo Tower
Beijing|자금성과 천안문 광장/the Forbidden City and Tiananmen Square
Ulaanbaatar|간단 사원과 수흐바타르 광장/the Gandan Monastery and Sükhbaatar Square
Hanoi|호안끼엠 호수와 문묘/Hoàn Kiếm Lake and the Temple of Literature
Bangkok|왕궁과 수상 시장/the Grand Palace and its floating markets
Kuala Lumpur|페트로나스 쌍둥이 빌딩/the Petronas Towers
Jakarta|독립기념탑과 코타 구시가/the National Monument and the old town of Kota
Manila|인트라무로스 성곽/the walled town of Intramuros
New Delhi|인도문과 대통령궁/India Gate and the president's palace
Dhaka|랄바그 요새와 인력거/Lalbagh Fort and its rickshaws
Kathmandu|보우더나트 불탑/the stupa of Boudhanath
Tehran|아자디 탑과 골레스탄 궁전/the Azadi Tower and Golestan Palace
Baghdad|티그리스강과 지혜의 집/the Tigris and the House of Wisdom
Damascus|우마이야 모스크/the Umayyad Mosque
Jerusalem|통곡의 벽과 성묘 교회/the Western Wall and the Church of the Holy Sepulchre
Ankara|아타튀르크의 묘/the mausoleum of Atatürk
Tbilisi|유황 온천과 나리칼라 요새/sulphur baths and the Narikala fortress
Baku|메이든 탑과 유전/the Maiden Tower and its oil fields
Moscow|크렘린과 붉은 광장/the Kremlin and Red Square
Kyiv|성 소피아 대성당/the cathedral of Saint Sophia
Warsaw|복원된 구시가와 쇼팽 박물관/the rebuilt old town and the Chopin museum
Prague|카를교와 프라하성/Charles Bridge and Prague Castle
Budapest|다뉴브강과 국회 의사당과 온천/the Danube, the parliament and thermal baths
Bucharest|인민 궁전/the Palace of the Parliament
Athens|아크로폴리스와 파르테논 신전/the Acropolis and the Parthenon
Belgrade|칼레메그단 요새/the Kalemegdan fortress
Vienna|쇤브룬 궁전과 국립 오페라 극장/Schönbrunn Palace and the State Opera
Bern|시계탑과 곰 공원/the clock tower and the bear park
Berlin|브란덴부르크문과 박물관섬/the Brandenburg Gate and Museum Island
Paris|에펠탑과 루브르 박물관과 노트르담 대성당/the Eiffel Tower, the Louvre and Notre-Dame
London|빅벤과 타워브리지와 대영 박물관/Big Ben, Tower Bridge and the British Museum
Dublin|트리니티 칼리지와 기네스 양조장/Trinity College and the Guinness brewery
Amsterdam|운하와 안네 프랑크의 집/its canals and the Anne Frank House
Brussels|그랑플라스와 아토미움/the Grand-Place and the Atomium
Copenhagen|인어공주 동상과 티볼리 공원/the Little Mermaid and Tivoli Gardens
Oslo|오페라 하우스와 바이킹 배 박물관/the opera house and the Viking ship museum
Stockholm|감라스탄과 노벨 박물관/Gamla stan and the Nobel museum
Helsinki|수오멘린나 요새/the fortress of Suomenlinna
Reykjavík|할그림스키르캬 교회/the church of Hallgrímskirkja
Tallinn|중세 성벽/its medieval walls
Riga|아르누보 건축/Art Nouveau buildings
Madrid|프라도 미술관과 왕궁/the Prado and the royal palace
Lisbon|벨렝 탑과 노란 전차/the Belém Tower and yellow trams
Rome|콜로세움과 판테온과 트레비 분수/the Colosseum, the Pantheon and the Trevi Fountain
Cairo|기자의 피라미드와 이집트 박물관/the nearby pyramids of Giza and the Egyptian Museum
Tunis|카르타고 유적/the ruins of Carthage
Addis Ababa|아프리카 연합 본부/the seat of the African Union
Nairobi|도심 곁의 국립 공원/a national park beside the town
Dakar|고레섬/the island of Gorée
Pretoria|자카란다 가로수/its jacaranda trees
Ottawa|리도 운하와 국회 의사당/the Rideau Canal and Parliament Hill
Washington, D.C.|백악관과 스미스소니언 박물관/the White House and the Smithsonian museums
Mexico City|소칼로 광장과 템플로 마요르/the Zócalo and the Templo Mayor
Havana|말레콘 방파제와 낡은 자동차/the Malecón and old cars
Brasília|오스카르 니에메예르의 건축/the buildings of Oscar Niemeyer
Buenos Aires|탱고와 콜론 극장/tango and the Colón theatre
Lima|태평양 절벽과 역사 지구/cliffs above the Pacific and its historic centre
Quito|적도 기념탑과 식민지 시대의 성당/the equator monument and colonial churches
Canberra|벌리 그리핀호/Lake Burley Griffin
Wellington|테파파 박물관/the museum Te Papa
`,
)

/** Cities that are no capitals; population in thousands. */
export const worldCities = rows(
  ['ko', 'en', 'country', 'cityThousands', 'north', 'east', 'fame', 'koAliases', 'enAliases'],
  `
뉴욕|New York City|United States|8300|40.71|-74.01|자유의 여신상과 센트럴 파크/the Statue of Liberty and Central Park|뉴욕시|New York;NYC
로스앤젤레스|Los Angeles|United States|3820|34.05|-118.24|할리우드 영화 산업/the Hollywood film industry|LA|LA
시카고|Chicago|United States|2660|41.88|-87.63|마천루와 블루스/skyscrapers and blues||
샌프란시스코|San Francisco|United States|810|37.77|-122.42|금문교와 노면 케이블카/the Golden Gate Bridge and cable cars||
보스턴|Boston|United States|650|42.36|-71.06|1773년의 차 사건과 대학들/the tea party of 1773 and its universities||
시애틀|Seattle|United States|755|47.61|-122.33|스페이스 니들과 항공 산업/the Space Needle and aircraft makers||
휴스턴|Houston|United States|2310|29.76|-95.37|우주 비행 관제 본부/mission control of spaceflights||
마이애미|Miami|United States|455|25.76|-80.19|해변과 쿠바계 주민/beaches and its Cuban community||
토론토|Toronto|Canada|2930|43.65|-79.38|시엔 타워/the CN Tower||
몬트리올|Montreal|Canada|1780|45.5|-73.57|프랑스어 문화와 재즈 축제/French-speaking culture and a jazz festival||Montréal
밴쿠버|Vancouver|Canada|690|49.28|-123.12|2010년 동계 올림픽/the 2010 Winter Olympics||
리우데자네이루|Rio de Janeiro|Brazil|6210|-22.91|-43.17|구세주 그리스도상과 카니발/Christ the Redeemer and its carnival|리우|Rio
상파울루|São Paulo|Brazil|11450|-23.55|-46.63|남반구에서 손꼽히는 경제 중심지/one of the largest economies of the southern hemisphere||
쿠스코|Cusco|Peru|430|-13.53|-71.97|잉카 제국의 옛 수도/the old capital of the Inca Empire||Cuzco
맨체스터|Manchester|United Kingdom|570|53.48|-2.24|산업 혁명과 축구/the Industrial Revolution and football||
리버풀|Liverpool|United Kingdom|500|53.41|-2.98|비틀스와 항구/the Beatles and its port||
에든버러|Edinburgh|United Kingdom|515|55.95|-3.19|바위산 위의 성과 8월의 축제/a castle on a crag and its August festival||
글래스고|Glasgow|United Kingdom|630|55.86|-4.25|조선업과 찰스 레니 매킨토시의 건축/shipbuilding and the buildings of Mackintosh||
옥스퍼드|Oxford|United Kingdom|165|51.75|-1.26|영어권에서 가장 오래된 대학/the oldest university of the English-speaking world||
케임브리지|Cambridge|United Kingdom|147|52.21|0.12|캠강과 대학/the River Cam and its university||
함부르크|Hamburg|Germany|1890|53.55|9.99|엘베강의 항구/its port on the Elbe||
뮌헨|Munich|Germany|1510|48.14|11.58|옥토버페스트 맥주 축제/the Oktoberfest||
프랑크푸르트|Frankfurt|Germany|775|50.11|8.68|유럽 중앙은행과 도서전/the European Central Bank and a book fair||Frankfurt am Main
쾰른|Cologne|Germany|1085|50.94|6.96|라인강의 대성당/a cathedral on the Rhine||
드레스덴|Dresden|Germany|560|51.05|13.74|엘베강변의 바로크 건축/baroque buildings by the Elbe||
리옹|Lyon|France|520|45.76|4.84|비단과 요리/silk and cooking||
마르세유|Marseille|France|870|43.3|5.37|지중해의 옛 항구/an old port on the Mediterranean||
니스|Nice|France|350|43.7|7.27|코트다쥐르 해변/the beaches of the French Riviera||
스트라스부르|Strasbourg|France|290|48.58|7.75|유럽 의회/the European Parliament||
밀라노|Milan|Italy|1370|45.46|9.19|패션과 대성당/fashion and its cathedral||Milano
베네치아|Venice|Italy|250|45.44|12.32|운하와 곤돌라/canals and gondolas|베니스|Venezia
피렌체|Florence|Italy|360|43.77|11.26|르네상스 미술/Renaissance art|플로렌스|Firenze
나폴리|Naples|Italy|910|40.85|14.27|베수비오산과 피자/Mount Vesuvius and pizza||Napoli
토리노|Turin|Italy|845|45.07|7.69|자동차 공업/car making||Torino
바르셀로나|Barcelona|Spain|1640|41.39|2.17|가우디의 사그라다 파밀리아/Gaudí's Sagrada Família||
세비야|Seville|Spain|685|37.39|-5.98|플라멩코와 알카사르/flamenco and the Alcázar||Sevilla
그라나다|Granada|Spain|230|37.18|-3.6|알람브라 궁전/the Alhambra||
포르투|Porto|Portugal|230|41.15|-8.61|포트와인/port wine||Oporto
로테르담|Rotterdam|Netherlands|655|51.92|4.48|유럽에서 가장 큰 항구/the largest port of Europe||
헤이그|The Hague=The Hague|Netherlands|560|52.08|4.3|국제사법재판소/the International Court of Justice||Den Haag
안트베르펜|Antwerp|Belgium|530|51.22|4.4|다이아몬드 거래와 루벤스/the diamond trade and Rubens|앤트워프|Antwerpen
제네바|Geneva|Switzerland|205|46.2|6.15|국제기구와 레만호/international organisations and Lake Geneva||Genève
취리히|Zurich|Switzerland|435|47.38|8.54|은행업/banking||Zürich
잘츠부르크|Salzburg|Austria|157|47.81|13.05|모차르트의 출생지/the birthplace of Mozart||
크라쿠프|Kraków|Poland|805|50.06|19.94|바벨성/Wawel Castle||Cracow
이스탄불|Istanbul|Turkey|15660|41.01|28.98|보스포루스 해협과 아야 소피아/the Bosphorus and Hagia Sophia|콘스탄티노폴리스;비잔티움 (도시)|Constantinople
상트페테르부르크|Saint Petersburg|Russia|5600|59.93|30.34|예르미타시 박물관과 백야/the Hermitage and its white nights|레닌그라드|Leningrad
블라디보스토크|Vladivostok|Russia|600|43.12|131.89|시베리아 횡단 철도의 종점/the end of the Trans-Siberian Railway|해삼위|
상하이|Shanghai|China|24870|31.23|121.47|와이탄과 황푸강/the Bund and the Huangpu River|상해|
광저우|Guangzhou|China|18800|23.13|113.26|무역 박람회와 광둥 요리/a trade fair and Cantonese cooking|광주 (중국)|Canton
시안|Xi'an|China|12950|34.34|108.94|진시황릉의 병마용/the Terracotta Army|서안;장안|Chang'an
난징|Nanjing|China|9400|32.06|118.8|명나라 초기의 도읍/an early capital of the Ming|남경|Nanking
홍콩|Hong Kong|China|7500|22.32|114.17|빅토리아 항구와 금융업/Victoria Harbour and finance||
마카오|Macau|China|680|22.2|113.55|카지노와 포르투갈식 건물/casinos and Portuguese buildings||Macao
오사카|Osaka|Japan|2750|34.69|135.5|오사카성과 먹거리/Osaka Castle and food||
교토시|Kyoto|Japan|1450|35.01|135.77|금각사와 천 개가 넘는 절/Kinkaku-ji and over a thousand temples|교토|
나고야시|Nagoya|Japan|2330|35.18|136.91|자동차 공업과 나고야성/car making and its castle|나고야|
삿포로시|Sapporo|Japan|1970|43.06|141.35|눈 축제와 맥주/a snow festival and beer|삿포로|
후쿠오카시|Fukuoka|Japan|1630|33.59|130.4|라멘과 부산행 뱃길/ramen and ferries to Busan|후쿠오카|
히로시마시|Hiroshima|Japan|1190|34.39|132.46|원폭 돔과 평화 공원/the Atomic Bomb Dome and the Peace Park|히로시마|
호찌민시|Ho Chi Minh City|Vietnam|9300|10.82|106.63|옛 남베트남의 수도/the old capital of South Vietnam|사이공|Saigon
뭄바이|Mumbai|India|12500|19.08|72.88|영화 산업과 증권 거래소/films and a stock exchange|봄베이|Bombay
콜카타|Kolkata|India|4500|22.57|88.36|옛 영국령 인도의 수도/the old capital of British India|캘커타|Calcutta
벵갈루루|Bengaluru|India|8440|12.97|77.59|정보 기술 산업/information technology|방갈로르|Bangalore
두바이|Dubai|United Arab Emirates|3600|25.2|55.27|부르즈 할리파/the Burj Khalifa||
메카|Mecca|Saudi Arabia|2400|21.42|39.83|이슬람의 성지 카바/the Kaaba, holiest place of Islam||Makkah
카라치|Karachi|Pakistan|20300|24.86|67.01|아라비아해의 항구/a port on the Arabian Sea||
시드니|Sydney|Australia|5450|-33.87|151.21|오페라 하우스와 하버 브리지/the Opera House and the Harbour Bridge||
멜버른|Melbourne|Australia|5200|-37.81|144.96|호주 오픈 테니스 대회/the Australian Open||
오클랜드|Auckland|New Zealand|1480|-36.85|174.76|돛배와 화산 언덕/sailing boats and volcanic hills||
케이프타운|Cape Town|South Africa|4770|-33.93|18.42|테이블산/Table Mountain||
요하네스버그|Johannesburg|South Africa|4800|-26.2|28.05|금광/gold mines||
알렉산드리아|Alexandria|Egypt|5480|31.2|29.92|고대의 도서관과 등대/an ancient library and lighthouse||
카사블랑카|Casablanca|Morocco|3700|33.57|-7.59|하산 2세 모스크/the Hassan II Mosque||
라고스|Lagos|Nigeria|15400|6.52|3.38|서아프리카의 음악과 영화/West African music and film||
`,
)
