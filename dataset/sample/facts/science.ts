import { concepts } from './concept-columns.ts'

export const mathematics = concepts(`
수학|~mathematics|수와 모양과 변화를 다루는 학문|the study of number, shape and change|증명으로 참을 가린다.|Proof decides what is true in it.|number;geometry;logic||maths
수 (수학)|number|양을 세고 재는 데 쓰는 개념|an idea used for counting and measuring|자연수에서 복소수까지 여러 번 넓혀졌다.|It was widened step by step from natural to complex ones.|prime number;zero;mathematics||
0|~zero=0|아무것도 없음을 나타내는 수|the number that stands for nothing|인도에서 자릿값 표기와 함께 쓰이기 시작하였다.|It came into use in India with place notation.|number;decimal|영 (수)|nought
소수 (수론)|prime number|1과 자신으로만 나누어지는 1보다 큰 자연수|a natural number above 1 that only 1 and itself divide|가장 작은 것은 2이며 끝없이 많다.|The smallest is 2, and there is no last one.|number;cryptography;Euclid|소수|prime
분수|fraction=Fraction|전체를 나눈 부분을 두 수의 비로 나타낸 것|a part of a whole written as a ratio of two numbers|위의 수를 분자, 아래의 수를 분모라 한다.|The upper number is the numerator, the lower one the denominator.|number;decimal||
십진법|~decimal|열을 묶음으로 하여 수를 적는 방법|a way of writing numbers in groups of ten|손가락이 열 개인 데서 왔다고 본다.|It is thought to come from our ten fingers.|number;zero|10진법|base ten
대수학|~algebra|수 대신 문자를 써서 관계를 푸는 수학 분야|the branch of mathematics that works with letters in place of numbers|9세기 알콰리즈미의 책 제목에서 온 이름이다.|The name comes from the title of a book by al-Khwarizmi.|equation;mathematics||
방정식|equation|미지수에 따라 참이 되거나 거짓이 되는 등식|an equality that holds or fails according to its unknowns|5차 이상에는 일반적인 근의 공식이 없다.|From degree five on there is no general formula.|algebra;function (mathematics)||
함수|function=Function (mathematics)|한 값에 다른 값을 하나씩 짝지어 주는 관계|a relation that assigns one value to each value|라이프니츠가 1670년대에 이 말을 썼다.|Leibniz used the word in the 1670s.|equation;calculus||mapping
미적분학|~calculus|변화율과 넓이를 다루는 수학 분야|the branch of mathematics about rates of change and areas|뉴턴과 라이프니츠가 따로따로 세웠다.|Newton and Leibniz built it independently.|function (mathematics);Isaac Newton|미적분|
기하학|~geometry|도형과 공간의 성질을 연구하는 수학 분야|the branch of mathematics about figures and space|이름은 땅을 잰다는 뜻이다.|The name means measuring the earth.|triangle;circle;Euclid||
삼각형|triangle|세 변과 세 각으로 이루어진 도형|a figure with three sides and three angles|평면에서 세 각을 더하면 180도이다.|In a plane its angles add up to 180 degrees.|geometry;Pythagorean theorem|세모|
원 (기하학)|circle|한 점에서 같은 거리에 있는 점들의 모임|the set of points at one distance from a point|둘레와 지름의 비는 약 3.14159이다.|Its length is about 3.14159 times its width.|geometry;pi|동그라미|
원주율|~pi=Pi|원의 둘레를 지름으로 나눈 값|the ratio of the length of a circle to its width|기호 π는 1706년에 처음 쓰였다.|The sign π was first used in 1706.|circle;number|파이;π|π
피타고라스의 정리|the Pythagorean theorem|직각삼각형의 세 변 사이의 관계를 말하는 정리|a theorem about the sides of a right triangle|<math>a^2+b^2=c^2</math>으로 적는다.|It is written <math>a^2+b^2=c^2</math>.|triangle;Pythagoras||
행렬|matrix=Matrix (mathematics)|수를 가로세로로 늘어놓은 표|a table of numbers in rows and columns|곱셈의 순서를 바꾸면 결과가 달라지기도 한다.|Products can change with the order of the factors.|algebra;computer||
확률|~probability|어떤 일이 일어날 가능성을 0과 1 사이로 나타낸 값|a value between 0 and 1 for how likely an event is|1654년 파스칼과 페르마의 편지가 출발점으로 꼽힌다.|The letters of Pascal and Fermat in 1654 count as its start.|statistics;number|개연성|
통계학|~statistics|자료를 모으고 풀이하는 방법을 연구하는 학문|the study of collecting and interpreting data|나이팅게일은 도표로 병원을 바꾸었다.|Nightingale changed hospitals with charts.|probability;Florence Nightingale|통계|
집합|set=Set (mathematics)|또렷하게 가려지는 대상들의 모임|a collection of well-defined things|게오르크 칸토어가 19세기에 이론을 세웠다.|Georg Cantor built its theory in the nineteenth century.|function (mathematics);number||
논리학|~logic|올바른 추론의 규칙을 연구하는 학문|the study of the rules of sound reasoning|아리스토텔레스의 삼단 논법이 오래된 예이다.|The syllogism of Aristotle is an old example.|mathematics;Aristotle|논리|
그래프 이론|~graph theory|점과 선으로 이루어진 구조를 연구하는 수학 분야|the branch of mathematics about points joined by lines|1736년 쾨니히스베르크의 다리 문제에서 시작되었다.|It began with the bridges of Königsberg in 1736.|Leonhard Euler;data structure||
`)

