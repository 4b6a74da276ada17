import { rows } from './rows.ts'
import type { SheetDomain } from './sheet-domain.ts'

const animalRows = rows(
  ['ko', 'en', 'class', 'latin', 'home', 'diet', 'length', 'weight', 'life', 'mark', 'koAliases', 'enAliases'],
  `
개|dog|포유류/mammal|Canis familiaris|사람의 집/human homes|고기와 곡물/meat and grain|100|30|13|가장 먼저 길들여진 가축이다/was the first animal to be tamed|강아지|
고양이|cat|포유류/mammal|Felis catus|사람의 집/human homes|고기/meat|46|4.5|15|어두운 곳에서도 잘 본다/sees well in the dark|집고양이|
말 (동물)|horse|포유류/mammal|Equus ferus caballus|초원과 목장/grassland and pastures|풀/grass|240|500|28|오랫동안 교통과 전쟁에 쓰였다/long served transport and war||
소|~cattle|포유류/mammal|Bos taurus|목장/pastures|풀/grass|250|750|20|고기와 젖과 가죽을 준다/gives meat, milk and leather||
돼지|pig|포유류/mammal|Sus domesticus|우리와 농장/sties and farms|풀과 열매와 작은 동물/plants, fruit and small animals|150|150|17|후각이 뛰어나 땅속 버섯을 찾기도 한다/smells so well that it finds truffles underground||
양|sheep|포유류/mammal|Ovis aries|초원/grassland|풀/grass|120|80|12|털을 깎아 옷감을 만든다/gives wool for cloth|면양|
염소 (동물)|goat|포유류/mammal|Capra hircus|산지/mountains|풀과 나뭇잎/grass and leaves|120|60|16|가파른 바위도 잘 탄다/climbs steep rocks with ease||
토끼|rabbit|포유류/mammal|Oryctolagus cuniculus|굴과 풀밭/burrows and meadows|풀/grass|40|2|9|긴 귀로 적의 소리를 듣는다/listens for enemies with long ears||
쥐|rat|포유류/mammal|Rattus|도시와 들/cities and fields|풀과 열매와 작은 동물/plants, fruit and small animals|25|0.35|3|앞니가 평생 자란다/has front teeth that never stop growing||
다람쥐|Siberian chipmunk|포유류/mammal|Eutamias sibiricus|숲/woods|도토리와 씨앗/acorns and seeds|15|0.1|6|등에 다섯 줄의 무늬가 있다/has five stripes down its back||
사자|lion|포유류/mammal|Panthera leo|사바나/savanna|고기/meat|250|190|14|무리를 지어 사는 고양잇과 동물이다/is a cat that lives in prides||
호랑이|tiger|포유류/mammal|Panthera tigris|숲과 습지/woods and marshes|고기/meat|280|220|15|줄무늬가 저마다 다르다/has stripes unlike those of any other||
표범|leopard|포유류/mammal|Panthera pardus|숲과 사바나/woods and savanna|고기/meat|160|60|14|먹이를 나무 위로 끌어 올린다/drags its prey up into trees||
치타|cheetah|포유류/mammal|Acinonyx jubatus|초원/grassland|고기/meat|130|50|11|육지에서 가장 빠른 동물이다/is the fastest animal on land||
늑대|wolf|포유류/mammal|Canis lupus|숲과 툰드라/woods and tundra|고기/meat|130|40|8|울음소리로 무리와 소통한다/howls to speak with its pack|이리|grey wolf
여우|red fox|포유류/mammal|Vulpes vulpes|들과 숲/fields and woods|작은 동물과 열매/small animals and fruit|75|7|5|붉은 털과 풍성한 꼬리를 지녔다/has a red coat and a bushy tail|붉은여우|fox
너구리|raccoon dog|포유류/mammal|Nyctereutes procyonoides|숲과 물가/woods and shores|풀과 열매와 작은 동물/plants, fruit and small animals|60|6|7|갯과 동물이면서 겨울잠을 잔다/sleeps through winter although it is a dog||
불곰|brown bear|포유류/mammal|Ursus arctos|숲과 산/woods and mountains|풀과 열매와 작은 동물/plants, fruit and small animals|220|300|25|연어를 잡아 살을 찌운다/fattens itself on salmon|큰곰|grizzly
북극곰|polar bear|포유류/mammal|Ursus maritimus|북극의 얼음/Arctic ice|바다표범/seals|240|450|22|흰 털 아래 피부는 검다/has black skin under its white fur|흰곰|
대왕판다|giant panda|포유류/mammal|Ailuropoda melanoleuca|대나무 숲/bamboo forest|대나무/bamboo|150|100|20|하루 열 시간 넘게 먹는다/eats for more than ten hours a day|판다;자이언트판다|panda
아프리카코끼리|African elephant=African bush elephant|포유류/mammal|Loxodonta africana|사바나/savanna|풀과 나뭇잎/grass and leaves|700|6000|65|가장 큰 육상 동물이다/is the largest animal on land||
기린|giraffe|포유류/mammal|Giraffa camelopardalis|사바나/savanna|나뭇잎/leaves|470|1200|25|키가 가장 큰 동물이다/is the tallest of all animals||
하마|hippopotamus|포유류/mammal|Hippopotamus amphibius|강과 호수/rivers and lakes|풀/grass|400|1500|45|낮에는 물속에서 지낸다/spends its days in water||hippo
코뿔소|rhinoceros|포유류/mammal|Rhinocerotidae|초원/grassland|풀과 나뭇잎/grass and leaves|370|2000|40|뿔은 손톱과 같은 성분이다/has horns made of the stuff of fingernails||rhino
얼룩말|zebra|포유류/mammal|Equus quagga|초원/grassland|풀/grass|230|350|25|검은 줄과 흰 줄이 번갈아 있다/is striped in black and white||
낙타|camel|포유류/mammal|Camelus|사막/desert|마른 풀/dry grass|300|500|45|혹에 지방을 모아 둔다/stores fat in its hump||
캥거루|kangaroo|포유류/mammal|Macropus|오스트레일리아의 초원/Australian grassland|풀/grass|150|65|15|새끼를 주머니에서 기른다/carries its young in a pouch||
코알라|koala|포유류/mammal|Phascolarctos cinereus|유칼립투스 숲/eucalyptus woods|유칼립투스 잎/eucalyptus leaves|75|10|14|하루 스무 시간쯤 잔다/sleeps about twenty hours a day||
오리너구리|platypus|포유류/mammal|Ornithorhynchus anatinus|개울/streams|물속 벌레/water insects|45|1.5|15|알을 낳는 포유류이다/is a mammal that lays eggs||
박쥐|bat|포유류/mammal|Chiroptera|동굴과 숲/caves and woods|벌레와 과일/insects and fruit|9|0.03|20|날 수 있는 유일한 포유류이다/is the only mammal that truly flies||
고슴도치|hedgehog|포유류/mammal|Erinaceinae|풀밭과 숲/meadows and woods|벌레/insects|23|0.8|5|위험하면 가시를 세우고 몸을 만다/rolls into a ball of spines||
침팬지|chimpanzee|포유류/mammal|Pan troglodytes|열대 숲/tropical forest|과일과 벌레/fruit and insects|85|50|40|막대기를 도구로 쓴다/uses sticks as tools||chimp
고릴라|gorilla|포유류/mammal|Gorilla|열대 숲/tropical forest|잎과 줄기/leaves and stems|170|160|38|가장 큰 유인원이다/is the largest of the apes||
대왕고래|blue whale|포유류/mammal|Balaenoptera musculus|대양/oceans|크릴/krill|2500|140000|85|지구에서 가장 큰 동물이다/is the largest animal on Earth|흰긴수염고래|
향유고래|sperm whale|포유류/mammal|Physeter macrocephalus|대양/oceans|대왕오징어/giant squid|1600|45000|70|천 미터 넘게 잠수한다/dives deeper than a thousand metres||
큰돌고래|bottlenose dolphin|포유류/mammal|Tursiops|바다/seas|물고기/fish|300|300|45|소리로 주위를 살핀다/finds its way by sound|돌고래|dolphin
바다코끼리|walrus|포유류/mammal|Odobenus rosmarus|북극해/the Arctic Ocean|조개/clams|320|1200|35|긴 엄니가 두 개 있다/has two long tusks||
수달|otter=Eurasian otter|포유류/mammal|Lutra lutra|강과 바닷가/rivers and shores|물고기/fish|70|9|10|헤엄치기 좋게 물갈퀴가 있다/has webbed feet for swimming||
닭|chicken|조류/bird|Gallus domesticus|농장/farms|곡물과 벌레/grain and insects|45|2.5|8|알과 고기를 얻으려고 기른다/is kept for eggs and meat||
오리|duck|조류/bird|Anatidae|호수와 강/lakes and rivers|물풀과 벌레/water plants and insects|55|1.1|10|깃털이 물에 젖지 않는다/has feathers that shed water||
독수리|cinereous vulture|조류/bird|Aegypius monachus|산지와 들/mountains and plains|죽은 동물/dead animals|110|9|39|겨울에 한반도로 날아온다/winters in Korea||
참새|Eurasian tree sparrow|조류/bird|Passer montanus|마을과 들/villages and fields|씨앗과 벌레/seeds and insects|14|0.024|3|뺨에 검은 점이 있다/has a black spot on each cheek||tree sparrow
까치|magpie=Oriental magpie|조류/bird|Pica serica|마을과 숲/villages and woods|풀과 열매와 작은 동물/plants, fruit and small animals|46|0.22|12|한국에서 반가운 소식을 알린다고 믿었다/was believed in Korea to bring good news||
까마귀|crow=Carrion crow|조류/bird|Corvus corone|들과 도시/fields and cities|풀과 열매와 작은 동물/plants, fruit and small animals|50|0.5|15|도구를 쓸 만큼 영리하다/is clever enough to use tools||
비둘기|rock dove|조류/bird|Columba livia|도시와 절벽/cities and cliffs|곡물/grain|33|0.3|5|집을 찾아 돌아오는 힘이 뛰어나다/finds its way home from afar|집비둘기|pigeon
올빼미|tawny owl|조류/bird|Strix aluco|숲/woods|쥐와 벌레/mice and insects|40|0.5|8|소리 없이 날아 밤에 사냥한다/hunts at night on silent wings||
두루미|red-crowned crane|조류/bird|Grus japonensis|습지와 논/marshes and rice fields|물고기와 곡물/fish and grain|150|9|40|머리 꼭대기가 붉고 장수를 뜻한다/has a red crown and stands for long life|학|
황제펭귄|emperor penguin|조류/bird|Aptenodytes forsteri|남극/Antarctica|물고기와 크릴/fish and krill|115|30|20|수컷이 발등에서 알을 품는다/keeps its egg on the feet of the male||
타조|common ostrich|조류/bird|Struthio camelus|사바나/savanna|풀과 씨앗/grass and seeds|210|115|40|날지 못하지만 가장 큰 새이다/cannot fly but is the largest bird||ostrich
벌새|hummingbird|조류/bird|Trochilidae|아메리카의 숲과 꽃밭/American woods and gardens|꽃꿀/nectar|9|0.004|5|제자리에서 떠 있을 수 있다/can hover on the spot||
제비|barn swallow|조류/bird|Hirundo rustica|마을/villages|날벌레/flying insects|18|0.02|4|봄에 와서 처마 밑에 둥지를 튼다/comes in spring and nests under eaves||swallow
앵무새|parrot|조류/bird|Psittaciformes|열대 숲/tropical forest|씨앗과 과일/seeds and fruit|33|0.4|50|사람의 말을 흉내 낸다/imitates human speech|앵무|
백조|mute swan|조류/bird|Cygnus olor|호수/lakes|물풀/water plants|150|10|10|긴 목을 굽혀 물풀을 먹는다/bends its long neck to feed on water plants|혹고니|swan
청개구리|Japanese tree frog|양서류/amphibian|Dryophytes japonicus|논과 풀숲/rice fields and bushes|벌레/insects|4|0.005|6|비가 오기 전에 운다고 한다/is said to call before rain||
두꺼비|Asiatic toad|양서류/amphibian|Bufo gargarizans|들과 숲/fields and woods|벌레/insects|10|0.1|10|귀 뒤의 샘에서 독을 낸다/gives off poison from glands behind the ears||toad
도롱뇽|Korean salamander|양서류/amphibian|Hynobius leechii|골짜기/mountain brooks|벌레/insects|10|0.01|10|맑은 물에 알 주머니를 낳는다/lays sacs of eggs in clear water||
바다거북|sea turtle|파충류/reptile|Chelonioidea|따뜻한 바다/warm seas|해파리와 바다풀/jellyfish and seagrass|110|150|60|알을 낳으러 모래밭으로 돌아온다/comes back to beaches to lay eggs||
나일악어|Nile crocodile|파충류/reptile|Crocodylus niloticus|강과 호수/rivers and lakes|물고기와 짐승/fish and mammals|450|500|60|물가에서 먹이를 기다린다/waits for prey at the water's edge|악어|crocodile
카멜레온|chameleon|파충류/reptile|Chamaeleonidae|숲/woods|벌레/insects|30|0.2|6|몸빛을 바꾸고 혀를 길게 뻗는다/changes colour and shoots out its tongue||
킹코브라|king cobra|파충류/reptile|Ophiophagus hannah|열대 숲/tropical forest|다른 뱀/other snakes|350|6|20|세계에서 가장 긴 독사이다/is the longest venomous snake||
코모도왕도마뱀|Komodo dragon|파충류/reptile|Varanus komodoensis|인도네시아의 섬/Indonesian islands|사슴과 죽은 고기/deer and carrion|260|80|30|가장 큰 도마뱀이다/is the largest lizard|코모도도마뱀|
백상아리|great white shark|어류/fish|Carcharodon carcharias|바다/seas|물고기와 바다표범/fish and seals|450|1100|70|이빨이 빠지면 새로 난다/grows new teeth for lost ones|백상어|
고래상어|whale shark|어류/fish|Rhincodon typus|따뜻한 바다/warm seas|플랑크톤/plankton|1000|15000|100|가장 큰 물고기이다/is the largest fish||
대서양연어|Atlantic salmon|어류/fish|Salmo salar|바다와 강/sea and rivers|물고기와 새우/fish and shrimps|75|4.5|8|태어난 강으로 돌아와 알을 낳는다/returns to its river to spawn|연어|salmon
참다랑어|Pacific bluefin tuna|어류/fish|Thunnus orientalis|태평양/the Pacific|물고기/fish|250|300|20|시속 70킬로미터로 헤엄친다/swims at 70 kilometres an hour|참치|tuna
잉어|common carp|어류/fish|Cyprinus carpio|강과 못/rivers and ponds|물풀과 벌레/water plants and insects|60|4|20|등용문 이야기의 주인공이다/is the fish that leaps the dragon gate in legend||carp
금붕어|goldfish|어류/fish|Carassius auratus|어항과 못/tanks and ponds|사료/fish food|15|0.2|12|천 년 전 중국에서 기르기 시작하였다/was first bred in China a thousand years ago||
명태|Alaska pollock|어류/fish|Gadus chalcogrammus|북태평양/the North Pacific|크릴/krill|60|1|12|황태와 북어 등 이름이 많다/has many names in Korea according to how it is dried|동태;북어|
뱀장어|Japanese eel|어류/fish|Anguilla japonica|강과 바다/rivers and sea|작은 물고기/small fish|80|1|15|먼바다에 가서 알을 낳는다/swims far out to sea to spawn|장어|
꿀벌|western honey bee|곤충/insect|Apis mellifera|들과 벌통/fields and hives|꽃꿀과 꽃가루/nectar and pollen|1.3|0.0001|0.2|춤으로 꽃의 자리를 알린다/tells where flowers are by dancing|양봉꿀벌|honey bee
개미|ant|곤충/insect|Formicidae|땅속/the ground|풀과 열매와 작은 동물/plants, fruit and small animals|0.8|0.00001|2|여왕을 중심으로 큰 집단을 이룬다/lives in large colonies around a queen||
나비|butterfly|곤충/insect|Papilionoidea|꽃밭/gardens|꽃꿀/nectar|5|0.0003|0.1|번데기를 거쳐 탈바꿈한다/changes its form in a pupa||
장수풍뎅이|rhinoceros beetle=Japanese rhinoceros beetle|곤충/insect|Allomyrina dichotoma|참나무 숲/oak woods|나뭇진/tree sap|6|0.01|0.3|수컷의 머리에 긴 뿔이 있다/has a long horn on the head of the male||
잠자리|dragonfly|곤충/insect|Anisoptera|물가/the waterside|날벌레/flying insects|7|0.0005|0.2|애벌레 때는 물속에서 산다/lives in water as a larva||
모기|mosquito|곤충/insect|Culicidae|물가와 집/water and homes|꽃꿀과 피/nectar and blood|0.6|0.000002|0.1|암컷만 피를 빤다/bites only when female||
매미|cicada|곤충/insect|Cicadoidea|나무/trees|나무즙/tree sap|4|0.003|7|땅속에서 여러 해를 보낸다/spends years underground||
누에나방|domestic silk moth|곤충/insect|Bombyx mori|양잠 농가/silk farms|뽕잎/mulberry leaves|4|0.001|0.1|고치에서 비단실을 뽑는다/spins the cocoon that gives silk|누에|silkworm
대왕오징어|giant squid|연체동물/mollusc|Architeuthis dux|깊은 바다/the deep sea|물고기와 오징어/fish and squid|1200|200|5|눈이 접시만큼 크다/has eyes as large as plates||
참문어|common octopus|연체동물/mollusc|Octopus vulgaris|얕은 바다/shallow seas|게와 조개/crabs and clams|90|6|1.5|심장이 세 개이다/has three hearts|문어;왜문어|octopus
굴|oyster=Pacific oyster|연체동물/mollusc|Magallana gigas|바닷가 바위/rocky shores|플랑크톤/plankton|15|0.1|20|바다의 우유라고 불린다/is called the milk of the sea|참굴|
달팽이|land snail|연체동물/mollusc|Stylommatophora|풀숲/bushes|잎/leaves|4|0.02|5|껍데기를 지고 다닌다/carries its shell along||snail
꽃게|gazami crab|갑각류/crustacean|Portunus trituberculatus|서해의 모래밭/the sandy Yellow Sea|조개와 물고기/clams and fish|17|0.4|3|봄의 암컷과 가을의 수컷이 맛있다고 한다/is eaten in spring if female and in autumn if male||
`,
)

