import { rows } from './rows.ts'
import type { SheetDomain } from './sheet-domain.ts'

const bodyRows = rows(
  ['ko', 'en', 'hanja', 'kind', 'parent', 'radius', 'orbit', 'year', 'finder', 'mark', 'koAliases', 'enAliases'],
  `
태양|the Sun|太陽|항성/star||695700||||태양계의 중심이며 표면 온도가 약 5,500℃이다/is the centre of the Solar System and about 5,500 °C at its surface|해|
수성|Mercury=Mercury (planet)|水星|행성/planet|@Sun|2439.7|88|||태양에 가장 가까운 행성이다/is the planet nearest to the Sun||
금성|Venus|金星|행성/planet|@Sun|6051.8|224.7|||두꺼운 이산화 탄소 대기 때문에 가장 뜨거운 행성이다/is the hottest planet because of its thick air of carbon dioxide|샛별|Morning Star
지구|Earth|地球|행성/planet|@Sun|6371|365.26|||생명체가 사는 것으로 알려진 유일한 천체이다/is the only body known to carry life||the Earth
화성|Mars|火星|행성/planet|@Sun|3389.5|687|||산화 철 때문에 붉게 보인다/looks red because of iron oxide||Red Planet
목성|Jupiter|木星|행성/planet|@Sun|69911|4332.6|||태양계에서 가장 큰 행성이며 대적점이라는 폭풍이 있다/is the largest planet and has a storm called the Great Red Spot||
토성|Saturn|土星|행성/planet|@Sun|58232|10759|||얼음과 바위로 된 뚜렷한 고리를 둘렀다/wears bright rings of ice and rock||
천왕성|Uranus|天王星|행성/planet|@Sun|25362|30687|1781|윌리엄 허셜/William Herschel|자전축이 누워 있다/lies on its side as it spins||
해왕성|Neptune|海王星|행성/planet|@Sun|24622|60190|1846|요한 갈레/Johann Galle|계산으로 자리를 먼저 예측한 뒤 발견되었다/was found where calculation had predicted it||
명왕성|Pluto|冥王星|왜행성/dwarf planet|@Sun|1188.3|90560|1930|클라이드 톰보/Clyde Tombaugh|2006년까지 행성으로 불렸다/was called a planet until 2006||
세레스|Ceres=Ceres (dwarf planet)||왜행성/dwarf planet|@Sun|473|1680|1801|주세페 피아치/Giuseppe Piazzi|소행성대에서 가장 큰 천체이다/is the largest body of the asteroid belt||
에리스|Eris=Eris (dwarf planet)||왜행성/dwarf planet|@Sun|1163|203830|2005|마이클 브라운/Mike Brown|명왕성과 크기가 비슷하다/is about as large as Pluto||
하우메아|Haumea||왜행성/dwarf planet|@Sun|780|103410|2004|마이클 브라운/Mike Brown|빠르게 자전하여 길쭉하다/spins so fast that it is elongated||
마케마케|Makemake||왜행성/dwarf planet|@Sun|715|111845|2005|마이클 브라운/Mike Brown|카이퍼대에 있다/belongs to the Kuiper belt||
달|the Moon||위성/moon|@Earth|1737.4|27.32|||1969년에 사람이 처음 발을 디뎠다/was first walked upon by people in 1969|지구의 위성|
포보스|Phobos=Phobos (moon)||위성/moon|@Mars|11.1|0.319|1877|아사프 홀/Asaph Hall|조금씩 화성에 가까워지고 있다/is slowly coming nearer to Mars||
데이모스|Deimos=Deimos (moon)||위성/moon|@Mars|6.3|1.263|1877|아사프 홀/Asaph Hall|화성의 두 위성 가운데 작은 쪽이다/is the smaller of the two moons of Mars||
이오|Io=Io (moon)||위성/moon|@Jupiter|1821.6|1.769|1610|갈릴레오 갈릴레이/Galileo Galilei|활화산이 400개가 넘는다/has more than 400 active volcanoes||
유로파|Europa=Europa (moon)||위성/moon|@Jupiter|1560.8|3.551|1610|갈릴레오 갈릴레이/Galileo Galilei|얼음 밑에 바다가 있는 것으로 여겨진다/is thought to hide an ocean under its ice||
가니메데|Ganymede=Ganymede (moon)||위성/moon|@Jupiter|2634.1|7.155|1610|갈릴레오 갈릴레이/Galileo Galilei|태양계에서 가장 큰 위성이다/is the largest moon of the Solar System||
칼리스토|Callisto=Callisto (moon)||위성/moon|@Jupiter|2410.3|16.689|1610|갈릴레오 갈릴레이/Galileo Galilei|표면이 충돌구로 덮여 있다/is covered with craters||
미마스|Mimas||위성/moon|@Saturn|198.2|0.942|1789|윌리엄 허셜/William Herschel|거대한 충돌구가 눈처럼 보인다/has one huge crater that looks like an eye||
엔켈라두스|Enceladus||위성/moon|@Saturn|252.1|1.37|1789|윌리엄 허셜/William Herschel|남극에서 물기둥을 뿜는다/throws plumes of water from its south pole||
테티스|Tethys=Tethys (moon)||위성/moon|@Saturn|531.1|1.888|1684|조반니 카시니/Giovanni Cassini|대부분 물얼음으로 이루어졌다/consists mostly of water ice||
레아|Rhea=Rhea (moon)||위성/moon|@Saturn|763.8|4.518|1672|조반니 카시니/Giovanni Cassini|토성의 둘째로 큰 위성이다/is the second largest moon of Saturn||
타이탄|Titan=Titan (moon)||위성/moon|@Saturn|2574.7|15.945|1655|크리스티안 하위헌스/Christiaan Huygens|짙은 질소 대기와 메테인 호수가 있다/has a dense air of nitrogen and lakes of methane||
이아페투스|Iapetus=Iapetus (moon)||위성/moon|@Saturn|734.5|79.32|1671|조반니 카시니/Giovanni Cassini|한쪽 면은 검고 다른 쪽은 희다/is dark on one side and bright on the other||
미란다|Miranda=Miranda (moon)||위성/moon|@Uranus|235.8|1.413|1948|제러드 카이퍼/Gerard Kuiper|20킬로미터에 이르는 절벽이 있다/has a cliff up to 20 kilometres high||
티타니아|Titania=Titania (moon)||위성/moon|@Uranus|788.4|8.706|1787|윌리엄 허셜/William Herschel|천왕성의 가장 큰 위성이다/is the largest moon of Uranus||
트리톤|Triton=Triton (moon)||위성/moon|@Neptune|1353.4|5.877|1846|윌리엄 라셀/William Lassell|행성의 자전과 반대 방향으로 돈다/circles against the spin of its planet||
카론|Charon=Charon (moon)||위성/moon|@Pluto|606|6.387|1978|제임스 크리스티/James Christy|지름이 명왕성의 절반쯤이다/is about half as wide as Pluto||
핼리 혜성|Halley's Comet||혜성/comet|@Sun|5.5|27500|1705|에드먼드 핼리/Edmond Halley|75년쯤마다 돌아온다/comes back about every 75 years||
베스타|Vesta=4 Vesta||소행성/asteroid|@Sun|262.7|1325.75|1807|하인리히 올베르스/Heinrich Olbers|맨눈으로 보이기도 하는 소행성이다/is an asteroid that can be seen by the naked eye||
`,
)