export const physics = concepts(`
물리학|~physics|물질과 에너지의 움직임을 연구하는 자연 과학|the natural science of matter and energy|역학, 전자기학, 열역학 등으로 나뉜다.|It divides into mechanics, electromagnetism, heat and more.|energy;force;mathematics|물리|
힘|force=Force|물체의 움직임이나 모양을 바꾸는 작용|an action that changes how a body moves or what shape it has|단위는 뉴턴이다.|Its unit is the newton.|mass;gravity;Isaac Newton||
질량|~mass=Mass|물체가 가진 물질의 양|the amount of matter in a body|장소가 바뀌어도 변하지 않는다.|It stays the same wherever the body goes.|force;gravity||
중력|~gravity|질량을 가진 물체끼리 끌어당기는 힘|the force by which masses attract each other|지구 표면에서 낙하 가속도는 약 9.8m/s²이다.|At the surface of Earth things fall at about 9.8 m/s².|mass;Earth;Isaac Newton|만유인력|gravitation
에너지|~energy|일을 할 수 있는 능력|the capacity to do work|형태가 바뀌어도 전체의 양은 그대로이다.|Its total stays the same when its form changes.|force;heat;electricity||
열|~heat|온도가 다른 물체 사이를 옮겨 다니는 에너지|energy that moves between bodies of different temperature|19세기까지는 물질의 하나로 여겨졌다.|It was held to be a substance until the nineteenth century.|energy;temperature||
온도|temperature|뜨겁고 찬 정도를 나타내는 양|a quantity for how hot or cold something is|가장 낮은 값은 섭씨 영하 273.15도이다.|Its lowest value is −273.15 °C.|heat;thermometer||
빛|~light|눈으로 느낄 수 있는 전자기파|electromagnetic waves that the eye can sense|진공에서 1초에 299,792,458미터를 간다.|In a vacuum it travels 299,792,458 metres in a second.|colour;electromagnetism;lens|광선|
소리|~sound|물질을 타고 퍼지는 진동|a vibration that spreads through matter|공기에서는 1초에 약 340미터를 간다.|In air it travels some 340 metres in a second.|ear;music|음향|
전기|~electricity|전하의 움직임으로 생기는 현상|the effects of electric charge at rest and in motion|1800년에 볼타가 전지를 만들었다.|Volta made a battery in 1800.|electron;magnet;energy||electric power
자석|magnet|철을 끌어당기는 성질을 가진 물체|a body that attracts iron|두 극을 따로 떼어 낼 수 없다.|Its two poles cannot be parted.|iron;electricity;compass|지남철|
전자기학|~electromagnetism|전기와 자기를 함께 다루는 물리학 분야|the branch of physics about electricity and magnetism together|맥스웰이 네 방정식으로 정리하였다.|Maxwell summed it up in four equations.|electricity;magnet;James Clerk Maxwell||
원자|atom|화학 원소의 성질을 지닌 가장 작은 알갱이|the smallest particle that has the nature of a chemical element|지름은 대략 1억분의 1센티미터이다.|It is about a hundred-millionth of a centimetre across.|electron;proton;molecule||
분자|molecule|둘 이상의 원자가 결합한 알갱이|a particle of two or more atoms bound together|물의 것은 수소 둘과 산소 하나로 되어 있다.|That of water has two of hydrogen and one of oxygen.|atom;water||
전자|electron|음의 전하를 띠고 원자핵 둘레에 있는 입자|a negatively charged particle around the nucleus of an atom|1897년 조지프 톰슨이 발견하였다.|J. J. Thomson discovered it in 1897.|atom;proton;electricity||
양성자|proton|양의 전하를 띤 원자핵의 입자|a positively charged particle of the atomic nucleus|그 수가 원소의 종류를 정한다.|Their number decides which element an atom is.|electron;neutron;atom||
중성자|neutron|전하가 없는 원자핵의 입자|a particle of the atomic nucleus without charge|1932년 제임스 채드윅이 발견하였다.|James Chadwick discovered it in 1932.|proton;atom;uranium||
양자역학|~quantum mechanics|아주 작은 입자의 움직임을 다루는 물리 이론|the theory of how very small particles behave|1920년대에 틀이 잡혔다.|Its frame was set up in the 1920s.|Max Planck;electron;physics|양자 역학|quantum physics
상대성이론|the theory of relativity|시간과 공간이 관측자에 따라 다르다고 보는 이론|a theory in which time and space depend on the observer|1905년과 1915년에 두 단계로 발표되었다.|It was published in two steps, 1905 and 1915.|Albert Einstein;gravity;light|상대성 이론|relativity
블랙홀|black hole|빛조차 빠져나올 수 없는 천체|a body from which not even light can escape|2019년에 그림자의 사진이 공개되었다.|A picture of the shadow of one was shown in 2019.|gravity;star;Stephen Hawking|검은 구멍|
항성|star=Star|스스로 빛을 내는 뜨거운 가스 덩어리|a ball of hot gas that shines by itself|수소가 헬륨으로 바뀌며 에너지를 낸다.|It gives off energy as hydrogen turns into helium.|Sun;galaxy;Sirius|별|
은하|galaxy|수많은 별과 가스가 중력으로 모인 집단|a great collection of stars and gas held by gravity|우리가 속한 것에는 별이 천억 개 넘게 있다.|Ours has more than a hundred billion stars.|star;black hole;universe||
우주|the universe|존재하는 모든 시간과 공간과 물질|all time, space and matter that exist|나이는 약 138억 년으로 여겨진다.|It is thought to be about 13.8 billion years old.|galaxy;star;Edwin Hubble||
화학|~chemistry|물질의 성질과 변화를 연구하는 자연 과학|the natural science of substances and how they change|라부아지에 이후 무게를 재는 학문이 되었다.|Since Lavoisier it has been a science of weighing.|atom;molecule;Antoine Lavoisier||
산 (화학)|acid|물에서 수소 이온을 내놓는 물질|a substance that gives off hydrogen ions in water|리트머스 종이를 붉게 한다.|It turns litmus paper red.|base (chemistry);hydrogen;salt||
염기|base=Base (chemistry)|산과 만나 물과 염을 만드는 물질|a substance that forms water and a salt with an acid|리트머스 종이를 푸르게 한다.|It turns litmus paper blue.|acid;soap||alkali
물|~water|수소와 산소로 된 투명한 액체|a clear liquid made of hydrogen and oxygen|1기압에서 섭씨 100도에 끓는다.|At one atmosphere it boils at 100 °C.|hydrogen;oxygen;river|H2O|H2O
공기|~air|지구를 둘러싼 기체의 혼합물|the mixture of gases around Earth|질소가 78퍼센트쯤을 차지한다.|Nitrogen makes up about 78 per cent of it.|nitrogen;oxygen;wind||
생물학|~biology|생명을 지닌 것들을 연구하는 자연 과학|the natural science of living things|다윈과 멘델의 생각이 밑바탕을 이룬다.|The ideas of Darwin and Mendel lie at its base.|cell;evolution;Charles Darwin||
진화|~evolution|생물이 세대를 거치며 바뀌는 과정|the change of living things over generations|자연 선택이 그 구동력의 하나이다.|Natural selection is one of its causes.|Charles Darwin;gene;biology||
세포|cell=Cell (biology)|생물을 이루는 가장 작은 단위|the smallest unit of living things|1665년 로버트 훅이 코르크에서 보고 이름 붙였다.|Robert Hooke saw and named it in cork in 1665.|gene;biology;microscope||
유전자|gene|유전되는 성질을 담은 DNA의 부분|a stretch of DNA that carries an inherited trait|사람에게는 2만 개쯤 있다.|People have about 20,000 of them.|DNA;cell;Gregor Mendel||
DNA|DNA|유전 정보를 담은 이중 나선 분자|the double-helix molecule that holds genetic information|1953년에 구조가 밝혀졌다.|Its structure was found in 1953.|gene;cell;Rosalind Franklin|디엔에이;디옥시리보핵산|deoxyribonucleic acid
`)