export const animals: SheetDomain = {
  name: 'animal',
  rows: animalRows,
  kin: 'class',
  koLead: [
    "{class}에 속하는 동물로, 학명은 ''{latin}''이다.",
    "{class}의 하나이며 학명은 ''{latin}''이다.",
    '{home}에서 볼 수 있는 {class}이다.',
    '--',
    '{mark}.',
    '--',
    '주로 {diet:을} 먹는다.',
    '먹이는 {diet}이다.',
  ],
  enLead: [
    "is {class:a} whose scientific name is ''{latin}''.",
    "(''{latin}'') is {class:a}.",
    'is {class:a} of {home}.',
    '--',
    'It {mark}.',
    '--',
    'It mainly eats {diet}.',
    'Its food is {diet}.',
  ],
  sections: [
    {
      ko: ['생김새', '특징', '형태'],
      en: ['Description', 'Size', 'Features'],
      sentences: [
        {
          ko: [
            '몸길이는 {length}&nbsp;cm쯤이다.',
            '몸의 길이는 대략 {length} cm에 이른다.',
            '다 자라면 {length}&nbsp;cm 안팎이 된다.',
          ],
          en: [
            'It is about {{convert|{length}|cm|in}} long.',
            'The body measures some {length} cm.',
            'Grown up, it reaches about {length}&nbsp;cm.',
          ],
        },
        {
          ko: ['몸무게는 약 {weight} kg이다.', '무게는 {weight}&nbsp;kg 정도 나간다.'],
          en: ['It weighs about {{convert|{weight}|kg|lb}}.', 'Its weight is some {weight} kg.'],
        },
        {
          ko: ['표본의 동물 {total}종 가운데 {lengthRank}번째로 길다.', '무게로는 {total}종 중 {weightRank}위이다.'],
          en: [
            'Of {total} animals in this sample it is number {lengthRank} by length.',
            'By weight it is number {weightRank} of {total}.',
          ],
        },
      ],
    },
    {
      ko: ['생태', '서식지와 먹이', '습성'],
      en: ['Ecology', 'Habitat and food', 'Behaviour'],
      sentences: [
        {
          ko: ['{home}에서 볼 수 있다.', '사는 곳은 {home}이다.', '{home:을} 보금자리로 삼는다.'],
          en: ['It is found in {home}.', 'Its habitat is {home}.', 'It makes its home in {home}.'],
        },
        {
          ko: ['수명은 {life}년 정도이다.', '대략 {life}년을 산다.'],
          en: ['It lives for about {life} years.', 'Its life lasts some {life} years.'],
        },
        {
          ko: ['같은 {class:으로} {kin:이} 있다.', '{kin:과} 같은 무리에 든다.', '{kin:과} 함께 {class:으로} 묶인다.'],
          en: [
            'Other animals of its class are {kin:s}.',
            'It belongs to the same class as {kin:s}.',
            'It is grouped with {kin:s}.',
          ],
        },
      ],
    },
  ],
  koBox: '생물 분류',
  enBox: 'Speciesbox',
  koLabels: { class: '강', latin: '학명', home: '서식지' },
  enLabels: { class: 'classis', latin: 'taxon', home: 'habitat' },
  koKinHeading: '같은 무리의 동물',
  enKinHeading: 'Animals of the same class',
  koCategory: '동물',
  enCategory: 'Animals',
  koRedirects: ['{latin}'],
  enRedirects: ['{latin}'],
  koLater: ['수명은 약 {life}년으로 알려져 있다.'],
  enLater: ['It is said to live for about {life} years.'],
}