const starRows = rows(
  ['ko', 'en', 'figure', 'magnitude', 'distance', 'mark', 'koAliases', 'enAliases'],
  `
시리우스|Sirius|큰개자리/Canis Major|-1.46|8.6|밤하늘에서 가장 밝다/is the brightest star of the night sky|천랑성|Dog Star
카노푸스|Canopus|용골자리/Carina|-0.74|310|남쪽 하늘에 낮게 떠서 제주도에서나 보인다/stands so low in the south that in Korea it is seen only from Jeju|노인성|
아르크투루스|Arcturus|목동자리/Boötes|-0.05|36.7|주황빛 거성이다/is an orange giant|대각성|
베가|Vega|거문고자리/Lyra|0.03|25|칠석 이야기의 직녀로 불린다/is the weaver of the East Asian tale of the seventh night|직녀성|
카펠라|Capella|마차부자리/Auriga|0.08|42.9|네 별이 모인 계이다/is a system of four stars||
리겔|Rigel|오리온자리/Orion|0.13|860|푸른 초거성이다/is a blue supergiant||
프로키온|Procyon|작은개자리/Canis Minor|0.34|11.5|겨울의 대삼각형을 이룬다/is a corner of the Winter Triangle||
베텔게우스|Betelgeuse|오리온자리/Orion|0.5|548|언젠가 초신성으로 터질 적색 초거성이다/is a red supergiant that will end as a supernova||
알타이르|Altair|독수리자리/Aquila|0.76|16.7|칠석 이야기의 견우로 흔히 여겨진다/is the herdsman of the tale of the seventh night|견우성|
알데바란|Aldebaran|황소자리/Taurus|0.86|65|황소의 눈에 해당한다/marks the eye of the bull||
안타레스|Antares|전갈자리/Scorpius|0.96|550|화성에 맞선다는 이름을 가졌다/has a name that means rival of Mars||
스피카|Spica|처녀자리/Virgo|0.97|250|이름은 이삭을 뜻한다/has a name that means ear of grain||
폴룩스|Pollux=Pollux (star)|쌍둥이자리/Gemini|1.14|33.8|곁에 행성이 하나 알려져 있다/has one known planet||
포말하우트|Fomalhaut|남쪽물고기자리/Piscis Austrinus|1.16|25.1|먼지 원반을 둘렀다/is ringed by a disc of dust||
데네브|Deneb|백조자리/Cygnus|1.25|2600|여름의 대삼각형 가운데 가장 멀다/is the farthest corner of the Summer Triangle||
레굴루스|Regulus|사자자리/Leo|1.4|79|이름은 작은 왕을 뜻한다/has a name that means little king||
북극성|Polaris|작은곰자리/Ursa Minor|1.98|433|하늘의 북극 곁에 있어 길잡이가 된다/stands by the pole of the sky and guides travellers|폴라리스|North Star;Pole Star
프록시마 센타우리|Proxima Centauri|센타우루스자리/Centaurus|11.13|4.25|태양에서 가장 가까운 항성이다/is the star nearest to the Sun||
바너드별|Barnard's Star|뱀주인자리/Ophiuchus|9.51|5.96|하늘에서 가장 빠르게 자리를 옮긴다/moves across the sky faster than any other star||
미라|Mira|고래자리/Cetus|3.04|300|밝기가 크게 바뀌는 변광성이다/is a star whose brightness changes greatly||
알골|Algol|페르세우스자리/Perseus|2.12|93|두 별이 서로 가려 밝기가 변한다/fades when one of its stars covers the other||
미자르|Mizar|큰곰자리/Ursa Major|2.23|83|북두칠성의 손잡이에 있다/stands in the handle of the Big Dipper||
`,
)

