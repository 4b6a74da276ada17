import { concepts } from './concept-columns.ts'

export const anatomy = concepts(`
뇌|brain|생각과 몸의 움직임을 다스리는 기관|the organ that governs thought and movement|어른의 것은 무게가 1.4킬로그램쯤이다.|In adults it weighs about 1.4 kilograms.|nerve;skull;head|두뇌|
심장|heart|피를 온몸으로 보내는 근육 기관|the muscular organ that sends blood round the body|하루에 십만 번쯤 뛴다.|It beats about a hundred thousand times a day.|blood;lung;blood vessel|염통|
폐|lung|공기에서 산소를 받아들이는 호흡 기관|the breathing organ that takes in oxygen from air|오른쪽이 왼쪽보다 조금 크다.|The right one is a little larger than the left.|oxygen;heart;nose|허파;폐장|
간|liver|영양소를 갈무리하고 독을 없애는 큰 장기|a large organ that stores nutrients and removes poisons|일부를 잘라 내도 다시 자란다.|It grows again after a part is cut away.|stomach;blood|간장 (해부학)|
위 (해부학)|stomach|먹은 것을 담아 소화하는 주머니 모양의 기관|the pouch-like organ that holds and digests food|산성이 강한 소화액을 낸다.|It gives off a strongly acid juice.|intestine;mouth;acid|위장|
창자|intestine|위에 이어져 영양소와 물을 빨아들이는 긴 관|the long tube after the stomach that takes up nutrients and water|작은창자는 길이가 6미터쯤이다.|The small one is some six metres long.|stomach;liver|장 (해부학)|bowel
콩팥|kidney|피를 걸러 오줌을 만드는 기관|the organ that filters blood and makes urine|등 쪽에 두 개가 있다.|There are two, towards the back.|blood;bladder|신장 (해부학)|
눈 (해부학)|eye|빛을 받아들여 사물을 보는 기관|the organ that takes in light for seeing|수정체가 두께를 바꾸어 초점을 맞춘다.|Its lens changes thickness to focus.|light;face;glasses||
귀|ear|소리를 듣고 균형을 잡는 기관|the organ of hearing and balance|몸에서 가장 작은 뼈가 들어 있다.|It holds the smallest bones of the body.|sound;face;nose||
코|nose|숨을 쉬고 냄새를 맡는 기관|the organ for breathing and smelling|들이마신 공기를 데우고 거른다.|It warms and filters the air.|lung;face;mouth||
입|mouth|음식을 먹고 말을 하는 기관|the organ for eating and speaking|소화는 여기에서 시작된다.|Digestion begins here.|tooth;tongue;stomach||
이 (해부학)|tooth|음식을 씹는 단단한 기관|a hard organ for chewing food|어른에게는 사랑니를 포함하여 32개가 있다.|Adults have 32 with the wisdom ones.|mouth;bone;calcium|치아|
혀|tongue|맛을 느끼고 소리를 고르는 입안의 근육|the muscle in the mouth that tastes and shapes speech|맛봉오리가 수천 개 있다.|It has thousands of taste buds.|mouth;language||
손|hand|팔 끝에 있어 물건을 잡는 신체 부위|the part at the end of the arm that grasps things|뼈가 27개 있다.|It has 27 bones.|bone;skin;glove||
발|foot|다리 끝에 있어 몸을 받치는 신체 부위|the part at the end of the leg that carries the body|한쪽에 뼈가 26개 있다.|Each has 26 bones.|bone;shoe;hand||
뼈|bone|몸을 받치는 단단한 조직|the hard tissue that supports the body|어른은 206개를 가지고 있다.|Adults have 206 of them.|calcium;muscle;skull||
머리뼈|skull|머리를 이루고 뇌를 지키는 뼈|the bones of the head, which guard the brain|스물두 개의 뼈로 이루어진다.|It is made of twenty-two bones.|brain;bone|두개골|
근육|muscle|오므라들어 몸을 움직이는 조직|tissue that moves the body by shrinking|사람에게는 600개가 넘게 있다.|People have more than 600 of them.|bone;heart||
피부|~skin|몸의 겉을 덮은 조직|the tissue that covers the body|몸에서 가장 넓은 기관이다.|It is the largest organ of the body.|hair;hand|살갗|
털|~hair|포유류의 피부에서 자라는 가는 실|thin threads that grow from the skin of mammals|사람의 머리에는 10만 가닥쯤 난다.|About a hundred thousand grow on a human head.|skin;head|머리카락|
피|~blood|몸을 돌며 산소와 양분을 나르는 붉은 액체|the red liquid that carries oxygen and food round the body|어른에게는 5리터쯤 있다.|Adults have about five litres.|heart;blood vessel;iron|혈액|
혈관|blood vessel|피가 흐르는 관|a tube in which blood flows|모두 이으면 지구를 두 바퀴 돈다고 한다.|All of them together are said to go twice round Earth.|blood;heart|핏줄|
신경|nerve|자극과 명령을 전하는 섬유 다발|a bundle of fibres that carries signals|신호는 1초에 100미터를 가기도 한다.|Signals run up to 100 metres in a second.|brain;muscle||
방광|bladder=Urinary bladder|오줌을 모아 두는 주머니|the bag that stores urine|반 리터쯤 담을 수 있다.|It holds about half a litre.|kidney|오줌보|
머리|head|뇌와 눈과 귀가 있는 몸의 윗부분|the upper part of the body with brain, eyes and ears|사람의 것은 5킬로그램쯤 나간다.|A human one weighs about five kilograms.|brain;face;hair||
얼굴|face|눈과 코와 입이 있는 머리의 앞면|the front of the head with eyes, nose and mouth|표정으로 마음을 드러낸다.|It shows feelings.|eye;nose;head|낯|
`)

