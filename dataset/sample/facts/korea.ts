import { rows } from './rows.ts'
import type { SheetDomain } from './sheet-domain.ts'

const kingRows = rows(
  ['ko', 'en', 'hanja', 'dynasty', 'order', 'name', 'from', 'to', 'deed', 'koAliases', 'enAliases'],
  `
조선 태조|Taejo of Joseon|太祖|조선/Joseon|1|이성계/Yi Seong-gye|1392|1398|한양으로 도읍을 옮겼다/moved the capital to Hanyang|이성계|Yi Seong-gye
조선 정종|Jeongjong of Joseon|定宗|조선/Joseon|2|이방과/Yi Bang-gwa|1398|1400|사병을 없애기 시작하였다/began to abolish private armies|이방과|
조선 태종|Taejong of Joseon|太宗|조선/Joseon|3|이방원/Yi Bang-won|1400|1418|호패법을 시행하였다/introduced identity tags|이방원|Yi Bang-won
세종|Sejong the Great|世宗|조선/Joseon|4|이도/Yi Do|1418|1450|훈민정음을 만들었다/created the Korean alphabet|세종대왕|King Sejong
조선 문종|Munjong of Joseon|文宗|조선/Joseon|5|이향/Yi Hyang|1450|1452|측우기로 비의 양을 재게 하였다/had rainfall measured with rain gauges||
단종|Danjong of Joseon|端宗|조선/Joseon|6|이홍위/Yi Hong-wi|1452|1455|숙부에게 왕위를 빼앗기고 영월로 유배되었다/lost the throne to an uncle and was banished to Yeongwol|노산군|
세조|Sejo of Joseon|世祖|조선/Joseon|7|이유/Yi Yu|1455|1468|경국대전의 편찬을 시작하였다/began the national code of law|수양대군|Grand Prince Suyang
조선 예종|Yejong of Joseon|睿宗|조선/Joseon|8|이황/Yi Hwang|1468|1469|짧은 재위 동안 법전 편찬을 이어 갔다/carried on with the law code in a short reign||
조선 성종|Seongjong of Joseon|成宗|조선/Joseon|9|이혈/Yi Hyeol|1469|1494|경국대전을 완성하여 반포하였다/completed and published the national code||
연산군|Yeonsangun of Joseon|燕山君|조선/Joseon|10|이융/Yi Yung|1494|1506|두 차례의 사화를 일으켰다/carried out two purges of scholars||Prince Yeonsan
조선 중종|Jungjong of Joseon|中宗|조선/Joseon|11|이역/Yi Yeok|1506|1544|조광조를 등용하였다가 내쳤다/raised and then dropped the reformer Jo Gwang-jo|진성대군|
조선 인종|Injong of Joseon|仁宗|조선/Joseon|12|이호/Yi Ho|1544|1545|아홉 달 동안만 임금의 자리에 있었다/sat on the throne for only nine months||
조선 명종|Myeongjong of Joseon|明宗|조선/Joseon|13|이환/Yi Hwan|1545|1567|어머니 문정왕후의 수렴청정을 받았다/ruled under the regency of the queen mother Munjeong||
선조|Seonjo of Joseon|宣祖|조선/Joseon|14|이연/Yi Yeon|1567|1608|임진왜란을 겪으며 의주까지 피란하였다/fled as far as Uiju during the Japanese invasions||
광해군|Gwanghaegun of Joseon|光海君|조선/Joseon|15|이혼/Yi Hon|1608|1623|명과 후금 사이에서 중립 외교를 폈다/steered between the Ming and the Later Jin||Prince Gwanghae
조선 인조|Injo of Joseon|仁祖|조선/Joseon|16|이종/Yi Jong|1623|1649|남한산성에서 청나라에 항복하였다/surrendered to the Qing after the siege of Namhansanseong|능양군|
조선 효종|Hyojong of Joseon|孝宗|조선/Joseon|17|이호 (효종)/Yi Ho|1649|1659|북벌을 계획하였다/planned a campaign to the north|봉림대군|
조선 현종|Hyeonjong of Joseon|顯宗|조선/Joseon|18|이연 (현종)/Yi Yeon|1659|1674|상복을 둘러싼 예송 논쟁을 겪었다/saw a long dispute about mourning rites||
조선 숙종|Sukjong of Joseon|肅宗|조선/Joseon|19|이순/Yi Sun|1674|1720|상평통보를 널리 쓰게 하였다/spread the coin Sangpyeong Tongbo||
조선 경종|Gyeongjong of Joseon|景宗|조선/Joseon|20|이윤/Yi Yun|1720|1724|당쟁 속에서 병으로 일찍 세상을 떠났다/died early of illness amid factional strife||
영조|Yeongjo of Joseon|英祖|조선/Joseon|21|이금/Yi Geum|1724|1776|탕평책을 펴고 균역법을 시행하였다/sought balance between factions and halved the military tax|연잉군|
정조|Jeongjo of Joseon|正祖|조선/Joseon|22|이산/Yi San|1776|1800|규장각을 세우고 수원 화성을 쌓았다/founded the royal library and built Hwaseong at Suwon||Yi San
조선 순조|Sunjo of Joseon|純祖|조선/Joseon|23|이공/Yi Gong|1800|1834|공노비를 해방하였다/freed the state slaves||
조선 헌종|Heonjong of Joseon|憲宗|조선/Joseon|24|이환 (헌종)/Yi Hwan|1834|1849|여덟 살에 임금이 되었다/became king at the age of seven||
철종|Cheoljong of Joseon|哲宗|조선/Joseon|25|이변/Yi Byeon|1849|1863|강화도에서 농사를 짓다가 왕이 되었다/was called to the throne from a farm on Ganghwa|강화도령|
고종 (대한제국)|Gojong of Korea|高宗|조선/Joseon|26|이희/Yi Hui|1863|1907|대한제국을 선포하였다/proclaimed the Korean Empire|고종 황제|Emperor Gojong
순종 (대한제국)|Sunjong of Korea|純宗|조선/Joseon|27|이척/Yi Cheok|1907|1910|대한제국의 마지막 황제이다/was the last emperor of Korea|순종 황제|
고려 태조|Taejo of Goryeo|太祖|고려/Goryeo|1|왕건/Wang Geon|918|943|후삼국을 통일하였다/united the Later Three Kingdoms|왕건;태조 왕건|Wang Geon
고려 혜종|Hyejong of Goryeo|惠宗|고려/Goryeo|2|왕무/Wang Mu|943|945|호족들의 다툼 속에 짧게 다스렸다/reigned briefly amid feuding clans||
고려 정종 (3대)|Jeongjong, 3rd monarch of Goryeo|定宗|고려/Goryeo|3|왕요/Wang Yo|945|949|거란에 대비하여 광군을 두었다/raised an army against the Khitans||
고려 광종|Gwangjong of Goryeo|光宗|고려/Goryeo|4|왕소/Wang So|949|975|과거 제도와 노비안검법을 시행하였다/introduced civil service examinations and freed slaves|왕소|Wang So
고려 경종|Gyeongjong of Goryeo|景宗|고려/Goryeo|5|왕주/Wang Ju|975|981|전시과를 처음 실시하였다/first granted land by rank||
고려 성종|Seongjong of Goryeo|成宗|고려/Goryeo|6|왕치/Wang Chi|981|997|서희의 담판으로 강동 6주를 얻었다/gained six garrisons through the talks of Seo Hui||
고려 목종|Mokjong of Goryeo|穆宗|고려/Goryeo|7|왕송/Wang Song|997|1009|강조의 정변으로 물러났다/was deposed by the general Gang Jo||
고려 현종|Hyeonjong of Goryeo|顯宗|고려/Goryeo|8|왕순/Wang Sun|1009|1031|거란의 침입을 귀주에서 물리쳤다/saw the Khitans beaten at Kuju||
고려 덕종|Deokjong of Goryeo|德宗|고려/Goryeo|9|왕흠/Wang Heum|1031|1034|천리장성을 쌓기 시작하였다/began the long wall of the north||
고려 문종|Munjong of Goryeo|文宗|고려/Goryeo|11|왕휘/Wang Hwi|1046|1083|고려의 전성기를 이루었다/led Goryeo to its height||
고려 선종|Seonjong of Goryeo|宣宗|고려/Goryeo|13|왕운/Wang Un|1083|1094|송, 요, 일본과 고루 사귀었다/kept peace with Song, Liao and Japan||
고려 숙종|Sukjong of Goryeo|肅宗|고려/Goryeo|15|왕옹/Wang Ong|1095|1105|해동통보 같은 돈을 만들었다/minted coins such as Haedong Tongbo||
고려 예종|Yejong of Goryeo|睿宗|고려/Goryeo|16|왕우/Wang U|1105|1122|윤관이 동북 9성을 쌓았다/had nine forts built in the north-east by Yun Gwan||
고려 인종|Injong of Goryeo|仁宗|고려/Goryeo|17|왕해/Wang Hae|1122|1146|김부식에게 삼국사기를 짓게 하였다/had Kim Bu-sik write the Samguk sagi||
고려 의종|Uijong of Goryeo|毅宗|고려/Goryeo|18|왕현/Wang Hyeon|1146|1170|무신정변으로 쫓겨났다/was driven out by his military officers||
고려 명종|Myeongjong of Goryeo|明宗|고려/Goryeo|19|왕호/Wang Ho|1170|1197|무신들이 실권을 쥔 시기의 임금이다/was king while officers held the real power||
고려 고종|Gojong of Goryeo|高宗|고려/Goryeo|23|왕철/Wang Cheol|1213|1259|몽골의 침입을 피해 강화도로 도읍을 옮겼다/moved the capital to Ganghwa before the Mongols||
고려 원종|Wonjong of Goryeo|元宗|고려/Goryeo|24|왕식/Wang Sik|1259|1274|개경으로 돌아와 몽골과 강화하였다/returned to Gaegyeong and made peace with the Mongols||
충렬왕|Chungnyeol of Goryeo|忠烈王|고려/Goryeo|25|왕거/Wang Geo|1274|1308|원나라 공주와 혼인하였다/married a Yuan princess||
충선왕|Chungseon of Goryeo|忠宣王|고려/Goryeo|26|왕장/Wang Jang|1308|1313|원나라에 만권당을 세웠다/founded a library in the Yuan capital||
공민왕|Gongmin of Goryeo|恭愍王|고려/Goryeo|31|왕전/Wang Jeon|1351|1374|쌍성총관부를 되찾았다/won back the north-eastern lands from the Yuan||
우왕|U of Goryeo|禑王|고려/Goryeo|32|왕우 (우왕)/Wang U|1374|1388|요동 정벌을 명하였다/ordered a campaign against Liaodong||
공양왕|Gongyang of Goryeo|恭讓王|고려/Goryeo|34|왕요 (공양왕)/Wang Yo|1389|1392|고려의 마지막 임금이다/was the last king of Goryeo||
박혁거세|Hyeokgeose of Silla|朴赫居世|신라/Silla|1||-57|4|신라를 세웠다고 전한다/is said to have founded Silla|혁거세|Bak Hyeokgeose
법흥왕|Beopheung of Silla|法興王|신라/Silla|23|김원종/Kim Won-jong|514|540|불교를 공인하고 율령을 폈다/recognised Buddhism and issued laws||
진흥왕|Jinheung of Silla|眞興王|신라/Silla|24|김삼맥종/Kim Sammaekjong|540|576|한강 유역을 차지하고 순수비를 세웠다/took the Han River basin and set up stone monuments||
선덕여왕|Queen Seondeok of Silla|善德女王|신라/Silla|27|김덕만/Kim Deokman|632|647|첨성대를 세웠다/had the observatory Cheomseongdae built|덕만|Queen Seondeok
진덕여왕|Queen Jindeok of Silla|眞德女王|신라/Silla|28|김승만/Kim Seungman|647|654|당나라와 가까이 지냈다/drew close to the Tang||
태종무열왕|Muyeol of Silla|太宗武烈王|신라/Silla|29|김춘추/Kim Chunchu|654|661|당나라와 함께 백제를 무너뜨렸다/brought down Baekje together with the Tang|김춘추|Kim Chunchu
문무왕|Munmu of Silla|文武王|신라/Silla|30|김법민/Kim Beopmin|661|681|삼국 통일을 이루고 바다에 묻혔다/completed the unification and was buried in the sea||
신문왕|Sinmun of Silla|神文王|신라/Silla|31|김정명/Kim Jeongmyeong|681|692|국학을 세웠다/founded the national academy||
경덕왕|Gyeongdeok of Silla|景德王|신라/Silla|35|김헌영/Kim Heonyeong|742|765|불국사와 석굴암을 짓게 하였다/saw the building of Bulguksa and Seokguram begin||
진성여왕|Queen Jinseong of Silla|眞聖女王|신라/Silla|51|김만/Kim Man|887|897|향가집 삼대목을 엮게 하였다/had a collection of native songs compiled||
경순왕|Gyeongsun of Silla|敬順王|신라/Silla|56|김부/Kim Bu|927|935|나라를 고려에 바쳤다/handed the country over to Goryeo||
동명성왕|Dongmyeong of Goguryeo|東明聖王|고구려/Goguryeo|1|고주몽/Go Jumong|-37|-19|고구려를 세웠다/founded Goguryeo|주몽;동명왕|Jumong
유리명왕|Yuri of Goguryeo|琉璃明王|고구려/Goguryeo|2|고유리/Go Yuri|-19|18|국내성으로 도읍을 옮기고 황조가를 지었다/moved to Gungnae and wrote a song about orioles|유리왕|
고국천왕|Gogukcheon of Goguryeo|故國川王|고구려/Goguryeo|9|고남무/Go Nammu|179|197|을파소의 건의로 진대법을 폈다/lent grain to the poor in spring||
소수림왕|Sosurim of Goguryeo|小獸林王|고구려/Goguryeo|17|고구부/Go Gubu|371|384|태학을 세우고 불교를 받아들였다/founded an academy and accepted Buddhism||
광개토왕|Gwanggaeto the Great|廣開土王|고구려/Goguryeo|19|고담덕/Go Damdeok|391|412|만주로 영토를 크게 넓혔다/greatly extended the realm into Manchuria|광개토대왕;담덕|King Gwanggaeto
장수왕|Jangsu of Goguryeo|長壽王|고구려/Goguryeo|20|고거련/Go Georyeon|412|491|평양으로 도읍을 옮겼다/moved the capital to Pyongyang||
영양왕|Yeongyang of Goguryeo|嬰陽王|고구려/Goguryeo|26|고원/Go Won|590|618|살수에서 수나라 군대를 물리쳤다/saw the Sui army destroyed at the Salsu||
보장왕|Bojang of Goguryeo|寶藏王|고구려/Goguryeo|28|고장/Go Jang|642|668|고구려의 마지막 왕이다/was the last king of Goguryeo||
온조왕|Onjo of Baekje|溫祚王|백제/Baekje|1|부여온조/Buyeo Onjo|-18|28|위례성에 백제를 세웠다/founded Baekje at Wirye||
고이왕|Goi of Baekje|古爾王|백제/Baekje|8|부여고이/Buyeo Goi|234|286|여섯 좌평을 두어 관제를 갖추었다/set up six ministries||
근초고왕|Geunchogo of Baekje|近肖古王|백제/Baekje|13|부여구/Buyeo Gu|346|375|평양성을 공격하여 전성기를 이루었다/attacked Pyongyang and led Baekje to its height||
무령왕|Muryeong of Baekje|武寧王|백제/Baekje|25|부여사마/Buyeo Sama|501|523|공주의 무덤에서 지석이 나왔다/lies in a tomb at Gongju identified by its inscription||
백제 성왕|Seong of Baekje|聖王|백제/Baekje|26|부여명농/Buyeo Myeongnong|523|554|사비로 도읍을 옮겼다/moved the capital to Sabi||
백제 무왕|Mu of Baekje|武王|백제/Baekje|30|부여장/Buyeo Jang|600|641|익산에 미륵사를 지었다/built the temple Mireuksa at Iksan|서동|
의자왕|Uija of Baekje|義慈王|백제/Baekje|31|부여의자/Buyeo Uija|641|660|백제의 마지막 왕이다/was the last king of Baekje||
`,
)

