"""Words that are no names, although a name can be spelled like them; and what stands around names."""

from __future__ import annotations

import re

_ENGLISH = """
a able about accepted action actual actually ad add addition again age agency ago ah all along
already always am america among an angle another any anything appear applied are area arm
article as ask assumed at audio bad bag ban banana banner bar basic bat be become bed been beg
beginning being between big bin bit blame body boy bring bug bun bus but buy by cable came
camera camp camps can canada capture car cause certain character china choose city come comic
common compare compared condition continue cookies copied copy corner could counter cuba culture
cup cut dad daily data day deal decimal deed deep deleted detail did die dig dinner direction
distance do doc dog doing domain donation done donor door double down dprk drama due dug during
ear early easily eat eg either email encoded end ensure entire era escaped etc eu evening ever
eye far fee for fun future gain game gap gas general geneva genre gesture get girl global go
goal god going gone good got gun gut guy ha had hair ham hang hanoi happy hard has hat he header
heading hear her here hi him his hit ho hold home honey honor hook hop hot how human hung i ice
id idea ideal ie if ignore image images in india initial ink inner inside integral into io is
issue issues it jam japan job join joy jump june junior just keen keep key kid kin king korea
label lad lady lain land lane language lap late law lay lead lean leap leg legal lesson level
libraries library lie lies life like line linear lines lip local locale location logic logical
lonely long look looking loop lot low lower luck lucky lung ma mad magic main major make man
manner many map maybe mean measure meat media meet meeting memory men mention mentor menu
message messages method might min minimal minor mission mob money moon moral more morning mother
motion motor multiple music my name names nap nation nature nearly need net never no noble non
none noon nor not notion noun now nut occurred ocean odd of oh oil ok old on one only option
optional or origin other our out outside over own pa pack package pad paid pain pair pan panic
paragraph park part partial pass passion pat pay peak pen pension people per permission person
phone pick pie pin pleasure poem police policy pop position possibly pot power pre public
purpose put quiet rain ran rang rank rap rate ration raw ray re read reading ready real really
reason red register regular related remaining remote replace required resource response rich
ring river road rock rok roll room root row run rung runner rural sad said sail same sang sat
sauna saw say sea seal season section see seek seem seen selected sell send senior seoul
sequence session set shake shall shame shape she shed sheep ship shoe shook shop shot should
show shower shut sick side sides sign similar simple sin sing single sit size sky so soil sold
some son song sonic soon soul sour source station strong sub such sue suit sum sun sung support
sure table take tale talk tall tan tap tea team tear teeth temple ten tension than that the
their them then there they thin thing think this tie till time tin tip title to toe together
tokyo told tonic too took tool top topic total tour tower toxic toy treasure tree tutor two type
uk un under unique unit unreal up upon urgency us usa use used uses usual usually via vs wage
wait waiting walk wall want war was way we weak wear week well went were what when where which
who why wife win wing winner with without woe woman women won wonder wood would ya ye year yes
yet yo you young your yours zip zoo
"""
#: English words that can be read as Korean syllables. A name made of these alone, and not all of them
#: with a capital, is taken for a sentence.
ENGLISH = frozenset(_ENGLISH.split())

#: A word in small letters that ends so is taken for English, whatever it begins with.
ENGLISH_ENDING = re.compile(
    "(?:ing|ed|ly|er|ers|or|ors|ion|ions|al|als|able|ance|ence|ment|ness|ous|ity|ure|age|ages|ise|ize|"
    "ate|ates|ry|ries|ies|ic|ics|es|ies|le|les|ce|ge|se|ve|re|ne|me|te|de|ke)$"
)

_HEADS = "이 그 저 한 두 세 안 전 주 신 고 도 오 조 정 하 나 우 여 상 본 제 현 구 양 원 성 장"
_GIVEN = """
하나 우리 나라 사랑 은혜 평화 소리 마음 미래 보람 진실 정의 자유 희망 기쁨 진리 소망 이슬 아름 모든
경우 사람 이상 이하 주의 인정 선정 수정 지정 진정 시기 이유 수용 사용 상황 주제 기준 시대 사이 기사
영상 연구 유지 지원 지역 이전 이후 가지 세계 인용 도시 수도 정도 사진 의사 의미 이번 번호 주소 지도
"""
#: Surnames and given names that are everyday words when a space stands between them: 이 하나.
KOREAN_HEADS, KOREAN_GIVEN = frozenset(_HEADS.split()), frozenset(_GIVEN.split())
#: The state's own name stands everywhere, and 한민국 can be somebody's.
REPUBLIC = "대한민국"

_TAILS = """
은 는 이 가 을 를 의 에 께 와 과 도 만 로 으로 랑 이랑 라 야 아 처럼 보다 부터 까지 조차 마저
하고 한테 에게 에서 라고 라는 란 든 나 요 다 인 였 입 등 및 측 네 들 외 본인 가족 증언 발언
씨 님 군 양 옹 선생 교수 대표 위원 기자 박사 목사 의원 장관 대사 국장 소장 회장 사무 여사 부부
"""
#: What may follow a name without a space: particles, titles, the copula.
TAIL = re.compile("|".join(sorted(_TAILS.split(), key=len, reverse=True)))

_LONG = "남궁 황보 제갈 선우 독고 사공 서문 동방"
#: Surnames of two syllables, and of one: those of nearly everybody, in the North too.
LONG_SURNAMES = frozenset(_LONG.split())
SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공"
    "현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용예경봉사부가복태목형피두감음빈동온"
    "리림로량라려렴룡륙탄"
)
