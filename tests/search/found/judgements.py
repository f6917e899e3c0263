"""Which texts answer a question, judged by reading them: what speaks of it, whatever its words.

So a text that says `malnourished` answers `malnutrition`, though no rule of stems leads there, and one
that merely says `accounts` does not answer `accountability`.
"""

FIRST = {"news en first"}
FACTS = {"pdf en fact sheet"}
ABOUT = {"page en advocacy-at-the-un"}
MEETING = {"meeting en high-commissioner-geneva-2012"}
첫기사 = {"news ko first"}
자료집 = {"pdf ko fact sheet"}
소개 = {"page ko 유엔-인권옹호-활동"}
면담 = {"meeting ko 유엔-인권최고대표-면담-2012"}


def en(*slugs: str) -> set[str]:
    return {f"milestone en {slug}" for slug in slugs}


def ko(*slugs: str) -> set[str]:
    return {f"milestone ko {slug}" for slug in slugs}


_BRIEFED = en("meeting-with-the-high-commissioner")
_PILLAY = en("high-commissioner-statement-january-2013")
_만남 = ko("유엔-인권최고대표와의-면담")
_CAMPS = FIRST | MEETING | _BRIEFED | FACTS | {"submission", "religion"}
_수용소 = 첫기사 | 면담 | _만남 | 자료집 | {"의견서", "종교"}
_CEDAW = en("cedaw-concluding-observations", "submission-to-cedaw")
_차별 = ko("여성차별철폐위원회-최종견해", "여성차별철폐위원회-보고서-제출")
_UPR = en(
    "first-universal-periodic-review",
    "second-universal-periodic-review",
    "participation-in-the-universal-periodic-review",
)
_정례 = ko("제1차-보편적-정례인권검토", "제2차-보편적-정례인권검토", "보편적-정례인권검토-참여")
_COUNCIL = en("first-security-council-meeting", "general-assembly-calls-for-accountability")
_COUNCIL |= en("human-rights-council-on-the-report", "advocacy-in-geneva-and-new-york")
_안보리 = ko("유엔-안보리-첫-논의", "유엔-총회-책임규명-결의", "유엔-인권이사회-책임규명-결의")
_안보리 |= ko("제네바와-뉴욕에서의-활동") | 첫기사 | 자료집 | 소개 | {"해외노동자"}
_납치 = {"납북자"} | 첫기사 | 자료집 | 소개 | ko("유엔-인권최고대표-국제조사-촉구")
_RES_22_13 = (
    FIRST | FACTS | ABOUT | 첫기사 | 자료집 | 소개 | _PILLAY | {"submission", "의견서"}
    | en("commission-of-inquiry-established", "lobbying-for-a-commission-of-inquiry")
    | ko("북한인권조사위원회-설치", "조사위원회-설치를-위한-활동", "유엔-인권최고대표-국제조사-촉구")
    | {"page en about-the-record", "page ko 기록-읽는-법"}
)  # fmt: skip
_REPORT = FIRST | FACTS | ABOUT | 첫기사 | 자료집 | 소개 | {"submission", "의견서"}
_REPORT |= en("report-of-the-commission-of-inquiry") | ko("북한인권조사위원회-보고서")