const figureRows = rows(
  ['ko', 'en', 'hemisphere', 'area', 'star', 'season', 'mark'],
  `
오리온자리|Orion=Orion (constellation)|적도/equator|594|@Rigel;Betelgeuse|겨울/winter|세 별이 나란한 허리띠로 알아볼 수 있다/is known by the three stars of its belt
큰곰자리|Ursa Major|북쪽/north|1280|@Mizar|봄/spring|북두칠성을 품고 있다/holds the Big Dipper
작은곰자리|Ursa Minor|북쪽/north|256|@Polaris|봄/spring|꼬리 끝에 북극성이 있다/ends its tail with the Pole Star
카시오페이아자리|Cassiopeia=Cassiopeia (constellation)|북쪽/north|598||가을/autumn|다섯 별이 W자를 그린다/draws a W with five stars
거문고자리|Lyra|북쪽/north|286|@Vega|여름/summer|고리성운이 있다/has the Ring Nebula
백조자리|Cygnus=Cygnus (constellation)|북쪽/north|804|@Deneb|여름/summer|은하수를 따라 나는 모습이다/flies along the Milky Way
독수리자리|Aquila=Aquila (constellation)|적도/equator|652|@Altair|여름/summer|제우스의 새로 전한다/is the bird of Zeus
전갈자리|Scorpius|남쪽/south|497|@Antares|여름/summer|오리온을 찌른 전갈이라 한다/is the scorpion that stung Orion
궁수자리|Sagittarius=Sagittarius (constellation)|남쪽/south|867||여름/summer|은하의 중심이 이 방향에 있다/lies towards the centre of the Galaxy
사자자리|Leo=Leo (constellation)|북쪽/north|947|@Regulus|봄/spring|물음표를 뒤집은 별들이 갈기를 이룬다/has a mane like a mirrored question mark
처녀자리|Virgo=Virgo (constellation)|적도/equator|1294|@Spica|봄/spring|둘째로 넓은 별자리이다/is the second largest constellation
천칭자리|Libra=Libra (constellation)|남쪽/south|538||여름/summer|저울을 나타낸다/stands for a pair of scales
쌍둥이자리|Gemini=Gemini (constellation)|북쪽/north|514|@Pollux|겨울/winter|12월에 큰 유성우가 있다/sends a strong meteor shower in December
황소자리|Taurus=Taurus (constellation)|북쪽/north|797|@Aldebaran|겨울/winter|플레이아데스성단이 있다/holds the Pleiades
게자리|Cancer=Cancer (constellation)|북쪽/north|506||봄/spring|황도 12궁 가운데 가장 어둡다/is the faintest of the zodiac
양자리|Aries=Aries (constellation)|북쪽/north|441||가을/autumn|옛날에 춘분점이 있었다/once held the point of the spring equinox
물고기자리|Pisces=Pisces (constellation)|북쪽/north|889||가을/autumn|지금의 춘분점이 있다/holds the point of the spring equinox today
물병자리|Aquarius=Aquarius (constellation)|남쪽/south|980||가을/autumn|물을 따르는 소년의 모습이다/is a youth pouring water
염소자리|Capricornus|남쪽/south|414||가을/autumn|물고기 꼬리를 가진 염소이다/is a goat with the tail of a fish
안드로메다자리|Andromeda=Andromeda (constellation)|북쪽/north|722||가을/autumn|맨눈으로 보이는 큰 은하가 있다/has a great galaxy visible to the naked eye
페가수스자리|Pegasus=Pegasus (constellation)|북쪽/north|1121||가을/autumn|커다란 사각형이 특징이다/is marked by a great square
페르세우스자리|Perseus=Perseus (constellation)|북쪽/north|615|@Algol|겨울/winter|8월의 유성우로 유명하다/is famous for its meteors in August
남십자자리|Crux|남쪽/south|68||봄/spring|가장 작은 별자리이며 여러 국기에 그려졌다/is the smallest constellation and appears on several flags
바다뱀자리|Hydra=Hydra (constellation)|적도/equator|1303||봄/spring|가장 넓은 별자리이다/is the largest constellation
용자리|Draco=Draco (constellation)|북쪽/north|1083||여름/summer|옛 북극성 투반이 있다/has Thuban, a former pole star
고래자리|Cetus|적도/equator|1231|@Mira|가을/autumn|바다 괴물의 모습이다/is a sea monster
큰개자리|Canis Major|남쪽/south|380|@Sirius|겨울/winter|오리온을 따르는 사냥개이다/is the hound that follows Orion
목동자리|Boötes|북쪽/north|907|@Arcturus|봄/spring|연 모양의 별들이다/has the shape of a kite
`,
)