const placeRows = rows(
  ['ko', 'en', 'hanja', 'kind', 'province', 'area', 'people', 'fame', 'koAliases', 'enAliases'],
  `
부산광역시|Busan|釜山|광역시/metropolitan city|영남/Yeongnam|771|3290000|해운대와 국제 영화제/Haeundae beach and a film festival|부산|Pusan
대구광역시|Daegu|大邱|광역시/metropolitan city|영남/Yeongnam|1499|2370000|섬유 산업과 약령시/textiles and its herbal medicine market|대구|Taegu
인천광역시|Incheon|仁川|광역시/metropolitan city|수도권/Seoul Capital Area|1067|3000000|국제공항과 차이나타운/its international airport and Chinatown|인천|Inchon
광주광역시|Gwangju|光州|광역시/metropolitan city|호남/Honam|501|1420000|1980년의 민주화 운동과 비엔날레/the democratic uprising of 1980 and a biennale|광주|Kwangju
대전광역시|Daejeon|大田|광역시/metropolitan city|충청/Chungcheong|540|1440000|과학 단지와 철도/its science park and railways|대전|Taejon
울산광역시|Ulsan|蔚山|광역시/metropolitan city|영남/Yeongnam|1063|1100000|자동차와 조선 공업/cars and shipbuilding|울산|
세종특별자치시|Sejong City|世宗|특별자치시/special self-governing city|충청/Chungcheong|465|387000|정부 청사/the government complex|세종시|Sejong
경기도|Gyeonggi Province|京畿道|도/province|수도권/Seoul Capital Area|10199|13630000|서울을 둘러싼 신도시/new towns around Seoul|경기|Gyeonggi-do
강원특별자치도|Gangwon=Gangwon Province, South Korea|江原道|특별자치도/special self-governing province|관동/Gwandong|16830|1530000|설악산과 동해 바닷가/Seoraksan and the coast of the East Sea|강원도;강원|Gangwon-do
충청북도|North Chungcheong Province|忠淸北道|도/province|충청/Chungcheong|7407|1590000|바다와 닿지 않은 유일한 도/being the only landlocked province|충북|Chungcheongbuk-do
충청남도|South Chungcheong Province|忠淸南道|도/province|충청/Chungcheong|8247|2130000|백제의 옛 도읍/the old capitals of Baekje|충남|Chungcheongnam-do
전북특별자치도|North Jeolla Province|全羅北道|특별자치도/special self-governing province|호남/Honam|8073|1750000|너른 평야와 한옥 마을/wide plains and a village of old houses|전라북도;전북|Jeollabuk-do
전라남도|South Jeolla Province|全羅南道|도/province|호남/Honam|12363|1800000|다도해의 섬들/the islands of its coast|전남|Jeollanam-do
경상북도|North Gyeongsang Province|慶尙北道|도/province|영남/Yeongnam|18424|2550000|유교 문화와 사과/Confucian culture and apples|경북|Gyeongsangbuk-do
경상남도|South Gyeongsang Province|慶尙南道|도/province|영남/Yeongnam|10541|3250000|한려 수도와 기계 공업/its island-studded coast and machine building|경남|Gyeongsangnam-do
제주특별자치도|Jeju Province|濟州道|특별자치도/special self-governing province|제주/Jeju|1850|675000|한라산과 감귤/Hallasan and tangerines|제주도 (행정 구역)|Jeju-do
수원시|Suwon|水原市|시/city|수도권/Seoul Capital Area|121|1190000|수원 화성/the Hwaseong fortress|수원|
성남시|Seongnam|城南市|시/city|수도권/Seoul Capital Area|142|920000|판교의 정보 기술 기업/the technology firms of Pangyo|성남|
고양시|Goyang|高陽市|시/city|수도권/Seoul Capital Area|268|1070000|일산 호수 공원과 꽃 박람회/Ilsan Lake Park and a flower show|고양|
용인시|Yongin|龍仁市|시/city|수도권/Seoul Capital Area|591|1080000|민속촌과 놀이공원/the folk village and an amusement park|용인|
파주시|Paju|坡州市|시/city|수도권/Seoul Capital Area|673|500000|출판 도시와 임진각/a town of publishers and Imjingak|파주|
이천시|Icheon|利川市|시/city|수도권/Seoul Capital Area|461|223000|쌀과 도자기/rice and ceramics|이천|
춘천시|Chuncheon|春川市|시/city|관동/Gwandong|1116|286000|닭갈비와 호수/spicy chicken and lakes|춘천|
원주시|Wonju|原州市|시/city|관동/Gwandong|868|361000|의료 기기 산업/medical instruments|원주|
강릉시|Gangneung|江陵市|시/city|관동/Gwandong|1041|210000|경포대와 단오제/the Gyeongpo pavilion and the Dano festival|강릉|
속초시|Sokcho|束草市|시/city|관동/Gwandong|106|82000|설악산 들머리와 오징어/the way to Seoraksan and squid|속초|
평창군|Pyeongchang|平昌郡|군/county|관동/Gwandong|1464|41000|2018년 동계 올림픽/the 2018 Winter Olympics|평창|
청주시|Cheongju|淸州市|시/city|충청/Chungcheong|941|852000|직지심체요절/the printed book Jikji|청주|
충주시|Chungju|忠州市|시/city|충청/Chungcheong|984|208000|사과와 탄금대/apples and the hill Tangeumdae|충주|
천안시|Cheonan|天安市|시/city|충청/Chungcheong|636|657000|독립기념관과 호두과자/the Independence Hall and walnut cakes|천안|
공주시|Gongju|公州市|시/city|충청/Chungcheong|864|102000|공산성과 무령왕릉/the Gongsan fortress and a royal tomb|공주 (도시)|
부여군|Buyeo County|扶餘郡|군/county|충청/Chungcheong|625|61000|백제의 마지막 도읍/the last capital of Baekje|부여 (군)|Buyeo
전주시|Jeonju|全州市|시/city|호남/Honam|206|642000|비빔밥과 한옥 마을/bibimbap and its village of old houses|전주|
군산시|Gunsan|群山市|시/city|호남/Honam|396|260000|근대 항구의 거리/the streets of a modern port|군산|
익산시|Iksan|益山市|시/city|호남/Honam|507|270000|미륵사지 석탑/the stone pagoda of Mireuksa|익산|
남원시|Namwon|南原市|시/city|호남/Honam|752|77000|춘향전의 무대 광한루/the pavilion of the Tale of Chunhyang|남원|
목포시|Mokpo|木浦市|시/city|호남/Honam|51|215000|유달산과 세발낙지/Yudalsan and small octopus|목포|
여수시|Yeosu|麗水市|시/city|호남/Honam|512|272000|2012년 세계 박람회/the 2012 world exposition|여수|
순천시|Suncheon|順天市|시/city|호남/Honam|911|277000|갈대가 우거진 만과 정원/a reed-covered bay and a garden|순천|
담양군|Damyang|潭陽郡|군/county|호남/Honam|455|45000|대나무 숲/its bamboo forest|담양|
포항시|Pohang|浦項市|시/city|영남/Yeongnam|1130|493000|제철소와 과메기/steelworks and dried fish|포항|
경주시|Gyeongju|慶州市|시/city|영남/Yeongnam|1325|247000|불국사와 대릉원/Bulguksa and royal mounds|경주|Kyongju
안동시|Andong|安東市|시/city|영남/Yeongnam|1522|153000|하회 마을과 탈춤/Hahoe village and masked dance|안동|
구미시|Gumi|龜尾市|시/city|영남/Yeongnam|615|404000|전자 산업 단지/its electronics estates|구미 (도시)|
문경시|Mungyeong|聞慶市|시/city|영남/Yeongnam|912|69000|새재의 옛길/an old mountain pass|문경|
창원시|Changwon|昌原市|시/city|영남/Yeongnam|749|1010000|진해의 벚꽃/the cherry blossom of Jinhae|창원|
진주시|Jinju|晉州市|시/city|영남/Yeongnam|713|341000|남강의 유등 축제/floating lanterns on the Nam River|진주 (도시)|
통영시|Tongyeong|統營市|시/city|영남/Yeongnam|240|119000|한산도와 음악제/Hansando and a music festival|통영|
김해시|Gimhae|金海市|시/city|영남/Yeongnam|463|533000|가야의 왕릉/royal tombs of Gaya|김해|
거제시|Geoje|巨濟市|시/city|영남/Yeongnam|404|233000|조선소/shipyards|거제|
서귀포시|Seogwipo|西歸浦市|시/city|제주/Jeju|872|183000|폭포와 감귤밭/waterfalls and tangerine fields|서귀포|
제주시|Jeju City|濟州市|시/city|제주/Jeju|978|490000|용두암과 공항/a dragon-shaped rock and its airport|제주|
개성시|Kaesong|開城市|시/city|북부/the north|1309|300000|고려의 옛 도읍과 인삼/the old capital of Goryeo and ginseng|개성|Gaeseong
함흥시|Hamhung|咸興市|시/city|북부/the north|330|770000|비료 공업과 냉면/fertiliser works and cold noodles|함흥|
신의주시|Sinuiju|新義州市|시/city|북부/the north|180|360000|압록강 건너 단둥과 마주 본 국경/the border on the Amnok opposite Dandong|신의주|
원산시|Wonsan|元山市|시/city|북부/the north|314|360000|동해의 항구와 송도원 해수욕장/a port on the East Sea and Songdowon beach|원산|
`,
)

