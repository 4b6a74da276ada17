import { rows } from './rows.ts'

/** Area in km², population in millions and of the capital in thousands (rounded, around 2023), degrees north and east of
 *  the capital, year of the present state's independence or founding (`-` where no single year is given). */
export const countries = rows(
  [
    'ko',
    'en',
    'formalKo',
    'formalEn',
    'continent',
    'capitalKo',
    'capitalEn',
    'area',
    'millions',
    'cityThousands',
    'north',
    'east',
    'money',
    'languages',
    'year',
    'koAliases',
    'enAliases',
  ],
  `
대한민국|South Korea|대한민국|Republic of Korea|asia|서울특별시|Seoul|100210|51.7|9400|37.57|126.98|원/won|한국어/Korean|1948|한국;남한|ROK
조선민주주의인민공화국|North Korea|조선민주주의인민공화국|Democratic People's Republic of Korea|asia|평양|Pyongyang|120540|26|3000|39.02|125.75|원/won|한국어/Korean|1948|북한|DPRK
일본|Japan|일본국|State of Japan|asia|도쿄|Tokyo|377975|124.5|14000|35.69|139.69|엔/yen|일본어/Japanese|-||Nippon
중화인민공화국|China|중화인민공화국|People's Republic of China|asia|베이징|Beijing|9596961|1411|21800|39.9|116.4|위안/yuan|중국어/Chinese|1949|중국|PRC
몽골|Mongolia|몽골국|State of Mongolia|asia|울란바토르|Ulaanbaatar|1564116|3.4|1600|47.92|106.92|투그릭/tögrög|몽골어/Mongolian|1921|몽고|
베트남|Vietnam|베트남 사회주의 공화국|Socialist Republic of Vietnam|asia|하노이|Hanoi|331345|98.9|8400|21.03|105.85|동/đồng|베트남어/Vietnamese|1945|월남|Viet Nam
라오스|Laos|라오 인민민주공화국|Lao People's Democratic Republic|asia|비엔티안|Vientiane|236800|7.6|950|17.97|102.6|킵/kip|라오어/Lao|1953||
캄보디아|Cambodia|캄보디아 왕국|Kingdom of Cambodia|asia|프놈펜|Phnom Penh|181035|16.9|2300|11.56|104.92|리엘/riel|크메르어/Khmer|1953||Kampuchea
태국|Thailand|타이 왕국|Kingdom of Thailand|asia|방콕|Bangkok|513120|71.8|10500|13.75|100.5|밧/baht|타이어/Thai|-|타이|Siam
미얀마|Myanmar|미얀마 연방 공화국|Republic of the Union of Myanmar|asia|네피도|Naypyidaw|676578|54.6|1160|19.75|96.1|짯/kyat|버마어/Burmese|1948|버마|Burma
말레이시아|Malaysia|||asia|쿠알라룸푸르|Kuala Lumpur|330803|33.9|2000|3.14|101.69|링깃/ringgit|말레이어/Malay|1957||
싱가포르|Singapore|싱가포르 공화국|Republic of Singapore|asia|||735|5.9|||  |싱가포르 달러/Singapore dollar|영어와 말레이어와 중국어와 타밀어/English, Malay, Chinese and Tamil|1965||
인도네시아|Indonesia|인도네시아 공화국|Republic of Indonesia|asia|자카르타|Jakarta|1904569|277.5|10600|-6.2|106.82|루피아/rupiah|인도네시아어/Indonesian|1945|인니|
필리핀|the Philippines|필리핀 공화국|Republic of the Philippines|asia|마닐라|Manila|300000|117.3|1850|14.6|120.98|페소/peso|필리핀어와 영어/Filipino and English|1946||
브루나이|Brunei|브루나이 다루살람|Brunei Darussalam|asia|반다르스리브가완|Bandar Seri Begawan|5765|0.45|100|4.89|114.94|브루나이 달러/Brunei dollar|말레이어/Malay|1984||
동티모르|East Timor|동티모르 민주 공화국|Democratic Republic of Timor-Leste|asia|딜리|Dili|14950|1.36|280|-8.56|125.57|미국 달러/United States dollar|테툼어와 포르투갈어/Tetum and Portuguese|2002|티모르레스테|Timor-Leste
인도|India|인도 공화국|Republic of India|asia|뉴델리|New Delhi|3287263|1428|250|28.61|77.21|루피/rupee|힌디어와 영어/Hindi and English|1947||Bharat
파키스탄|Pakistan|파키스탄 이슬람 공화국|Islamic Republic of Pakistan|asia|이슬라마바드|Islamabad|881913|240.5|1100|33.69|73.06|루피/rupee|우르두어와 영어/Urdu and English|1947||
방글라데시|Bangladesh|방글라데시 인민 공화국|People's Republic of Bangladesh|asia|다카|Dhaka|148460|173|10300|23.81|90.41|타카/taka|벵골어/Bengali|1971||
네팔|Nepal|네팔 연방 민주 공화국|Federal Democratic Republic of Nepal|asia|카트만두|Kathmandu|147181|30.9|860|27.72|85.32|루피/rupee|네팔어/Nepali|-||
부탄|Bhutan|부탄 왕국|Kingdom of Bhutan|asia|팀부|Thimphu|38394|0.79|115|27.47|89.64|눌트룸/ngultrum|종카어/Dzongkha|-||
스리랑카|Sri Lanka|스리랑카 민주 사회주의 공화국|Democratic Socialist Republic of Sri Lanka|asia|스리자야와르데네푸라코테|Sri Jayawardenepura Kotte|65610|21.9|115|6.9|79.9|루피/rupee|싱할라어와 타밀어/Sinhala and Tamil|1948|실론|Ceylon
몰디브|the Maldives|몰디브 공화국|Republic of Maldives|asia|말레|Malé|298|0.52|210|4.18|73.51|루피야/rufiyaa|디베히어/Dhivehi|1965||
아프가니스탄|Afghanistan|아프가니스탄 이슬람 토후국|Islamic Emirate of Afghanistan|asia|카불|Kabul|652867|42|4600|34.53|69.17|아프가니/afghani|파슈토어와 다리어/Pashto and Dari|1919|아프간|
이란|Iran|이란 이슬람 공화국|Islamic Republic of Iran|asia|테헤란|Tehran|1648195|89|9000|35.69|51.39|리알/rial|페르시아어/Persian|1979|페르시아|Persia
이라크|Iraq|이라크 공화국|Republic of Iraq|asia|바그다드|Baghdad|438317|45.5|7700|33.31|44.37|디나르/dinar|아랍어와 쿠르드어/Arabic and Kurdish|1932||
시리아|Syria|시리아 아랍 공화국|Syrian Arab Republic|asia|다마스쿠스|Damascus|185180|23.2|2500|33.51|36.29|파운드/pound|아랍어/Arabic|1946||
레바논|Lebanon|레바논 공화국|Republic of Lebanon|asia|베이루트|Beirut|10452|5.4|430|33.89|35.5|파운드/pound|아랍어/Arabic|1943||
요르단|Jordan|요르단 하심 왕국|Hashemite Kingdom of Jordan|asia|암만|Amman|89342|11.3|4000|31.95|35.93|디나르/dinar|아랍어/Arabic|1946||
이스라엘|Israel|이스라엘국|State of Israel|asia|예루살렘|Jerusalem|22072|9.8|980|31.78|35.22|셰켈/shekel|히브리어/Hebrew|1948||
사우디아라비아|Saudi Arabia|사우디아라비아 왕국|Kingdom of Saudi Arabia|asia|리야드|Riyadh|2149690|36.9|7000|24.71|46.68|리얄/riyal|아랍어/Arabic|1932|사우디|
예멘|Yemen|예멘 공화국|Republic of Yemen|asia|사나|Sanaa|527968|34.4|3300|15.37|44.19|리알/rial|아랍어/Arabic|1990||
오만|Oman|오만 술탄국|Sultanate of Oman|asia|무스카트|Muscat|309500|4.6|1400|23.59|58.41|리알/rial|아랍어/Arabic|-||
아랍에미리트|the United Arab Emirates|아랍에미리트 연합국||asia|아부다비|Abu Dhabi|83600|9.5|1500|24.45|54.38|디르함/dirham|아랍어/Arabic|1971|UAE|the UAE
카타르|Qatar|카타르국|State of Qatar|asia|도하|Doha|11586|2.7|1200|25.29|51.53|리얄/riyal|아랍어/Arabic|1971||
바레인|Bahrain|바레인 왕국|Kingdom of Bahrain|asia|마나마|Manama|786|1.5|160|26.23|50.59|디나르/dinar|아랍어/Arabic|1971||
쿠웨이트|Kuwait|쿠웨이트국|State of Kuwait|asia|쿠웨이트 시티|Kuwait City|17818|4.3|60|29.38|47.99|디나르/dinar|아랍어/Arabic|1961||
튀르키예|Turkey|튀르키예 공화국|Republic of Türkiye|asia|앙카라|Ankara|783562|85.3|5800|39.93|32.86|리라/lira|튀르키예어/Turkish|1923|터키|Türkiye
카자흐스탄|Kazakhstan|카자흐스탄 공화국|Republic of Kazakhstan|asia|아스타나|Astana|2724900|19.9|1350|51.17|71.43|텡게/tenge|카자흐어와 러시아어/Kazakh and Russian|1991||
우즈베키스탄|Uzbekistan|우즈베키스탄 공화국|Republic of Uzbekistan|asia|타슈켄트|Tashkent|448978|36|3000|41.3|69.24|숨/sum|우즈베크어/Uzbek|1991||
투르크메니스탄|Turkmenistan|투르크메니스탄 공화국|Republic of Turkmenistan|asia|아시가바트|Ashgabat|491210|6.5|1000|37.95|58.38|마나트/manat|투르크멘어/Turkmen|1991||
키르기스스탄|Kyrgyzstan|키르기스 공화국|Kyrgyz Republic|asia|비슈케크|Bishkek|199951|7.1|1100|42.87|74.59|솜/som|키르기스어와 러시아어/Kyrgyz and Russian|1991||
타지키스탄|Tajikistan|타지키스탄 공화국|Republic of Tajikistan|asia|두샨베|Dushanbe|143100|10.1|1200|38.54|68.78|소모니/somoni|타지크어/Tajik|1991||
조지아|Georgia=Georgia (country)|||asia|트빌리시|Tbilisi|69700|3.7|1200|41.72|44.79|라리/lari|조지아어/Georgian|1991|그루지야|
아르메니아|Armenia|아르메니아 공화국|Republic of Armenia|asia|예레반|Yerevan|29743|2.98|1090|40.18|44.51|드람/dram|아르메니아어/Armenian|1991||
아제르바이잔|Azerbaijan|아제르바이잔 공화국|Republic of Azerbaijan|asia|바쿠|Baku|86600|10.2|2300|40.41|49.87|마나트/manat|아제르바이잔어/Azerbaijani|1991||
러시아|Russia|러시아 연방|Russian Federation|europe|모스크바|Moscow|17098246|146|13100|55.76|37.62|루블/rouble|러시아어/Russian|1991|로씨야|
우크라이나|Ukraine|||europe|키이우|Kyiv|603628|37|2950|50.45|30.52|흐리우냐/hryvnia|우크라이나어/Ukrainian|1991||
벨라루스|Belarus|벨라루스 공화국|Republic of Belarus|europe|민스크|Minsk|207600|9.2|2000|53.9|27.57|루블/rouble|벨라루스어와 러시아어/Belarusian and Russian|1991|백러시아|Byelorussia
폴란드|Poland|폴란드 공화국|Republic of Poland|europe|바르샤바|Warsaw|312696|37.7|1860|52.23|21.01|즈워티/złoty|폴란드어/Polish|1918||
체코|the Czech Republic|체코 공화국||europe|프라하|Prague|78871|10.8|1380|50.08|14.44|코루나/koruna|체코어/Czech|1993||Czechia
슬로바키아|Slovakia|슬로바키아 공화국|Slovak Republic|europe|브라티슬라바|Bratislava|49035|5.4|475|48.15|17.11|유로/euro|슬로바키아어/Slovak|1993||
헝가리|Hungary|||europe|부다페스트|Budapest|93028|9.6|1690|47.5|19.04|포린트/forint|헝가리어/Hungarian|-||
루마니아|Romania|||europe|부쿠레슈티|Bucharest|238397|19.1|1720|44.43|26.1|레우/leu|루마니아어/Romanian|1877||
불가리아|Bulgaria|불가리아 공화국|Republic of Bulgaria|europe|소피아|Sofia|110994|6.4|1250|42.7|23.32|유로/euro|불가리아어/Bulgarian|1908||
몰도바|Moldova|몰도바 공화국|Republic of Moldova|europe|키시너우|Chișinău|33846|2.5|640|47.01|28.86|레우/leu|루마니아어/Romanian|1991||
그리스|Greece|그리스 공화국|Hellenic Republic|europe|아테네|Athens|131957|10.4|640|37.98|23.73|유로/euro|그리스어/Greek|1821|희랍|Hellas
알바니아|Albania|알바니아 공화국|Republic of Albania|europe|티라나|Tirana|28748|2.8|560|41.33|19.82|레크/lek|알바니아어/Albanian|1912||
북마케도니아|North Macedonia|북마케도니아 공화국|Republic of North Macedonia|europe|스코페|Skopje|25713|1.83|530|42|21.43|데나르/denar|마케도니아어/Macedonian|1991||
세르비아|Serbia|세르비아 공화국|Republic of Serbia|europe|베오그라드|Belgrade|77589|6.6|1380|44.82|20.46|디나르/dinar|세르비아어/Serbian|2006||
몬테네그로|Montenegro|||europe|포드고리차|Podgorica|13812|0.62|190|42.44|19.26|유로/euro|몬테네그로어/Montenegrin|2006||
크로아티아|Croatia|크로아티아 공화국|Republic of Croatia|europe|자그레브|Zagreb|56594|3.9|770|45.81|15.98|유로/euro|크로아티아어/Croatian|1991||
슬로베니아|Slovenia|슬로베니아 공화국|Republic of Slovenia|europe|류블랴나|Ljubljana|20273|2.1|285|46.06|14.51|유로/euro|슬로베니아어/Slovene|1991||
보스니아 헤르체고비나|Bosnia and Herzegovina|||europe|사라예보|Sarajevo|51209|3.2|275|43.86|18.41|태환 마르크/convertible mark|보스니아어/Bosnian|1992|보스니아|Bosnia
오스트리아|Austria|오스트리아 공화국|Republic of Austria|europe|빈|Vienna|83879|9.1|1980|48.21|16.37|유로/euro|독일어/German|1955|오지리|
스위스|Switzerland|스위스 연방|Swiss Confederation|europe|베른|Bern|41285|8.9|135|46.95|7.45|스위스 프랑/Swiss franc|독일어와 프랑스어와 이탈리아어/German, French and Italian|1291||
리히텐슈타인|Liechtenstein|리히텐슈타인 공국|Principality of Liechtenstein|europe|파두츠|Vaduz|160|0.04|5.7|47.14|9.52|스위스 프랑/Swiss franc|독일어/German|1806||
독일|Germany|독일 연방 공화국|Federal Republic of Germany|europe|베를린|Berlin|357592|84.5|3750|52.52|13.41|유로/euro|독일어/German|1949|도이칠란트|
프랑스|France|프랑스 공화국|French Republic|europe|파리|Paris|551695|68|2100|48.86|2.35|유로/euro|프랑스어/French|1958|불란서|
영국|the United Kingdom|그레이트브리튼 북아일랜드 연합 왕국|United Kingdom of Great Britain and Northern Ireland|europe|런던|London|242495|67.7|8900|51.51|-0.13|파운드 스털링/pound sterling|영어/English|1707|브리튼|the UK;Britain
아일랜드|Ireland|||europe|더블린|Dublin|70273|5.2|590|53.35|-6.26|유로/euro|아일랜드어와 영어/Irish and English|1922|에이레|Éire;Republic of Ireland
네덜란드|the Netherlands|네덜란드 왕국|Kingdom of the Netherlands|europe|암스테르담|Amsterdam|41865|17.9|930|52.37|4.9|유로/euro|네덜란드어/Dutch|1581|화란|Holland
벨기에|Belgium|벨기에 왕국|Kingdom of Belgium|europe|브뤼셀|Brussels|30689|11.7|1240|50.85|4.35|유로/euro|네덜란드어와 프랑스어와 독일어/Dutch, French and German|1830||
룩셈부르크|Luxembourg|룩셈부르크 대공국|Grand Duchy of Luxembourg|europe|룩셈부르크 (도시)|Luxembourg City|2586|0.66|130|49.61|6.13|유로/euro|룩셈부르크어와 프랑스어/Luxembourgish and French|1839||
덴마크|Denmark|덴마크 왕국|Kingdom of Denmark|europe|코펜하겐|Copenhagen|42952|5.9|650|55.68|12.57|크로네/krone|덴마크어/Danish|-|정말 (나라)|
노르웨이|Norway|노르웨이 왕국|Kingdom of Norway|europe|오슬로|Oslo|385207|5.5|710|59.91|10.75|크로네/krone|노르웨이어/Norwegian|1905||
스웨덴|Sweden|스웨덴 왕국|Kingdom of Sweden|europe|스톡홀름|Stockholm|450295|10.5|980|59.33|18.07|크로나/krona|스웨덴어/Swedish|1523||
핀란드|Finland|핀란드 공화국|Republic of Finland|europe|헬싱키|Helsinki|338455|5.6|670|60.17|24.94|유로/euro|핀란드어와 스웨덴어/Finnish and Swedish|1917||
아이슬란드|Iceland|아이슬란드 공화국|Republic of Iceland|europe|레이캬비크|Reykjavík|103000|0.38|140|64.15|-21.94|크로나/króna|아이슬란드어/Icelandic|1944||
에스토니아|Estonia|에스토니아 공화국|Republic of Estonia|europe|탈린|Tallinn|45339|1.37|450|59.44|24.75|유로/euro|에스토니아어/Estonian|1918||
라트비아|Latvia|라트비아 공화국|Republic of Latvia|europe|리가|Riga|64589|1.88|605|56.95|24.11|유로/euro|라트비아어/Latvian|1918||
리투아니아|Lithuania|리투아니아 공화국|Republic of Lithuania|europe|빌뉴스|Vilnius|65300|2.86|600|54.69|25.28|유로/euro|리투아니아어/Lithuanian|1918||
에스파냐|Spain|에스파냐 왕국|Kingdom of Spain|europe|마드리드|Madrid|505990|48|3300|40.42|-3.7|유로/euro|에스파냐어/Spanish|-|스페인;서반아|España
포르투갈|Portugal|포르투갈 공화국|Portuguese Republic|europe|리스본|Lisbon|92230|10.5|545|38.72|-9.14|유로/euro|포르투갈어/Portuguese|1143||
안도라|Andorra|안도라 공국|Principality of Andorra|europe|안도라라베야|Andorra la Vella|468|0.08|22|42.51|1.52|유로/euro|카탈루냐어/Catalan|1278||
이탈리아|Italy|이탈리아 공화국|Italian Republic|europe|로마|Rome|301340|58.9|2750|41.9|12.5|유로/euro|이탈리아어/Italian|1861|이태리|
산마리노|San Marino|산마리노 공화국|Republic of San Marino|europe|산마리노 (도시)|City of San Marino|61|0.034|4|43.94|12.45|유로/euro|이탈리아어/Italian|301||
바티칸 시국|Vatican City||Vatican City State|europe|||0.49|0.0008||||유로/euro|라틴어와 이탈리아어/Latin and Italian|1929|바티칸|the Vatican
모나코|Monaco|모나코 공국|Principality of Monaco|europe|||2.08|0.039||||유로/euro|프랑스어/French|1297||
몰타|Malta|몰타 공화국|Republic of Malta|europe|발레타|Valletta|316|0.54|5.8|35.9|14.51|유로/euro|몰타어와 영어/Maltese and English|1964||
키프로스|Cyprus|키프로스 공화국|Republic of Cyprus|europe|니코시아|Nicosia|9251|1.3|330|35.17|33.36|유로/euro|그리스어와 튀르키예어/Greek and Turkish|1960|사이프러스|
이집트|Egypt|이집트 아랍 공화국|Arab Republic of Egypt|africa|카이로|Cairo|1002450|112.7|10100|30.04|31.24|파운드/pound|아랍어/Arabic|1922|애굽|
리비아|Libya|리비아국|State of Libya|africa|트리폴리|Tripoli|1759541|6.9|1170|32.89|13.19|디나르/dinar|아랍어/Arabic|1951||
튀니지|Tunisia|튀니지 공화국|Republic of Tunisia|africa|튀니스|Tunis|163610|12.5|640|36.81|10.18|디나르/dinar|아랍어/Arabic|1956||
알제리|Algeria|알제리 인민민주공화국|People's Democratic Republic of Algeria|africa|알제|Algiers|2381741|45.6|3400|36.75|3.06|디나르/dinar|아랍어와 베르베르어/Arabic and Tamazight|1962||
모로코|Morocco|모로코 왕국|Kingdom of Morocco|africa|라바트|Rabat|446550|37.8|580|34.02|-6.84|디르함/dirham|아랍어와 베르베르어/Arabic and Tamazight|1956||
수단|Sudan|수단 공화국|Republic of the Sudan|africa|하르툼|Khartoum|1861484|48|5300|15.5|32.56|파운드/pound|아랍어와 영어/Arabic and English|1956||
남수단|South Sudan|남수단 공화국|Republic of South Sudan|africa|주바|Juba|644329|11.1|525|4.86|31.6|파운드/pound|영어/English|2011||
에티오피아|Ethiopia|에티오피아 연방 민주 공화국|Federal Democratic Republic of Ethiopia|africa|아디스아바바|Addis Ababa|1104300|126.5|3900|9.03|38.74|비르/birr|암하라어/Amharic|-|아비시니아|Abyssinia
에리트레아|Eritrea|에리트레아국|State of Eritrea|africa|아스마라|Asmara|117600|3.7|960|15.32|38.93|낙파/nakfa|티그리냐어/Tigrinya|1993||
지부티|Djibouti|지부티 공화국|Republic of Djibouti|africa|지부티 (도시)|Djibouti City|23200|1.1|600|11.59|43.15|지부티 프랑/Djiboutian franc|프랑스어와 아랍어/French and Arabic|1977||
소말리아|Somalia|소말리아 연방 공화국|Federal Republic of Somalia|africa|모가디슈|Mogadishu|637657|18.1|2600|2.04|45.34|실링/shilling|소말리아어와 아랍어/Somali and Arabic|1960||
케냐|Kenya|케냐 공화국|Republic of Kenya|africa|나이로비|Nairobi|580367|55.1|4400|-1.29|36.82|실링/shilling|스와힐리어와 영어/Swahili and English|1963||
우간다|Uganda|우간다 공화국|Republic of Uganda|africa|캄팔라|Kampala|241038|48.6|1680|0.31|32.58|실링/shilling|영어와 스와힐리어/English and Swahili|1962||
탄자니아|Tanzania|탄자니아 연합 공화국|United Republic of Tanzania|africa|도도마|Dodoma|947303|67.4|770|-6.17|35.74|실링/shilling|스와힐리어와 영어/Swahili and English|1961||
르완다|Rwanda|르완다 공화국|Republic of Rwanda|africa|키갈리|Kigali|26338|14.1|1750|-1.94|30.06|르완다 프랑/Rwandan franc|키냐르완다어/Kinyarwanda|1962||
부룬디|Burundi|부룬디 공화국|Republic of Burundi|africa|기테가|Gitega|27834|13.2|135|-3.43|29.93|부룬디 프랑/Burundian franc|키룬디어/Kirundi|1962||
콩고 민주 공화국|the Democratic Republic of the Congo|||africa|킨샤사|Kinshasa|2344858|102.3|16000|-4.32|15.31|콩고 프랑/Congolese franc|프랑스어/French|1960|자이르|Zaire;DR Congo
콩고 공화국|the Republic of the Congo|||africa|브라자빌|Brazzaville|342000|6.1|2150|-4.27|15.27|중앙아프리카 프랑/Central African franc|프랑스어/French|1960||Congo Republic
가봉|Gabon|가봉 공화국|Gabonese Republic|africa|리브르빌|Libreville|267668|2.4|800|0.39|9.45|중앙아프리카 프랑/Central African franc|프랑스어/French|1960||
카메룬|Cameroon|카메룬 공화국|Republic of Cameroon|africa|야운데|Yaoundé|475442|28.6|2800|3.87|11.52|중앙아프리카 프랑/Central African franc|프랑스어와 영어/French and English|1960||
중앙아프리카 공화국|the Central African Republic|||africa|방기|Bangui|622984|5.7|890|4.36|18.56|중앙아프리카 프랑/Central African franc|프랑스어와 상고어/French and Sango|1960||CAR
차드|Chad|차드 공화국|Republic of Chad|africa|은자메나|N'Djamena|1284000|18.3|1600|12.11|15.05|중앙아프리카 프랑/Central African franc|프랑스어와 아랍어/French and Arabic|1960||
적도 기니|Equatorial Guinea|적도 기니 공화국|Republic of Equatorial Guinea|africa|말라보|Malabo|28051|1.7|300|3.75|8.78|중앙아프리카 프랑/Central African franc|에스파냐어와 프랑스어/Spanish and French|1968||
나이지리아|Nigeria|나이지리아 연방 공화국|Federal Republic of Nigeria|africa|아부자|Abuja|923768|223.8|1700|9.07|7.49|나이라/naira|영어/English|1960||
니제르|Niger|니제르 공화국|Republic of the Niger|africa|니아메|Niamey|1267000|27.2|1400|13.51|2.11|서아프리카 프랑/West African franc|프랑스어/French|1960||
베냉|Benin|베냉 공화국|Republic of Benin|africa|포르토노보|Porto-Novo|114763|13.7|270|6.5|2.6|서아프리카 프랑/West African franc|프랑스어/French|1960|다호메이|Dahomey
토고|Togo|토고 공화국|Togolese Republic|africa|로메|Lomé|56785|9.1|840|6.13|1.22|서아프리카 프랑/West African franc|프랑스어/French|1960||
가나|Ghana|가나 공화국|Republic of Ghana|africa|아크라|Accra|238535|34.1|2500|5.6|-0.19|세디/cedi|영어/English|1957|황금 해안|Gold Coast
부르키나파소|Burkina Faso|||africa|와가두구|Ouagadougou|274200|23.3|2450|12.37|-1.53|서아프리카 프랑/West African franc|프랑스어/French|1960|오트볼타|Upper Volta
말리|Mali|말리 공화국|Republic of Mali|africa|바마코|Bamako|1240192|23.3|2700|12.64|-8|서아프리카 프랑/West African franc|프랑스어/French|1960||
세네갈|Senegal|세네갈 공화국|Republic of Senegal|africa|다카르|Dakar|196722|17.8|1150|14.69|-17.45|서아프리카 프랑/West African franc|프랑스어/French|1960||
감비아|the Gambia|감비아 공화국|Republic of The Gambia|africa|반줄|Banjul|11295|2.8|31|13.45|-16.58|달라시/dalasi|영어/English|1965||
기니|Guinea|기니 공화국|Republic of Guinea|africa|코나크리|Conakry|245857|14.2|1660|9.51|-13.71|기니 프랑/Guinean franc|프랑스어/French|1958||
기니비사우|Guinea-Bissau|기니비사우 공화국|Republic of Guinea-Bissau|africa|비사우|Bissau|36125|2.2|490|11.86|-15.6|서아프리카 프랑/West African franc|포르투갈어/Portuguese|1973||
시에라리온|Sierra Leone|시에라리온 공화국|Republic of Sierra Leone|africa|프리타운|Freetown|71740|8.8|1050|8.48|-13.23|레온/leone|영어/English|1961||
라이베리아|Liberia|라이베리아 공화국|Republic of Liberia|africa|몬로비아|Monrovia|111369|5.4|1000|6.31|-10.8|라이베리아 달러/Liberian dollar|영어/English|1847||
코트디부아르|Ivory Coast|코트디부아르 공화국|Republic of Côte d'Ivoire|africa|야무수크로|Yamoussoukro|322463|28.9|210|6.82|-5.28|서아프리카 프랑/West African franc|프랑스어/French|1960|아이보리코스트|Côte d'Ivoire
모리타니|Mauritania|모리타니 이슬람 공화국|Islamic Republic of Mauritania|africa|누악쇼트|Nouakchott|1030700|4.9|1200|18.08|-15.98|우기야/ouguiya|아랍어/Arabic|1960||
카보베르데|Cape Verde|카보베르데 공화국|Republic of Cabo Verde|africa|프라이아|Praia|4033|0.6|160|14.93|-23.51|이스쿠두/escudo|포르투갈어/Portuguese|1975||Cabo Verde
상투메 프린시페|São Tomé and Príncipe|상투메 프린시페 민주 공화국|Democratic Republic of São Tomé and Príncipe|africa|상투메|São Tomé|964|0.23|72|0.34|6.73|도브라/dobra|포르투갈어/Portuguese|1975||
앙골라|Angola|앙골라 공화국|Republic of Angola|africa|루안다|Luanda|1246700|36.7|2600|-8.84|13.23|콴자/kwanza|포르투갈어/Portuguese|1975||
잠비아|Zambia|잠비아 공화국|Republic of Zambia|africa|루사카|Lusaka|752612|20.6|2200|-15.42|28.28|콰차/kwacha|영어/English|1964||
짐바브웨|Zimbabwe|짐바브웨 공화국|Republic of Zimbabwe|africa|하라레|Harare|390757|16.7|1500|-17.83|31.05|짐바브웨 골드/Zimbabwe Gold|영어와 쇼나어/English and Shona|1980|로디지아|Rhodesia
말라위|Malawi|말라위 공화국|Republic of Malawi|africa|릴롱궤|Lilongwe|118484|20.9|990|-13.97|33.79|콰차/kwacha|영어와 치체와어/English and Chewa|1964||Nyasaland
모잠비크|Mozambique|모잠비크 공화국|Republic of Mozambique|africa|마푸투|Maputo|801590|33.9|1100|-25.97|32.57|메티칼/metical|포르투갈어/Portuguese|1975||
마다가스카르|Madagascar|마다가스카르 공화국|Republic of Madagascar|africa|안타나나리보|Antananarivo|587041|30.3|1300|-18.88|47.51|아리아리/ariary|말라가시어와 프랑스어/Malagasy and French|1960||
모리셔스|Mauritius|모리셔스 공화국|Republic of Mauritius|africa|포트루이스|Port Louis|2040|1.26|147|-20.16|57.5|루피/rupee|영어와 프랑스어/English and French|1968||
세이셸|Seychelles|세이셸 공화국|Republic of Seychelles|africa|빅토리아 (세이셸)|Victoria=Victoria, Seychelles|457|0.12|26|-4.62|55.45|루피/rupee|영어와 프랑스어와 크레올어/English, French and Seychellois Creole|1976||
코모로|the Comoros|코모로 연방|Union of the Comoros|africa|모로니|Moroni=Moroni, Comoros|1861|0.85|111|-11.7|43.26|코모로 프랑/Comorian franc|코모로어와 아랍어/Comorian and Arabic|1975||
나미비아|Namibia|나미비아 공화국|Republic of Namibia|africa|빈트후크|Windhoek|825615|2.6|480|-22.56|17.08|나미비아 달러/Namibian dollar|영어/English|1990||
보츠와나|Botswana|보츠와나 공화국|Republic of Botswana|africa|가보로네|Gaborone|581730|2.7|246|-24.66|25.91|풀라/pula|영어와 츠와나어/English and Tswana|1966||Bechuanaland
남아프리카 공화국|South Africa||Republic of South Africa|africa|프리토리아|Pretoria|1221037|60.4|740|-25.75|28.19|랜드/rand|줄루어와 아프리칸스어와 영어/Zulu, Afrikaans and English|1910|남아공|RSA
레소토|Lesotho|레소토 왕국|Kingdom of Lesotho|africa|마세루|Maseru|30355|2.3|330|-29.31|27.48|로티/loti|소토어와 영어/Sotho and English|1966||
에스와티니|Eswatini|에스와티니 왕국|Kingdom of Eswatini|africa|음바바네|Mbabane|17364|1.2|95|-26.32|31.13|릴랑게니/lilangeni|스와티어와 영어/Swazi and English|1968|스와질란드|Swaziland
캐나다|Canada|||north-america|오타와|Ottawa|9984670|40|1020|45.42|-75.7|캐나다 달러/Canadian dollar|영어와 프랑스어/English and French|1867|카나다|
미국|the United States|아메리카 합중국|United States of America|north-america|워싱턴 D.C.|Washington, D.C.|9833520|335|680|38.9|-77.04|미국 달러/United States dollar|영어/English|1776|미합중국;USA|the USA;the US
멕시코|Mexico|멕시코 합중국|United Mexican States|north-america|멕시코시티|Mexico City|1972550|128.5|9200|19.43|-99.13|페소/peso|에스파냐어/Spanish|1821||
과테말라|Guatemala|과테말라 공화국|Republic of Guatemala|north-america|과테말라시티|Guatemala City|108889|17.6|1000|14.63|-90.51|케찰/quetzal|에스파냐어/Spanish|1821||
벨리즈|Belize|||north-america|벨모판|Belmopan|22966|0.41|20|17.25|-88.77|벨리즈 달러/Belize dollar|영어/English|1981||British Honduras
온두라스|Honduras|온두라스 공화국|Republic of Honduras|north-america|테구시갈파|Tegucigalpa|112492|10.6|1160|14.07|-87.19|렘피라/lempira|에스파냐어/Spanish|1821||
엘살바도르|El Salvador|엘살바도르 공화국|Republic of El Salvador|north-america|산살바도르|San Salvador|21041|6.4|570|13.7|-89.19|미국 달러/United States dollar|에스파냐어/Spanish|1821||
니카라과|Nicaragua|니카라과 공화국|Republic of Nicaragua|north-america|마나과|Managua|130375|7|1055|12.14|-86.25|코르도바/córdoba|에스파냐어/Spanish|1821||
코스타리카|Costa Rica|코스타리카 공화국|Republic of Costa Rica|north-america|산호세|San José=San José, Costa Rica|51100|5.2|340|9.93|-84.08|콜론/colón|에스파냐어/Spanish|1821||
파나마|Panama|파나마 공화국|Republic of Panama|north-america|파나마시티|Panama City|75417|4.5|410|8.98|-79.52|발보아/balboa|에스파냐어/Spanish|1903||
쿠바|Cuba|쿠바 공화국|Republic of Cuba|north-america|아바나|Havana|109884|11.2|2140|23.11|-82.37|페소/peso|에스파냐어/Spanish|1902||
자메이카|Jamaica|||north-america|킹스턴|Kingston=Kingston, Jamaica|10991|2.8|660|18|-76.79|자메이카 달러/Jamaican dollar|영어/English|1962||
아이티|Haiti|아이티 공화국|Republic of Haiti|north-america|포르토프랭스|Port-au-Prince|27750|11.7|1200|18.54|-72.34|구르드/gourde|아이티 크레올어와 프랑스어/Haitian Creole and French|1804||
도미니카 공화국|the Dominican Republic|||north-america|산토도밍고|Santo Domingo|48671|11.3|1030|18.49|-69.93|페소/peso|에스파냐어/Spanish|1844||
바하마|the Bahamas|바하마 연방|Commonwealth of The Bahamas|north-america|나소 (바하마)|Nassau=Nassau, Bahamas|13943|0.41|270|25.06|-77.34|바하마 달러/Bahamian dollar|영어/English|1973||
바베이도스|Barbados|||north-america|브리지타운|Bridgetown|430|0.28|110|13.1|-59.62|바베이도스 달러/Barbadian dollar|영어/English|1966||
트리니다드 토바고|Trinidad and Tobago|트리니다드 토바고 공화국|Republic of Trinidad and Tobago|north-america|포트오브스페인|Port of Spain|5128|1.5|37|10.65|-61.52|트리니다드 토바고 달러/Trinidad and Tobago dollar|영어/English|1962||
브라질|Brazil|브라질 연방 공화국|Federative Republic of Brazil|south-america|브라질리아|Brasília|8515767|203|2800|-15.79|-47.88|헤알/real|포르투갈어/Portuguese|1822||
아르헨티나|Argentina|아르헨티나 공화국|Argentine Republic|south-america|부에노스아이레스|Buenos Aires|2780400|46.7|3100|-34.6|-58.38|페소/peso|에스파냐어/Spanish|1816||
칠레|Chile|칠레 공화국|Republic of Chile|south-america|산티아고|Santiago|756102|19.6|6200|-33.45|-70.67|페소/peso|에스파냐어/Spanish|1818||
페루|Peru|페루 공화국|Republic of Peru|south-america|리마|Lima|1285216|34.4|10000|-12.05|-77.04|솔/sol|에스파냐어와 케추아어/Spanish and Quechua|1821||
콜롬비아|Colombia|콜롬비아 공화국|Republic of Colombia|south-america|보고타|Bogotá|1141748|52.1|7900|4.71|-74.07|페소/peso|에스파냐어/Spanish|1810||
베네수엘라|Venezuela|베네수엘라 볼리바르 공화국|Bolivarian Republic of Venezuela|south-america|카라카스|Caracas|916445|28.8|2900|10.48|-66.9|볼리바르/bolívar|에스파냐어/Spanish|1811||
에콰도르|Ecuador|에콰도르 공화국|Republic of Ecuador|south-america|키토|Quito|256370|18.2|1980|-0.18|-78.47|미국 달러/United States dollar|에스파냐어/Spanish|1830||
볼리비아|Bolivia|볼리비아 다민족국|Plurinational State of Bolivia|south-america|수크레|Sucre|1098581|12.4|300|-19.05|-65.26|볼리비아노/boliviano|에스파냐어와 케추아어/Spanish and Quechua|1825||
파라과이|Paraguay|파라과이 공화국|Republic of Paraguay|south-america|아순시온|Asunción|406752|6.9|520|-25.28|-57.63|과라니/guaraní|에스파냐어와 과라니어/Spanish and Guarani|1811||
우루과이|Uruguay|우루과이 동방 공화국|Oriental Republic of Uruguay|south-america|몬테비데오|Montevideo|176215|3.4|1320|-34.9|-56.16|페소/peso|에스파냐어/Spanish|1825||
가이아나|Guyana|가이아나 협동 공화국|Co-operative Republic of Guyana|south-america|조지타운|Georgetown=Georgetown, Guyana|214969|0.81|120|6.8|-58.16|가이아나 달러/Guyanese dollar|영어/English|1966||
수리남|Suriname|수리남 공화국|Republic of Suriname|south-america|파라마리보|Paramaribo|163820|0.62|240|5.85|-55.2|수리남 달러/Surinamese dollar|네덜란드어/Dutch|1975||
오스트레일리아|Australia|오스트레일리아 연방|Commonwealth of Australia|oceania|캔버라|Canberra|7692024|26.6|457|-35.28|149.13|오스트레일리아 달러/Australian dollar|영어/English|1901|호주|
뉴질랜드|New Zealand|||oceania|웰링턴|Wellington|268021|5.2|213|-41.29|174.78|뉴질랜드 달러/New Zealand dollar|영어와 마오리어/English and Māori|1907||Aotearoa
파푸아뉴기니|Papua New Guinea|파푸아뉴기니 독립국|Independent State of Papua New Guinea|oceania|포트모르즈비|Port Moresby|462840|10.3|390|-9.44|147.18|키나/kina|영어와 톡 피신/English and Tok Pisin|1975||
피지|Fiji|피지 공화국|Republic of Fiji|oceania|수바|Suva|18272|0.93|93|-18.14|178.44|피지 달러/Fijian dollar|영어와 피지어/English and Fijian|1970||
솔로몬 제도|the Solomon Islands|||oceania|호니아라|Honiara|28896|0.74|92|-9.43|159.95|솔로몬 제도 달러/Solomon Islands dollar|영어/English|1978||Solomons
바누아투|Vanuatu|바누아투 공화국|Republic of Vanuatu|oceania|포트빌라|Port Vila|12189|0.33|49|-17.74|168.31|바투/vatu|비슬라마어와 영어와 프랑스어/Bislama, English and French|1980|뉴헤브리디스|New Hebrides
사모아|Samoa|사모아 독립국|Independent State of Samoa|oceania|아피아|Apia|2842|0.22|37|-13.83|-171.77|탈라/tālā|사모아어와 영어/Samoan and English|1962|서사모아|Western Samoa
통가|Tonga|통가 왕국|Kingdom of Tonga|oceania|누쿠알로파|Nukuʻalofa|748|0.107|23|-21.14|-175.2|팡가/paʻanga|통가어와 영어/Tongan and English|1970||
키리바시|Kiribati|키리바시 공화국|Republic of Kiribati|oceania|타라와|Tarawa|811|0.13|70|1.45|173|오스트레일리아 달러/Australian dollar|키리바시어와 영어/Gilbertese and English|1979||
투발루|Tuvalu|||oceania|푸나푸티|Funafuti|26|0.011|6|-8.52|179.2|오스트레일리아 달러/Australian dollar|투발루어와 영어/Tuvaluan and English|1978||Ellice Islands
나우루|Nauru|나우루 공화국|Republic of Nauru|oceania|야렌|Yaren=Yaren District|21|0.012|0.8|-0.55|166.92|오스트레일리아 달러/Australian dollar|나우루어와 영어/Nauruan and English|1968||
팔라우|Palau|팔라우 공화국|Republic of Palau|oceania|응게룰무드|Ngerulmud|459|0.018|0.3|7.5|134.62|미국 달러/United States dollar|팔라우어와 영어/Palauan and English|1994||Belau
미크로네시아 연방|the Federated States of Micronesia|||oceania|팔리키르|Palikir|702|0.115|6|6.92|158.16|미국 달러/United States dollar|영어/English|1986|미크로네시아 공화국|FSM
마셜 제도|the Marshall Islands|마셜 제도 공화국|Republic of the Marshall Islands|oceania|마주로|Majuro|181|0.042|25|7.09|171.38|미국 달러/United States dollar|마셜어와 영어/Marshallese and English|1986||
`,
)

export const continents: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = {
  asia: { ko: '아시아', en: 'Asia' },
  europe: { ko: '유럽', en: 'Europe' },
  africa: { ko: '아프리카', en: 'Africa' },
  'north-america': { ko: '북아메리카', en: 'North America' },
  'south-america': { ko: '남아메리카', en: 'South America' },
  oceania: { ko: '오세아니아', en: 'Oceania' },
}