export const bodies: SheetDomain = {
  name: 'celestial body',
  rows: bodyRows,
  kin: 'parent',
  koLead: [
    '{parent:을} 도는 {kind}이다.',
    '{parent} 둘레를 공전하는 {kind}이다.',
    '{parent}의 중력에 매여 도는 {kind}이다.',
    '--',
    '{mark}.',
    '--',
    '평균 반지름은 {radius}&nbsp;km이다.',
    '반지름은 약 {radius} km이다.',
  ],
  enLead: [
    'is {kind:a} that circles {parent}.',
    'is {kind:a} in orbit around {parent}.',
    'is {kind:a} held by the gravity of {parent}.',
    '--',
    'This body {mark}.',
    '--',
    'Its mean radius is {{convert|{radius}|km|mi}}.',
    'It measures {radius} km from centre to surface.',
  ],
  sections: [
    {
      ko: ['궤도', '공전', '궤도와 크기'],
      en: ['Orbit', 'Orbit and size', 'Motion'],
      sentences: [
        {
          ko: ['공전 주기는 {orbit}일이다.', '한 바퀴 도는 데 {orbit}일이 걸린다.'],
          en: ['One orbit takes {orbit} days.', 'It needs {orbit} days for each round.'],
        },
        {
          ko: [
            '표본의 천체 {total}개 가운데 {radiusRank}번째로 크다.',
            '크기 순서로는 {total}개 중 {radiusRank}위이다.',
          ],
          en: [
            'By size it is number {radiusRank} of {total} bodies in this sample.',
            'Of {total} bodies it comes {radiusRank} in size.',
          ],
        },
        {
          ko: ['같은 천체를 도는 것으로 {kin:이} 있다.', '{kin:과} 중심 천체가 같다.'],
          en: ['Around the same centre move {kin}.', 'It shares its centre with {kin}.'],
        },
      ],
    },
    {
      ko: ['발견', '관측의 역사', '관측'],
      en: ['Discovery', 'History of observation', 'Observation'],
      sentences: [
        {
          ko: ['{year}년에 {finder:이} 발견하였다.', '{finder:이} {year}년에 처음 알아보았다.'],
          en: ['{finder} discovered it in {year}.', 'It was found in {year} by {finder}.'],
        },
        {
          ko: [
            '망원경으로 관측하기 좋은 때는 해마다 달라진다.',
            '탐사선이 보낸 사진으로 표면의 모습이 알려졌다.',
            '여러 나라의 천문대가 꾸준히 관측한다.',
          ],
          en: [
            'The best time to observe it changes from year to year.',
            'Pictures sent by probes have shown what it looks like.',
            'Observatories in many countries keep watching it.',
          ],
        },
      ],
    },
  ],
  koBox: '행성 정보',
  enBox: 'Infobox planet',
  koLabels: { kind: '분류', radius: '평균 반지름', orbit: '공전 주기', year: '발견일', finder: '발견자' },
  enLabels: { kind: 'group', radius: 'mean_radius', orbit: 'period', year: 'discovered', finder: 'discoverer' },
  koKinHeading: '함께 도는 천체',
  enKinHeading: 'Bodies around the same centre',
  koCategory: '태양계의 천체',
  enCategory: 'Bodies of the Solar System',
  koLater: ['{kin:과} 비교한 연구가 이어지고 있다.'],
  enLater: ['Studies that compare it with {kin} go on.'],
}