export const kings: SheetDomain = {
  name: 'king',
  rows: kingRows,
  kin: 'dynasty',
  korean: true,
  koLead: [
    '{dynasty}의 제{order}대 임금이다.',
    '{dynasty} 제{order}대 국왕이다.',
    '{dynasty}의 {order}번째 왕이다.',
    '--',
    '{from}년부터 {to}년까지 다스렸다.',
    '재위 기간은 {from}년에서 {to}년까지이다.',
    '--',
    '{deed}.',
  ],
  enLead: [
    'was monarch number {order} of {dynasty}.',
    'was number {order} in the line of rulers of {dynasty}.',
    'ruled {dynasty} as its monarch number {order}.',
    '--',
    'The reign lasted from {from} to {to}.',
    'The reign began in {from} and ended in {to}.',
    '--',
    'This monarch {deed}.',
  ],
  sections: [
    {
      ko: ['생애', '일생', '가계'],
      en: ['Life', 'Family', 'Background'],
      sentences: [
        {
          ko: ['이름은 {name}이다.', '휘는 {name:이라}고 한다.', '본래 이름은 {name}이다.'],
          en: [
            'The personal name was {name}.',
            'Born {name}, the ruler is known by a temple name.',
            'The name at birth was {name}.',
          ],
        },
        {
          ko: ['{prev}의 뒤를 이어 왕위에 올랐다.', '앞선 임금은 {prev}이다.', '{prev:이} 물러난 뒤 즉위하였다.'],
          en: ['{prev} reigned before.', 'The throne passed from {prev}.', 'The predecessor was {prev}.'],
        },
        {
          ko: ['다음 임금은 {next}이다.', '{next:이} 그 뒤를 이었다.', '왕위는 {next}에게 넘어갔다.'],
          en: ['The successor was {next}.', '{next} came next.', 'The throne then went to {next}.'],
        },
      ],
    },
    {
      ko: ['업적과 평가', '치세', '평가'],
      en: ['Reign', 'Deeds', 'Assessment'],
      sentences: [
        {
          ko: [
            '재위 중에 한 일로는 “{deed}”는 사실이 첫손에 꼽힌다.',
            '역사책은 이 임금을 두고 “{deed}”라고 적는다.',
            '이 시기의 큰 사건을 한마디로 줄이면 ‘{deed}’이다.',
          ],
          en: [
            'Histories first of all say that this monarch {deed}.',
            'What is remembered is that this ruler {deed}.',
            'In short: this ruler {deed}.',
          ],
        },
        {
          ko: ['{dynasty}의 다른 임금으로 {kin} 등이 있다.', '{kin:과} 자주 견주어진다.'],
          en: ['Other rulers of {dynasty} are {kin}.', 'The reign is often compared with those of {kin}.'],
        },
      ],
    },
  ],
  koBox: '왕족 정보',
  enBox: 'Infobox royalty',
  koLabels: { dynasty: '왕조', name: '휘', from: '재위 시작', to: '재위 끝' },
  enLabels: { dynasty: 'dynasty', name: 'birth_name', from: 'reign_start', to: 'reign_end' },
  koKinHeading: '같은 왕조의 임금',
  enKinHeading: 'Rulers of the same dynasty',
  koCategory: '한국의 군주',
  enCategory: 'Korean monarchs',
  koRedirects: ['{dynasty} {order}대 왕', '{name}'],
  enRedirects: ['{dynasty} monarch {order}'],
  koLater: ['{from}년의 즉위를 둘러싼 기록은 여러 책에 남아 있다.'],
  enLater: ['Several books record how the reign began in {from}.'],
}

