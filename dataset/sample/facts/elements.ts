import { rows } from './rows.ts'

/** Standard atomic weight in u (mass number in brackets → no stable isotope), melting and boiling point in °C, density in
 *  g/cm³ (gases: g/L), year of discovery (`-` = antiquity), discoverer, what it is used for in both languages. */
export const elements = rows(
  [
    'number',
    'symbol',
    'ko',
    'en',
    'mass',
    'group',
    'period',
    'family',
    'melting',
    'boiling',
    'year',
    'finder',
    'use',
    'koAlias',
    'enAlias',
    'hanja',
  ],
  `
1|H|수소|~hydrogen|1.008|1|1|nonmetal|-259.16|-252.87|1766|헨리 캐번디시/Henry Cavendish|로켓 연료와 암모니아 합성/rocket fuel and the synthesis of ammonia|||水素
2|He|헬륨|~helium|4.0026|18|1|noble||-268.93|1868|피에르 장센/Pierre Janssen|기구와 초전도 자석의 냉각/balloons and the cooling of superconducting magnets
3|Li|리튬|~lithium|6.94|1|2|alkali|180.5|1342|1817|요한 아르프베드손/Johan Arfwedson|충전식 전지와 기분 안정제/rechargeable batteries and mood stabilisers
4|Be|베릴륨|~beryllium|9.0122|2|2|alkaline|1287|2469|1798|루이니콜라 보클랭/Louis-Nicolas Vauquelin|엑스선 창과 가벼운 합금/X-ray windows and light alloys
5|B|붕소|~boron|10.81|13|2|metalloid|2076|3927|1808|험프리 데이비/Humphry Davy|내열 유리와 세제/heat-proof glass and detergents|보론||硼素
6|C|탄소|~carbon|12.011|14|2|nonmetal|||-||강철과 연필심과 연료/steel, pencil leads and fuels|||炭素
7|N|질소|~nitrogen|14.007|15|2|nonmetal|-210|-195.8|1772|대니얼 러더퍼드/Daniel Rutherford|비료와 식품 포장/fertilisers and food packaging|||窒素
8|O|산소|~oxygen|15.999|16|2|nonmetal|-218.79|-182.96|1774|조지프 프리스틀리/Joseph Priestley|호흡과 제강과 용접/breathing, steelmaking and welding|||酸素
9|F|플루오린|~fluorine|18.998|17|2|halogen|-219.67|-188.11|1886|앙리 무아상/Henri Moissan|치약과 우라늄 농축/toothpaste and the enrichment of uranium|불소||弗素
10|Ne|네온|~neon|20.18|18|2|noble|-248.59|-246.05|1898|윌리엄 램지/William Ramsay|광고 조명과 레이저/advertising lights and lasers
11|Na|나트륨|~sodium|22.99|1|3|alkali|97.79|882.9|1807|험프리 데이비/Humphry Davy|소금과 가로등/table salt and street lamps|소듐
12|Mg|마그네슘|~magnesium|24.305|2|3|alkaline|650|1090|1808|험프리 데이비/Humphry Davy|가벼운 합금과 불꽃놀이/light alloys and fireworks
13|Al|알루미늄|~aluminium|26.982|13|3|poor|660.3|2470|1825|한스 크리스티안 외르스테드/Hans Christian Ørsted|항공기와 음료 캔과 창틀/aircraft, drink cans and window frames||aluminum
14|Si|규소|~silicon|28.085|14|3|metalloid|1414|3265|1824|옌스 야코브 베르셀리우스/Jöns Jacob Berzelius|반도체와 유리와 태양 전지/semiconductors, glass and solar cells|실리콘||硅素
15|P|인 (원소)|~phosphorus|30.974|15|3|nonmetal|44.15|280.5|1669|헤니히 브란트/Hennig Brand|성냥과 비료/matches and fertilisers|||燐
16|S|황 (원소)|~sulfur|32.06|16|3|nonmetal|115.2|444.6|-||황산과 고무의 가황/sulfuric acid and the vulcanisation of rubber|유황|sulphur|黃
17|Cl|염소 (원소)|~chlorine|35.45|17|3|halogen|-101.5|-34.04|1774|칼 빌헬름 셸레/Carl Wilhelm Scheele|물의 소독과 표백/the disinfection of water and bleaching|||鹽素
18|Ar|아르곤|~argon|39.95|18|3|noble|-189.34|-185.85|1894|윌리엄 램지/William Ramsay|용접용 보호 기체와 전구/shielding gas for welding and light bulbs
19|K|칼륨|~potassium|39.098|1|4|alkali|63.5|757.6|1807|험프리 데이비/Humphry Davy|비료와 비누/fertilisers and soap|포타슘
20|Ca|칼슘|~calcium|40.078|2|4|alkaline|842|1484|1808|험프리 데이비/Humphry Davy|시멘트와 뼈의 건강/cement and the health of bones
21|Sc|스칸듐|~scandium|44.956|3|4|transition|1541|2836|1879|라르스 프레드리크 닐손/Lars Fredrik Nilson|운동 기구용 합금/alloys for sports gear
22|Ti|타이타늄|~titanium|47.867|4|4|transition|1668|3287|1791|윌리엄 그레고어/William Gregor|비행기 엔진과 인공 관절/aircraft engines and artificial joints|티타늄;티탄
23|V|바나듐|~vanadium|50.942|5|4|transition|1910|3407|1801|안드레스 마누엘 델리오/Andrés Manuel del Río|공구용 강철/tool steel
24|Cr|크로뮴|~chromium|51.996|6|4|transition|1907|2671|1797|루이니콜라 보클랭/Louis-Nicolas Vauquelin|도금과 스테인리스강/plating and stainless steel|크롬
25|Mn|망가니즈|~manganese|54.938|7|4|transition|1246|2061|1774|요한 고틀리브 간/Johan Gottlieb Gahn|강철과 건전지/steel and dry cells|망간
26|Fe|철|~iron|55.845|8|4|transition|1538|2862|-||강철과 건축과 기계/steel, building and machines|||鐵
27|Co|코발트|~cobalt|58.933|9|4|transition|1495|2927|1735|예오리 브란트/Georg Brandt|파란 안료와 전지/blue pigments and batteries
28|Ni|니켈|~nickel|58.693|10|4|transition|1455|2730|1751|악셀 프레드리크 크론스테트/Axel Fredrik Cronstedt|동전과 스테인리스강/coins and stainless steel
29|Cu|구리|~copper|63.546|11|4|transition|1084.6|2562|-||전선과 배관과 동전/electric wires, pipes and coins|동 (원소)
30|Zn|아연|~zinc|65.38|12|4|transition|419.5|907|1746|안드레아스 지기스문트 마르그라프/Andreas Sigismund Marggraf|철의 도금과 황동/galvanising iron and brass|||亞鉛
31|Ga|갈륨|~gallium|69.723|13|4|poor|29.76|2400|1875|폴에밀 르코크 드 부아보드랑/Paul-Émile Lecoq de Boisbaudran|발광 다이오드와 반도체/light-emitting diodes and semiconductors
32|Ge|저마늄|~germanium|72.63|14|4|metalloid|938.3|2833|1886|클레멘스 빙클러/Clemens Winkler|적외선 렌즈와 광섬유/infrared lenses and optical fibre|게르마늄
33|As|비소|~arsenic|74.922|15|4|metalloid|||1250|알베르투스 마그누스/Albertus Magnus|살충제와 반도체/pesticides and semiconductors|||砒素
34|Se|셀레늄|~selenium|78.971|16|4|nonmetal|221|685|1817|옌스 야코브 베르셀리우스/Jöns Jacob Berzelius|복사기와 유리 착색/photocopiers and the colouring of glass|셀렌
35|Br|브로민|~bromine|79.904|17|4|halogen|-7.2|58.8|1826|앙투안 제롬 발라르/Antoine Jérôme Balard|난연제와 사진 필름/flame retardants and photographic film|브롬;취소 (원소)
36|Kr|크립톤|~krypton|83.798|18|4|noble|-157.37|-153.42|1898|윌리엄 램지/William Ramsay|섬광등과 창유리의 충전/flash lamps and the filling of window panes
37|Rb|루비듐|~rubidium|85.468|1|5|alkali|39.3|688|1861|로베르트 분젠/Robert Bunsen|원자시계와 광전지/atomic clocks and photocells
38|Sr|스트론튬|~strontium|87.62|2|5|alkaline|777|1377|1790|어데어 크로퍼드/Adair Crawford|붉은 불꽃과 자석/red fireworks and magnets
39|Y|이트륨|~yttrium|88.906|3|5|transition|1522|3345|1794|요한 가돌린/Johan Gadolin|형광체와 초전도체/phosphors and superconductors
40|Zr|지르코늄|~zirconium|91.224|4|5|transition|1855|4377|1789|마르틴 하인리히 클라프로트/Martin Heinrich Klaproth|원자로 연료봉의 피복/the cladding of nuclear fuel rods
41|Nb|나이오븀|~niobium|92.906|5|5|transition|2477|4744|1801|찰스 해체트/Charles Hatchett|초전도 자석과 송유관/superconducting magnets and pipelines|니오브
42|Mo|몰리브데넘|~molybdenum|95.95|6|5|transition|2623|4639|1778|칼 빌헬름 셸레/Carl Wilhelm Scheele|고강도 강철과 윤활제/strong steels and lubricants|몰리브덴
43|Tc|테크네튬|~technetium|98|7|5|transition|2157|4265|1937|에밀리오 세그레/Emilio Segrè|핵의학 영상/nuclear medical imaging
44|Ru|루테늄|~ruthenium|101.07|8|5|transition|2334|4150|1844|카를 클라우스/Karl Ernst Claus|전기 접점과 촉매/electrical contacts and catalysts
45|Rh|로듐|~rhodium|102.91|9|5|transition|1964|3695|1804|윌리엄 하이드 울러스턴/William Hyde Wollaston|자동차 배기가스 촉매/catalytic converters of cars
46|Pd|팔라듐|~palladium|106.42|10|5|transition|1554.9|2963|1802|윌리엄 하이드 울러스턴/William Hyde Wollaston|촉매와 수소 저장/catalysts and the storage of hydrogen
47|Ag|은|~silver|107.87|11|5|transition|961.8|2162|-||장신구와 식기와 거울/jewellery, tableware and mirrors|||銀
48|Cd|카드뮴|~cadmium|112.41|12|5|transition|321.1|767|1817|프리드리히 슈트로마이어/Friedrich Stromeyer|충전지와 노란 안료/rechargeable cells and yellow pigments
49|In|인듐|~indium|114.82|13|5|poor|156.6|2072|1863|페르디난트 라이히/Ferdinand Reich|액정 화면의 투명 전극/transparent electrodes of liquid-crystal displays
50|Sn|주석|~tin|118.71|14|5|poor|231.9|2602|-||땜납과 통조림 깡통과 청동/solder, food cans and bronze|||朱錫
51|Sb|안티모니|~antimony|121.76|15|5|metalloid|630.6|1635|-||난연제와 활자 합금/flame retardants and type metal|안티몬
52|Te|텔루륨|~tellurium|127.6|16|5|metalloid|449.5|988|1782|프란츠 요제프 뮐러/Franz-Joseph Müller|태양 전지와 열전 소자/solar cells and thermoelectric devices|텔루르
53|I|아이오딘|~iodine|126.9|17|5|halogen|113.7|184.3|1811|베르나르 쿠르투아/Bernard Courtois|소독약과 갑상샘 치료/antiseptics and the treatment of the thyroid|요오드
54|Xe|제논|~xenon|131.29|18|5|noble|-111.75|-108.1|1898|윌리엄 램지/William Ramsay|전조등과 이온 추진기/headlamps and ion thrusters|크세논
55|Cs|세슘|~caesium|132.91|1|6|alkali|28.5|671|1860|로베르트 분젠/Robert Bunsen|원자시계와 시추액/atomic clocks and drilling fluids||cesium
56|Ba|바륨|~barium|137.33|2|6|alkaline|727|1845|1808|험프리 데이비/Humphry Davy|위장 조영제와 초록 불꽃/stomach X-rays and green fireworks
57|La|란타넘|~lanthanum|138.91|3|6|lanthanide|920|3464|1839|칼 구스타프 모산데르/Carl Gustaf Mosander|카메라 렌즈와 전지/camera lenses and batteries|란탄
58|Ce|세륨|~cerium|140.12||6|lanthanide|795|3443|1803|마르틴 하인리히 클라프로트/Martin Heinrich Klaproth|라이터돌과 유리 연마/lighter flints and glass polishing
59|Pr|프라세오디뮴|~praseodymium|140.91||6|lanthanide|935|3130|1885|카를 아우어 폰 벨스바흐/Carl Auer von Welsbach|용접 보안경과 자석/welding goggles and magnets
60|Nd|네오디뮴|~neodymium|144.24||6|lanthanide|1024|3074|1885|카를 아우어 폰 벨스바흐/Carl Auer von Welsbach|강한 영구 자석과 레이저/strong permanent magnets and lasers
61|Pm|프로메튬|~promethium|145||6|lanthanide|1042|3000|1945|찰스 코리엘/Charles D. Coryell|원자력 전지/atomic batteries
62|Sm|사마륨|~samarium|150.36||6|lanthanide|1072|1900|1879|폴에밀 르코크 드 부아보드랑/Paul-Émile Lecoq de Boisbaudran|고온용 자석과 항암제/high-temperature magnets and cancer drugs
63|Eu|유로퓸|~europium|151.96||6|lanthanide|826|1529|1901|외젠 드마르세/Eugène-Anatole Demarçay|붉은 형광체와 위조 방지/red phosphors and the marking of banknotes
64|Gd|가돌리늄|~gadolinium|157.25||6|lanthanide|1312|3000|1880|장 드 마리냐크/Jean de Marignac|자기 공명 영상의 조영제/contrast agents of magnetic resonance imaging
65|Tb|터븀|~terbium|158.93||6|lanthanide|1356|3123|1843|칼 구스타프 모산데르/Carl Gustaf Mosander|초록 형광체/green phosphors|테르븀
66|Dy|디스프로슘|~dysprosium|162.5||6|lanthanide|1407|2567|1886|폴에밀 르코크 드 부아보드랑/Paul-Émile Lecoq de Boisbaudran|전기차 모터의 자석/magnets in the motors of electric cars
67|Ho|홀뮴|~holmium|164.93||6|lanthanide|1461|2600|1878|마르크 들라퐁텐/Marc Delafontaine|의료용 레이저/medical lasers
68|Er|어븀|~erbium|167.26||6|lanthanide|1529|2868|1843|칼 구스타프 모산데르/Carl Gustaf Mosander|광통신 증폭기/amplifiers of optical communication|에르븀
69|Tm|툴륨|~thulium|168.93||6|lanthanide|1545|1950|1879|페르 테오도르 클레베/Per Teodor Cleve|휴대용 엑스선 장치/portable X-ray devices
70|Yb|이터븀|~ytterbium|173.05||6|lanthanide|824|1196|1878|장 드 마리냐크/Jean de Marignac|섬유 레이저와 광격자 시계/fibre lasers and optical lattice clocks|이테르븀
71|Lu|루테튬|~lutetium|174.97|3|6|lanthanide|1652|3402|1907|조르주 위르뱅/Georges Urbain|양전자 단층 촬영의 검출기/detectors of positron emission tomography
72|Hf|하프늄|~hafnium|178.49|4|6|transition|2233|4603|1923|디르크 코스터르/Dirk Coster|원자로 제어봉/control rods of reactors
73|Ta|탄탈럼|~tantalum|180.95|5|6|transition|3017|5458|1802|안데르스 구스타프 에셰베리/Anders Gustaf Ekeberg|휴대 전화의 축전기/capacitors of mobile phones|탄탈
74|W|텅스텐|~tungsten|183.84|6|6|transition|3422|5930|1783|후안 호세 엘야르와 파우스토 엘야르 형제/the brothers Juan José and Fausto Elhuyar|전구의 필라멘트와 절삭 공구/lamp filaments and cutting tools|볼프람|wolfram
75|Re|레늄|~rhenium|186.21|7|6|transition|3186|5630|1925|발터 노다크/Walter Noddack|제트 엔진과 촉매/jet engines and catalysts
76|Os|오스뮴|~osmium|190.23|8|6|transition|3033|5012|1803|스미슨 테넌트/Smithson Tennant|펜촉과 전기 접점/pen nibs and electrical contacts
77|Ir|이리듐|~iridium|192.22|9|6|transition|2446|4130|1803|스미슨 테넌트/Smithson Tennant|점화 플러그와 도가니/spark plugs and crucibles
78|Pt|백금|~platinum|195.08|10|6|transition|1768.3|3825|1735|안토니오 데 우요아/Antonio de Ulloa|촉매와 실험 기구와 보석/catalysts, laboratory ware and jewellery|플래티넘||白金
79|Au|금|~gold|196.97|11|6|transition|1064.2|2970|-||화폐와 장신구와 전자 부품/money, jewellery and electronic parts|황금||金
80|Hg|수은|~mercury=Mercury (element)|200.59|12|6|transition|-38.83|356.7|-||온도계와 형광등/thermometers and fluorescent lamps||quicksilver|水銀
81|Tl|탈륨|~thallium|204.38|13|6|poor|304|1473|1861|윌리엄 크룩스/William Crookes|적외선 검출기/infrared detectors
82|Pb|납|~lead|207.2|14|6|poor|327.5|1749|-||자동차 축전지와 방사선 차폐/car batteries and radiation shields|연 (원소)
83|Bi|비스무트|~bismuth|208.98|15|6|poor|271.5|1564|1753|클로드 프랑수아 조프루아/Claude François Geoffroy|위장약과 화장품/stomach remedies and cosmetics|창연
84|Po|폴로늄|~polonium|209|16|6|poor|254|962|1898|마리 퀴리/Marie Curie|정전기 제거와 우주선의 열원/static eliminators and heat sources of spacecraft
85|At|아스타틴|~astatine|210|17|6|halogen|||1940|에밀리오 세그레/Emilio Segrè|암 치료 연구/research on cancer therapy
86|Rn|라돈|~radon|222|18|6|noble|-71|-61.7|1899|어니스트 러더퍼드/Ernest Rutherford|지진과 지하수의 연구/the study of earthquakes and groundwater
87|Fr|프랑슘|~francium|223|1|7|alkali|||1939|마르그리트 페레/Marguerite Perey|원자 구조의 연구/the study of atomic structure
88|Ra|라듐|~radium|226|2|7|alkaline|700|1737|1898|마리 퀴리/Marie Curie|옛 야광 도료와 암 치료/old luminous paint and cancer therapy
89|Ac|악티늄|~actinium|227|3|7|actinide|1227|3200|1899|앙드레루이 드비에른/André-Louis Debierne|중성자원과 방사선 치료/neutron sources and radiotherapy
90|Th|토륨|~thorium|232.04||7|actinide|1750|4788|1829|옌스 야코브 베르셀리우스/Jöns Jacob Berzelius|가스등 맨틀과 원자로 연료/gas mantles and reactor fuel
91|Pa|프로트악티늄|~protactinium|231.04||7|actinide|1568|4027|1917|리제 마이트너/Lise Meitner|해양 퇴적물의 연대 측정/the dating of ocean sediments
92|U|우라늄|~uranium|238.03||7|actinide|1132|4131|1789|마르틴 하인리히 클라프로트/Martin Heinrich Klaproth|원자력 발전의 연료/fuel of nuclear power
93|Np|넵투늄|~neptunium|237||7|actinide|639|3902|1940|에드윈 맥밀런/Edwin McMillan|중성자 검출기/neutron detectors
94|Pu|플루토늄|~plutonium|244||7|actinide|640|3228|1940|글렌 시보그/Glenn T. Seaborg|핵무기와 우주 탐사선의 전원/nuclear weapons and the power of space probes
95|Am|아메리슘|~americium|243||7|actinide|1176|2607|1944|글렌 시보그/Glenn T. Seaborg|연기 감지기/smoke detectors
96|Cm|퀴륨|~curium|247||7|actinide|1340|3110|1944|글렌 시보그/Glenn T. Seaborg|화성 탐사차의 분광기/spectrometers of Mars rovers
97|Bk|버클륨|~berkelium|247||7|actinide|986|2627|1949|글렌 시보그/Glenn T. Seaborg|더 무거운 원소의 합성/the synthesis of heavier elements
98|Cf|캘리포늄|~californium|251||7|actinide|900|1470|1950|글렌 시보그/Glenn T. Seaborg|중성자 검사와 원자로 기동/neutron testing and starting reactors
99|Es|아인슈타이늄|~einsteinium|252||7|actinide|860|996|1952|앨버트 기오소/Albert Ghiorso|기초 연구/basic research
100|Fm|페르뮴|~fermium|257||7|actinide|1527||1952|앨버트 기오소/Albert Ghiorso|기초 연구/basic research
101|Md|멘델레븀|~mendelevium|258||7|actinide|827||1955|앨버트 기오소/Albert Ghiorso|기초 연구/basic research
102|No|노벨륨|~nobelium|259||7|actinide|827||1966|게오르기 플료로프/Georgy Flyorov|기초 연구/basic research
103|Lr|로렌슘|~lawrencium|262|3|7|actinide|1627||1961|앨버트 기오소/Albert Ghiorso|기초 연구/basic research
104|Rf|러더포듐|~rutherfordium|267|4|7|transition|||1964|게오르기 플료로프/Georgy Flyorov|기초 연구/basic research
105|Db|더브늄|~dubnium|268|5|7|transition|||1968|게오르기 플료로프/Georgy Flyorov|기초 연구/basic research
106|Sg|시보귬|~seaborgium|269|6|7|transition|||1974|앨버트 기오소/Albert Ghiorso|기초 연구/basic research
107|Bh|보륨|~bohrium|270|7|7|transition|||1981|페터 아름브루스터/Peter Armbruster|기초 연구/basic research
108|Hs|하슘|~hassium|277|8|7|transition|||1984|페터 아름브루스터/Peter Armbruster|기초 연구/basic research
109|Mt|마이트너륨|~meitnerium|278|9|7|unknown|||1982|페터 아름브루스터/Peter Armbruster|기초 연구/basic research
110|Ds|다름슈타튬|~darmstadtium|281|10|7|unknown|||1994|지구르트 호프만/Sigurd Hofmann|기초 연구/basic research
111|Rg|뢴트게늄|~roentgenium|282|11|7|unknown|||1994|지구르트 호프만/Sigurd Hofmann|기초 연구/basic research
112|Cn|코페르니슘|~copernicium|285|12|7|transition|||1996|지구르트 호프만/Sigurd Hofmann|기초 연구/basic research
113|Nh|니호늄|~nihonium|286|13|7|unknown|||2004|모리타 고스케/Kōsuke Morita|기초 연구/basic research
114|Fl|플레로븀|~flerovium|289|14|7|unknown|||1998|유리 오가네샨/Yuri Oganessian|기초 연구/basic research
115|Mc|모스코븀|~moscovium|290|15|7|unknown|||2003|유리 오가네샨/Yuri Oganessian|기초 연구/basic research
116|Lv|리버모륨|~livermorium|293|16|7|unknown|||2000|유리 오가네샨/Yuri Oganessian|기초 연구/basic research
117|Ts|테네신|~tennessine|294|17|7|unknown|||2010|유리 오가네샨/Yuri Oganessian|기초 연구/basic research
118|Og|오가네손|~oganesson|294|18|7|unknown|||2002|유리 오가네샨/Yuri Oganessian|기초 연구/basic research
`,
)

export const elementFamilies: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = {
  nonmetal: { ko: '비금속', en: 'nonmetal' },
  noble: { ko: '비활성 기체', en: 'noble gas' },
  alkali: { ko: '알칼리 금속', en: 'alkali metal' },
  alkaline: { ko: '알칼리 토금속', en: 'alkaline earth metal' },
  metalloid: { ko: '준금속', en: 'metalloid' },
  halogen: { ko: '할로젠', en: 'halogen' },
  poor: { ko: '전이후 금속', en: 'post-transition metal' },
  transition: { ko: '전이 금속', en: 'transition metal' },
  lanthanide: { ko: '란타넘족', en: 'lanthanide' },
  actinide: { ko: '악티늄족', en: 'actinide' },
  unknown: { ko: '초중원소', en: 'superheavy element' },
}
