/** Korean and English sentences of our own, enough for a vocabulary of a few hundred entries. */

const cities = ['서울', '부산', '대구', '인천', '평양', '베를린', '도쿄', '파리', '런던', '제주도']
const citiesInEnglish = [
  'Seoul',
  'Busan',
  'Daegu',
  'Incheon',
  'Pyongyang',
  'Berlin',
  'Tokyo',
  'Paris',
  'London',
  'Jeju',
]
const animals = ['고양이', '호랑이', '개', '원숭이', '나비']
const animalsInEnglish = ['cat', 'tiger', 'dog', 'monkey', 'butterfly']

/** 은 or 는 and the like, told by hand: the code under test must not write its own test data. */
const withFinal = new Set(['서울', '부산', '인천', '평양', '베를린', '런던'])
const josa = (noun: string, closed: string, open: string): string => noun + (withFinal.has(noun) ? closed : open)

export const corpus: readonly string[] = [
  ...cities.flatMap((city, at) => [
    `${josa(city, '은', '는')} 인구가 많은 도시이다. ${city}의 역사는 오래되었다.`,
    `사람들은 ${josa(city, '을', '를')} 좋아한다. ${city}에서 ${cities[(at + 1) % cities.length]}까지 기차가 다닌다.`,
    `${josa(city, '이', '가')} 크다. ${josa(city, '과', '와')} 다른 도시는 가깝다.`,
    `${city} 지도`,
    `${citiesInEnglish[at]} is a large city with a long history. People like ${citiesInEnglish[at]}.`,
    `Trains run from ${citiesInEnglish[at]} to ${citiesInEnglish[(at + 1) % citiesInEnglish.length]} in the morning.`,
  ]),
  ...animals.flatMap((animal, at) => [
    `${animal}는 동물이다. 사람들은 ${animal}를 기른다. ${animal}가 잠을 잔다.`,
    `A ${animalsInEnglish[at]} is an animal. The ${animalsInEnglish[at]}s are sleeping; people feed them (1990–2024).`,
  ]),
  '漢字는 한자이다. 東京 서울 漢字 東京. C++ and C# are languages, 3.14 is π.',
]