export const koreanPlaces: SheetDomain = {
  name: 'korean place',
  rows: placeRows,
  kin: 'province',
  korean: true,
  koLead: [
    '{province} 지역에 있는 {kind}이다.',
    '한국 {province} 지방의 {kind}이다.',
    '{South Korea:과} {North Korea:으로} 나뉜 한반도에서 {province} 지역에 드는 {kind}이다.',
    '--',
    '{fame:으로} 잘 알려져 있다.',
    '{fame:으로} 이름이 났다.',
    '대표적인 것으로 {fame:이} 있다.',
    '--',
    '인구는 약 {people}명이다.',
    '약 {people}명이 살고 있다.',
  ],
  enLead: [
    'is a {kind} in the {province} region of Korea.',
    'is a Korean {kind} and belongs to the region called {province}.',
    'is a {kind} of Korea ({province}).',
    '--',
    'It is known for {fame}.',
    'Its name stands for {fame}.',
    'Visitors think of {fame}.',
    '--',
    'About {people} people live there.',
    'The population is about {people}.',
  ],
  sections: [
    {
      ko: ['지리', '자연환경', '위치'],
      en: ['Geography', 'Location', 'Land'],
      sentences: [
        {
          ko: [
            '넓이는 {area}&nbsp;km²이며 표본의 {total}곳 가운데 {areaRank}번째로 넓다.',
            '면적은 {{convert|{area}|km2}}이다.',
            '땅의 넓이는 {area}제곱킬로미터이다.',
          ],
          en: [
            'It covers {{convert|{area}|km2|sqmi}}, number {areaRank} of {total} places in this sample.',
            'The area is {area}&nbsp;km<sup>2</sup>.',
            'Its area comes to {area} square kilometres.',
          ],
        },
        {
          ko: ['가까운 곳으로 {kin:이} 있다.', '같은 지역에 {kin:이} 있다.', '{kin} 등과 한 생활권을 이룬다.'],
          en: [
            'In the same region are {kin}.',
            'Neighbours in the region include {kin}.',
            'It shares its region with {kin}.',
          ],
        },
      ],
    },
    {
      ko: ['인구와 산업', '주민과 경제', '문화와 산업'],
      en: ['People and economy', 'Culture and industry', 'Population'],
      sentences: [
        {
          ko: [
            '주민 수로는 {total}곳 중 {peopleRank}위이다.',
            '인구 {people}명은 {total}곳 가운데 {peopleRank}번째이다.',
          ],
          en: [
            'By population it is number {peopleRank} of {total}.',
            'With {people} people it takes place {peopleRank} of {total}.',
          ],
        },
        {
          ko: [
            '관광객은 {fame:을} 보러 찾아온다.',
            '지역을 알리는 데 {fame:을} 앞세운다.',
            '해마다 {fame:과} 얽힌 행사가 열린다.',
          ],
          en: [
            'Tourists come for {fame}.',
            'The place advertises {fame}.',
            'Every year there are events around {fame}.',
          ],
        },
      ],
    },
  ],
  koBox: '행정 구역 정보',
  enBox: 'Infobox settlement',
  koLabels: { kind: '종류', province: '지역', area: '면적', people: '인구' },
  enLabels: { kind: 'settlement_type', province: 'region', area: 'area_total_km2', people: 'population_total' },
  koKinHeading: '같은 지역의 행정 구역',
  enKinHeading: 'Places in the same region',
  koCategory: '한국의 행정 구역',
  enCategory: 'Administrative divisions of Korea',
  koLater: ['{kin:과} 함께 둘러보는 여행객이 많다.'],
  enLater: ['Many travellers visit it together with {kin}.'],
}