export const stars: SheetDomain = {
  name: 'star',
  rows: starRows,
  kin: 'figure',
  looseKin: true,
  koLead: [
    '{figure}에 있는 항성이다.',
    '{figure}의 별이다.',
    '{figure:을} 이루는 별 가운데 하나이다.',
    '--',
    '{mark}.',
    '--',
    '지구에서 약 {distance}광년 떨어져 있다.',
    '거리는 {distance} 광년쯤이다.',
  ],
  enLead: [
    'is a star in {figure}.',
    'is a star of the constellation {figure}.',
    'belongs to the stars that form {figure}.',
    '--',
    'It {mark}.',
    '--',
    'It is about {distance} light-years from Earth.',
    'Its distance is some {distance} light-years.',
  ],
  sections: [
    {
      ko: ['밝기', '밝기와 거리', '관측'],
      en: ['Brightness', 'Brightness and distance', 'Observation'],
      sentences: [
        {
          ko: ['겉보기 등급은 {magnitude}이다.', '눈에 보이는 밝기는 {magnitude}등급이다.'],
          en: ['Its apparent magnitude is {magnitude}.', 'It shines at magnitude {magnitude}.'],
        },
        {
          ko: ['빛이 지구에 닿는 데 {distance}년이 걸린다.', '표본의 별 {total}개 가운데 {distanceRank}번째로 멀다.'],
          en: [
            'Its light takes {distance} years to reach us.',
            'Of {total} stars in this sample it is number {distanceRank} by distance.',
          ],
        },
        {
          ko: ['{kin:과} 견주면 빛깔이 다르다.', '하늘에서 {kin:과} 함께 찾아볼 수 있다.'],
          en: ['Compared with {kin} it differs in colour.', 'It can be looked for together with {kin}.'],
        },
      ],
    },
  ],
  koBox: '항성 정보',
  enBox: 'Starbox begin',
  koLabels: { figure: '별자리', magnitude: '겉보기등급', distance: '거리' },
  enLabels: { figure: 'constell', magnitude: 'appmag_v', distance: 'dist_ly' },
  koKinHeading: '다른 별',
  enKinHeading: 'Other stars',
  koCategory: '항성',
  enCategory: 'Stars',
  koLater: ['{total}개 별 가운데 {distanceRank}번째로 멀리 있다.'],
  enLater: ['By distance it is number {distanceRank} of {total} stars.'],
}

