/** The things of the Japanese-English sample: names, other names, and what each is, in our own words. */

export interface Thing {
  readonly en: string
  readonly ja: string
  /** How the Japanese name is read, in hiragana. */
  readonly reading: string
  /** Names that redirect to the page. */
  readonly aliases: { readonly en?: string; readonly ja?: string }
  /** What it is, to stand after "is" and before "である". */
  readonly is: { readonly en: string; readonly ja: string }
}

export interface Domain {
  readonly en: string
  readonly ja: string
  readonly things: readonly Thing[]
}

type Row = readonly [
  en: string,
  ja: string,
  reading: string,
  isEn: string,
  isJa: string,
  aliasEn?: string | undefined,
  aliasJa?: string,
]

function domain(en: string, ja: string, rows: readonly Row[]): Domain {
  return {
    en,
    ja,
    things: rows.map(([name, own, reading, isEn, isJa, aliasEn, aliasJa]) => ({
      en: name,
      ja: own,
      reading,
      aliases: { ...(aliasEn ? { en: aliasEn } : {}), ...(aliasJa ? { ja: aliasJa } : {}) },
      is: { en: isEn, ja: isJa },
    })),
  }
}

export const domains: readonly Domain[] = [
  domain('Chemical elements', '元素', [
    [
      'Hydrogen',
      '水素',
      'すいそ',
      'the lightest chemical element, a gas without colour',
      '最も軽い元素で、色のない気体',
      'Element 1',
    ],
    ['Helium', 'ヘリウム', 'へりうむ', 'a noble gas that balloons are filled with', '風船に入れられる貴ガス'],
    ['Carbon', '炭素', 'たんそ', 'the element of coal and of diamonds', '石炭やダイヤモンドをつくる元素'],
    ['Oxygen', '酸素', 'さんそ', 'the gas in the air that animals breathe', '動物が呼吸する空気中の気体', 'Element 8'],
    [
      'Iron',
      '鉄',
      'てつ',
      'a strong metal that rusts in wet air',
      '湿った空気の中で錆びる丈夫な金属',
      'Ferrum',
      'くろがね',
    ],
    [
      'Copper',
      '銅',
      'どう',
      'a reddish metal that electric wires are made of',
      '電線に使われる赤みのある金属',
      'Cuprum',
      'あかがね',
    ],
    ['Silver', '銀', 'ぎん', 'a white metal of coins and spoons', '硬貨や匙になる白い金属', 'Argentum', 'しろがね'],
    ['Gold', '金', 'きん', 'a yellow metal that does not rust', '錆びることのない黄色い金属', 'Aurum', 'こがね'],
  ]),
  domain('Bodies of the sky', '天体', [
    ['Sun', '太陽', 'たいよう', 'the star in the middle of our planets', '惑星の中心にある恒星', 'Sol', 'お日様'],
    [
      'Moon',
      '月',
      'つき',
      'the companion of the Earth that causes the tides',
      '潮の満ち引きを起こす地球の衛星',
      'Luna',
      'お月様',
    ],
    ['Mercury', '水星', 'すいせい', 'the smallest planet, nearest to the Sun', '太陽に最も近い最小の惑星'],
    [
      'Venus',
      '金星',
      'きんせい',
      'a hot planet, bright in the evening',
      '夕方に明るく見える熱い惑星',
      'Evening star',
      '宵の明星',
    ],
    ['Earth', '地球', 'ちきゅう', 'the planet on which people live', '人が住む惑星', 'Terra'],
    [
      'Mars',
      '火星',
      'かせい',
      'a red planet with two small moons',
      '二つの小さな衛星をもつ赤い惑星',
      'Red planet',
      '赤い惑星',
    ],
    ['Jupiter', '木星', 'もくせい', 'the largest planet, with a great red spot', '大赤斑をもつ最大の惑星'],
    ['Saturn', '土星', 'どせい', 'a planet with wide rings of ice', '氷の大きな環をもつ惑星'],
  ]),
  domain('Animals', '動物', [
    [
      'Dog',
      '犬',
      'いぬ',
      'an animal that guards houses and herds sheep',
      '家を守り羊を追う動物',
      'Domestic dog',
      '飼い犬',
    ],
    ['Cat', '猫', 'ねこ', 'a small animal that hunts mice at night', '夜に鼠を捕る小さな動物', 'House cat', '飼い猫'],
    ['Horse', '馬', 'うま', 'a fast animal that riders sit on', '人を乗せて速く走る動物', 'Equus caballus'],
    ['Tiger', '虎', 'とら', 'a large striped hunter of the forest', '森に棲む縞模様の大きな狩人'],
    ['Whale', '鯨', 'くじら', 'a very large animal of the sea that breathes air', '空気を吸う海の巨大な動物'],
    ['Crane', '鶴', 'つる', 'a tall bird with long legs that dances in winter', '冬に舞う足の長い鳥'],
    ['Turtle', '亀', 'かめ', 'a slow animal under a hard shell', '硬い甲羅をもつ遅い動物'],
    ['Butterfly', '蝶', 'ちょう', 'an insect with large coloured wings', '色のある大きな羽をもつ昆虫'],
  ]),
  domain('Plants and food', '植物と食べ物', [
    ['Rice', '米', 'こめ', 'the grain that fields under water give', '水田で実る穀物', 'Paddy', 'お米'],
    ['Wheat', '小麦', 'こむぎ', 'the grain from which bread is baked', 'パンになる穀物'],
    ['Soybean', '大豆', 'だいず', 'a bean from which tofu is made', '豆腐になる豆', 'Soya'],
    ['Tea', '茶', 'ちゃ', 'a drink of leaves and hot water', '葉と湯でつくる飲み物', 'Green tea', 'お茶'],
    [
      'Apple',
      '林檎',
      'りんご',
      'a round red or green fruit of the autumn',
      '秋に実る赤や緑の丸い果物',
      undefined,
      'リンゴ',
    ],
    ['Peach', '桃', 'もも', 'a soft sweet fruit with a large stone', '大きな種をもつ柔らかく甘い果物'],
    ['Bamboo', '竹', 'たけ', 'a grass as tall as trees with hollow stems', '茎が空洞で木のように高い草'],
    ['Pine', '松', 'まつ', 'a tree that keeps its needles in winter', '冬も針のような葉を保つ木'],
  ]),
  domain('Land and weather', '地形と天気', [
    ['Mountain', '山', 'やま', 'land that rises high above what lies around it', '周りより高くそびえる土地', 'Mount'],
    ['River', '川', 'かわ', 'water that flows from the hills to the sea', '丘から海へ流れる水', 'Stream', '河'],
    ['Lake', '湖', 'みずうみ', 'still water with land on all sides', '陸に囲まれた静かな水'],
    ['Island', '島', 'しま', 'land with water on all sides', '水に囲まれた陸地', 'Isle'],
    ['Desert', '砂漠', 'さばく', 'dry land of sand and stones', '砂と石の乾いた土地'],
    ['Forest', '森', 'もり', 'land that many trees stand on', '多くの木が立つ土地', 'Woodland', '森林'],
    ['Snow', '雪', 'ゆき', 'frozen water that falls in white flakes', '白く舞い落ちる凍った水'],
    ['Typhoon', '台風', 'たいふう', 'a great storm of the western Pacific', '太平洋西部の大きな嵐', 'Tropical cyclone'],
  ]),
  domain('Things that people make', '人がつくるもの', [
    ['Bridge', '橋', 'はし', 'a way over water that people walk on', '水の上を渡る道', 'Footbridge'],
    [
      'Castle',
      '城',
      'しろ',
      'a strong house of lords with walls and towers',
      '壁と塔をもつ領主の砦',
      'Fortress',
      'お城',
    ],
    ['Clock', '時計', 'とけい', 'a machine that shows the hour', '時刻を示す機械', 'Timepiece'],
    ['Paper', '紙', 'かみ', 'thin sheets that one writes on', '文字を書く薄いもの'],
    ['Sword', '刀', 'かたな', 'a long blade of steel', '鋼の長い刃物', 'Blade', '日本刀'],
    ['Drum', '太鼓', 'たいこ', 'an instrument with a skin that is struck', '皮を打って鳴らす楽器'],
    [
      'Computer',
      'コンピュータ',
      'こんぴゅーた',
      'a machine that follows a program',
      'プログラムに従う機械',
      'Computing machine',
      '電子計算機',
    ],
    ['Telescope', '望遠鏡', 'ぼうえんきょう', 'an instrument to look at far stars with', '遠い星を見る器具'],
  ]),
]