export const medicine = concepts(`
의학|~medicine|병을 고치고 막는 방법을 연구하는 학문|the study of curing and preventing illness|히포크라테스의 선서가 지금도 읽힌다.|The oath of Hippocrates is still read.|disease;hospital;Hippocrates|의료|
질병|disease|몸이나 마음이 제대로 움직이지 않는 상태|a state in which body or mind does not work as it should|감염되는 것과 그렇지 않은 것으로 나뉜다.|Some kinds are infectious and some are not.|medicine;virus;bacteria|병;질환|illness
병원|hospital|아픈 사람을 진찰하고 치료하는 곳|a place where sick people are examined and treated|한국에서는 1885년 제중원이 서양식으로 문을 열었다.|In Korea the first Western one opened in 1885.|doctor;nurse;medicine||
바이러스|virus|살아 있는 세포 안에서만 늘어나는 아주 작은 병원체|a very small agent that multiplies only inside living cells|보통 현미경으로는 보이지 않는다.|It cannot be seen with an ordinary microscope.|influenza;vaccine;cell||
세균|bacteria=Bacteria|세포 하나로 이루어진 작은 생물|tiny living things of a single cell|병을 일으키기도 하지만 발효를 돕기도 한다.|Some cause illness and some help fermentation.|virus;antibiotic;cell|박테리아|
백신|vaccine|병원체에 맞서는 면역을 미리 기르는 약|a medicine that trains immunity against a germ beforehand|이름은 암소를 뜻하는 라틴어에서 왔다.|The name comes from the Latin word for cow.|smallpox;virus;Edward Jenner|예방 백신|
항생제|antibiotic|세균을 죽이거나 자라지 못하게 하는 약|a medicine that kills bacteria or stops their growth|바이러스에는 듣지 않는다.|It does not work against viruses.|bacteria;Alexander Fleming|항생 물질|
감기|common cold|코와 목에 생기는 가벼운 바이러스 감염|a mild viral infection of nose and throat|원인이 되는 바이러스가 200가지가 넘는다.|More than 200 viruses cause it.|influenza;virus|고뿔|cold
인플루엔자|~influenza|열과 몸살을 일으키는 호흡기 전염병|an infectious illness of the airways with fever and aches|1918년에 세계를 휩쓴 것은 수천만 명의 목숨을 앗았다.|The outbreak of 1918 killed tens of millions.|common cold;virus;vaccine|독감|flu
천연두|~smallpox|온몸에 고름집이 생기던 전염병|an infectious disease that covered the body with pustules|1980년에 사라졌다고 선언되었다.|It was declared extinct in 1980.|vaccine;Edward Jenner|두창;마마|
결핵|~tuberculosis|결핵균이 주로 폐를 해치는 전염병|an infectious disease in which a bacterium mainly harms the lungs|1882년 로베르트 코흐가 균을 찾았다.|Robert Koch found the germ in 1882.|lung;bacteria|폐결핵|TB
말라리아|~malaria|모기가 옮기는 열대성 전염병|a tropical infectious disease carried by mosquitoes|이름은 나쁜 공기를 뜻한다.|The name means bad air.|mosquito;disease|학질|
암|~cancer=Cancer|세포가 마구 늘어나 다른 조직을 해치는 병|a disease in which cells multiply without limit and harm other tissue|일찍 찾을수록 고치기 쉽다.|The sooner it is found, the easier it is to treat.|cell;disease|악성 종양|malignant tumour
당뇨병|~diabetes|핏속의 당이 지나치게 높은 병|a disease in which there is too much sugar in the blood|1921년에 찾은 인슐린으로 다스릴 수 있게 되었다.|Insulin, found in 1921, made it treatable.|blood;sugar|당뇨|
고혈압|~hypertension|혈관 안의 압력이 높은 상태|a state of high pressure in the blood vessels|스스로 느끼지 못하는 일이 많다.|People often do not notice it.|heart;blood vessel;salt||high blood pressure
천식|~asthma|기도가 좁아져 숨이 차는 병|an illness in which the airways narrow and breath is short|먼지나 꽃가루가 발작을 부르기도 한다.|Dust or pollen can bring on an attack.|lung;disease||
빈혈|~anemia|피에 붉은 세포가 모자란 상태|a state in which the blood has too few red cells|철이 모자라서 생기는 일이 많다.|Lack of iron is a frequent cause.|blood;iron||anaemia
골절|bone fracture|뼈가 부러진 상태|a broken bone|석고 붕대로 고정하여 낫기를 기다린다.|It is held still in plaster until it heals.|bone;hospital||broken bone
수술|~surgery|몸을 째거나 꿰매어 병을 고치는 일|the treatment of illness by cutting and sewing the body|1846년 에테르 마취가 널리 알려졌다.|Ether as an anaesthetic became known in 1846.|hospital;doctor;knife|외과 수술|operation
의사|doctor=Physician|병을 진찰하고 치료하는 사람|a person who examines and treats illness|나라마다 면허를 받아야 일할 수 있다.|A licence is needed in every country.|hospital;nurse;medicine||physician
간호사|nurse|환자를 돌보고 치료를 돕는 사람|a person who cares for patients and helps with treatment|나이팅게일이 현대적인 교육을 시작하였다.|Nightingale began modern training for it.|doctor;hospital;Florence Nightingale||
약|drug=Medication|병을 낫게 하려고 쓰는 물질|a substance used to cure illness|양이 지나치면 해가 된다.|Too much of it does harm.|antibiotic;medicine|의약품;약품|medication
비타민|vitamin|몸에 적은 양이 꼭 필요한 영양소|a nutrient of which the body needs small amounts|부족하면 괴혈병이나 구루병이 생긴다.|Lack of it leads to scurvy or rickets.|disease|바이타민|
잠|~sleep|의식이 쉬는 되풀이되는 상태|a recurring state in which the mind rests|어른은 하루 일곱 시간쯤이 알맞다.|About seven hours a day suit adults.|brain;dream|수면|
꿈|dream|자면서 겪는 생각과 그림의 흐름|a flow of thoughts and pictures during sleep|프로이트는 1900년에 이를 풀이한 책을 냈다.|Freud published a book on their meaning in 1900.|sleep;Sigmund Freud||
`)