export const figures: SheetDomain = {
  name: 'constellation',
  rows: figureRows,
  kin: 'season',
  koLead: [
    '{hemisphere} 하늘의 별자리이다.',
    '{season:을} 대표하는 별자리이다.',
    '{season} 밤하늘에서 볼 수 있는 별자리이다.',
    '--',
    '{mark}.',
    '--',
    '밝은 별로 {star:이} 있다.',
    '으뜸가는 별은 {star}이다.',
  ],
  enLead: [
    'is a constellation of the sky towards the {hemisphere}.',
    'is a constellation of {season}.',
    'is a constellation seen on {season} nights.',
    '--',
    'It {mark}.',
    '--',
    'Its bright stars include {star}.',
    'Look there for {star}.',
  ],
  sections: [
    {
      ko: ['특징', '찾는 법', '넓이와 계절'],
      en: ['Features', 'How to find it', 'Area and season'],
      sentences: [
        {
          ko: [
            '하늘에서 {area} 제곱도를 차지한다.',
            '넓이는 {area} 제곱도로 표본의 {total}개 별자리 가운데 {areaRank}번째이다.',
          ],
          en: [
            'It takes up {area} square degrees.',
            'With {area} square degrees it is number {areaRank} of {total} in this sample.',
          ],
        },
        {
          ko: ['북반구에서는 {season}에 보기 좋다.', '{season} 저녁에 높이 떠오른다.'],
          en: ['In the northern hemisphere {season} is the time to see it.', 'It stands high on {season} evenings.'],
        },
        {
          ko: ['같은 철의 별자리로 {kin:이} 있다.', '{kin:도} 같은 때에 보인다.'],
          en: ['In the same season one sees {kin}.', '{kin} appear at the same time.'],
        },
      ],
    },
  ],
  koBox: '별자리 정보',
  enBox: 'Infobox constellation',
  koLabels: { season: '계절', area: '면적', hemisphere: '방향' },
  enLabels: { season: 'month', area: 'areatotal', hemisphere: 'quadrant' },
  koKinHeading: '같은 계절의 별자리',
  enKinHeading: 'Constellations of the season',
  koCategory: '별자리',
  enCategory: 'Constellations',
  koLater: ['도시의 불빛을 벗어나면 {kin:도} 함께 볼 수 있다.'],
  enLater: ['Away from city lights one also sees {kin}.'],
}