JUDGED: dict[str, set[str]] = {
    "abduction": {"abductees"} | FIRST | FACTS | ABOUT | _PILLAY,
    "hijacked plane": {"abductees"},
    "hijacking": {"abductees"},
    "fishermen": {"abductees"},
    "enforced disappearances": {"abductees"} | FACTS | ABOUT,
    "refugees China": {"refoulement"},
    "refoulement": {"refoulement"},
    "forced repatriation": {"refoulement"},
    "Tumen river": {"refoulement"},
    "Refugee Convention Article 33": {"refoulement"},
    "missionary": {"refoulement"},
    "pregnant women": {"refoulement"},
    "trafficking": {"trafficking"},
    "sold as wives": {"trafficking"},
    "malnutrition": {"children"},
    "stunted children": {"children"},
    "orphans": {"children"},
    "kkotjebi": {"children"},
    "famine": {"food", "children"},
    "right to food": {"food"},
    "rations": {"food"},
    "freedom of religion": {"religion"},
    "Bible": {"religion"},
    "songbun": {"religion"},
    "shamans": {"religion"},
    "three generations": {"religion"},
    "separated families": {"families"},
    "reunions": {"families"},
    "Red Cross": {"families"},
    "brothers and sisters": {"families"},
    "prisoners of war": {"prisoners of war"},
    "coal mine": {"prisoners of war"},
    "armistice 1953": {"prisoners of war"},
    "damages court": {"prisoners of war"},
    "forced labour": {"workers"} | FIRST,
    "workers abroad": {"workers"},
    "loggers": {"workers"},
    "2397": {"workers", "해외노동자"},
    "torture": {"torture", "refoulement", "submission"} | FIRST,
    "interrogation": {"torture"},
    '"Convention against Torture"': {"torture", "submission"},
    "accountability": {"archive"} | FACTS | ABOUT
    | en("human-rights-council-on-the-report", "advocacy-in-geneva-and-new-york"),
    "chain of custody": {"archive"},
    "testimony": {"archive"} | FIRST | MEETING,
    "radio": {"radio"},
    "short wave": {"radio"},
    "memory cards": {"radio"},
    "mobile phones": {"radio"},
    "disabilities": {"disability"},
    "wheelchair": {"disability"},
    "Catalina Devandas": {"disability"},
    "side event": {"side event"},
    "diplomats": {"side event"},
    "interpreter": {"side event"},
    "political prison camps": _CAMPS,
    "prison camps -shin": {"submission", "religion"},
    "satellite": {"submission"},
    '"Camp 25"': {"submission"},
    "moratorium": {"submission"},
    "death penalty": {"submission"},
    "execut*": {"submission"} | FIRST,
    "Darusman": FIRST | MEETING,
    "Muntarbhorn": en("first-special-rapporteur"),
    "Pillay": FIRST | MEETING | FACTS | ABOUT | _BRIEFED | _PILLAY,
    "Human Rights Watch": FIRST | MEETING | FACTS | ABOUT | _BRIEFED,
    "Universal Periodic Review": {"submission"} | _UPR | FACTS | ABOUT,
    "UPR": {"submission", "의견서"} | _UPR | _정례 | FACTS | ABOUT | 자료집 | 소개,
    "CEDAW": {"trafficking"} | _CEDAW | _차별 | FACTS | ABOUT | 자료집 | 소개
    | en("submission-to-the-committee-on-the-rights-of-the-child"),
    "Security Council": {"workers"} | _COUNCIL | FIRST | FACTS | ABOUT,
    "crimes against humanity": _PILLAY | FIRST | FACTS | ABOUT
    | en("report-of-the-commission-of-inquiry", "first-security-council-meeting"),
    "Committee on the Rights of the Child": {"children"} | FACTS | ABOUT
    | en("crc-concluding-observations", "submission-to-the-committee-on-the-rights-of-the-child"),
    "Holocaust": FIRST,
    "Reuters": FIRST | 첫기사,
    "privacy": {"page en privacy"},
    "accessibility": {"page en accessibility"},
    "A/HRC/RES/22/13": _RES_22_13,
    "a hrc res 22 13": _RES_22_13,
    "https://docs.un.org/en/A/HRC/25/63": _REPORT,
    "Ａ／ＨＲＣ／２５／６３": _REPORT,
    "CRC/C/PRK/CO/4": FACTS | ABOUT | 자료집 | 소개
    | en("crc-concluding-observations", "submission-to-the-committee-on-the-rights-of-the-child")
    | ko("아동권리위원회-최종견해", "아동권리위원회-보고서-제출"),
    "납북자": {"납북자"},
    "납치": _납치,
    "대한항공": {"납북자"},
    "강제실종": {"납북자"},
    "강제송환": {"강제송환"},
    "강제 송환": {"강제송환"},
    "두만강": {"강제송환"},
    "난민협약 제33조": {"강제송환"},
    "임신한 여성": {"강제송환"},
    "인신매매": {"인신매매"},
    "꽃제비": {"아동"},
    "영양실조": {"아동"},
    "아동노동": {"아동"},
    "식량권": {"식량"},
    "장마당을": {"식량"},
    "고난의 행군": {"식량"},
    "종교의 자유": {"종교"},
    "성경": {"종교"},
    "이산 가족 상봉": {"이산가족"},
    "금강산": {"이산가족"},
    "국군포로": {"국군포로"},
    "국군 포로": {"국군포로"},
    "탄광": {"국군포로"},
    "아오지": {"국군포로"},
    "강제노동": {"해외노동자"} | 첫기사,
    '"강제 노동"': {"해외노동자"} | 첫기사,
    "북한 벌목공": {"해외노동자"},
    "고문": {"고문", "강제송환", "의견서"} | 첫기사,
    "고문방지협약": {"고문", "의견서"},
    "라디오": {"라디오"},
    "휴대전화": {"라디오"},
    "장애인": {"장애"},
    "팔레데나시옹": {"부대행사"},
    "외교관": {"부대행사"},
    "정치범 수용소": _수용소,
    "25호수용소": {"의견서"},
    "위성 사진": {"의견서"},
    "사형": {"라디오", "의견서"},
    "방북": {"장애", "의견서"},
    "탈북민": {"강제송환", "장애", "서울사무소"},
    "형사재판": {"서울사무소"} | ko("유엔-총회-책임규명-결의"),
    "안보리": _안보리,
    "안전보장이사회": _안보리,
    "보편적 정례인권검토": {"의견서"} | _정례 | 자료집 | 소개,
    "여성차별철폐위원회": {"인신매매"} | _차별 | 자료집 | 소개 | ko("아동권리위원회-보고서-제출"),
    "반인도범죄": 첫기사 | 자료집 | 소개
    | ko("북한인권조사위원회-보고서", "유엔-인권최고대표-국제조사-촉구", "유엔-안보리-첫-논의"),
    "김혜숙": 첫기사 | 면담 | _만남 | 자료집,
    "다루스만": 첫기사 | 면담,
    "휴먼라이츠워치": 첫기사 | 면담 | _만남 | 자료집,
    "UN 인권최고대표 필레이": 첫기사 | 면담 | _만남 | 자료집 | 소개
    | ko("유엔-인권최고대표-국제조사-촉구"),
    "접근성": {"page ko 접근성"},
    "개인정보": {"page ko 개인정보-보호"},
}  # fmt: skip
