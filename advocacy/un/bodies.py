"""The organs, committees and mandates of the United Nations that the record speaks of, in both
languages.

The codes are stored in the database: a name may be corrected, a code never changes.
"""

from dataclasses import dataclass

from django.utils.functional import lazystr
from django.utils.translation import get_language


@dataclass(frozen=True)
class Body:
    """One body. The short forms are those used in lists, filters and on the chart."""

    code: str
    name_en: str
    name_ko: str
    short_en: str
    short_ko: str

    def name(self, language: str | None = None) -> str:
        """The full name; without an argument in the active language. Any language but Korean
        reads English.
        """
        return self.name_ko if _is_korean(language) else self.name_en

    def short(self, language: str | None = None) -> str:
        return self.short_ko if _is_korean(language) else self.short_en

    def __str__(self) -> str:
        return self.name()


class _NameInActiveLanguage:
    """Stands for a body's name until it is shown, so one list of choices serves both languages."""

    def __init__(self, body: Body) -> None:
        self.body = body

    def __str__(self) -> str:
        return self.body.name()


def _is_korean(language: str | None) -> bool:
    return (language or get_language() or "en").split("-")[0] == "ko"


_ALL = (
    Body("ga", "General Assembly", "유엔 총회", "General Assembly", "총회"),
    Body(
        "ga3",
        "Third Committee of the General Assembly",
        "유엔 총회 제3위원회",
        "Third Committee",
        "제3위원회",
    ),
    Body("sc", "Security Council", "유엔 안전보장이사회", "Security Council", "안보리"),
    Body("sg", "Secretary-General", "유엔 사무총장", "Secretary-General", "사무총장"),
    Body("hrc", "Human Rights Council", "유엔 인권이사회", "Human Rights Council", "인권이사회"),
    Body("upr", "Universal Periodic Review", "보편적 정례인권검토", "UPR", "UPR"),
    Body(
        "chr",
        "Commission on Human Rights",
        "유엔 인권위원회",
        "Commission on Human Rights",
        "인권위원회",
    ),
    Body(
        "subcom",
        "Sub-Commission on the Promotion and Protection of Human Rights",
        "유엔 인권보호증진소위원회",
        "Sub-Commission",
        "인권소위원회",
    ),
    Body(
        "hchr",
        "High Commissioner for Human Rights",
        "유엔 인권최고대표",
        "High Commissioner",
        "인권최고대표",
    ),
    Body(
        "ohchr",
        "Office of the High Commissioner for Human Rights",
        "유엔 인권최고대표사무소",
        "OHCHR",
        "인권최고대표사무소",
    ),
    Body(
        "sr-dprk",
        "Special Rapporteur on the situation of human rights in the Democratic People’s Republic"
        " of Korea",
        "유엔 북한인권특별보고관",
        "Special Rapporteur on the DPRK",
        "북한인권특별보고관",
    ),
    Body(
        "coi-dprk",
        "Commission of Inquiry on Human Rights in the Democratic People’s Republic of Korea",
        "유엔 북한인권조사위원회",
        "Commission of Inquiry",
        "북한인권조사위원회",
    ),
    Body(
        "wgeid",
        "Working Group on Enforced or Involuntary Disappearances",
        "강제적·비자발적 실종에 관한 실무그룹",
        "WGEID",
        "강제실종실무그룹",
    ),
    Body(
        "wgad",
        "Working Group on Arbitrary Detention",
        "자의적 구금에 관한 실무그룹",
        "WGAD",
        "자의적구금실무그룹",
    ),
    Body(
        "special-procedures",
        "Special procedures of the Human Rights Council",
        "유엔 인권이사회 특별절차",
        "Special procedures",
        "특별절차",
    ),
    Body("ccpr", "Human Rights Committee", "유엔 자유권규약위원회", "CCPR", "자유권규약위원회"),
    Body(
        "cescr",
        "Committee on Economic, Social and Cultural Rights",
        "유엔 사회권규약위원회",
        "CESCR",
        "사회권규약위원회",
    ),
    Body(
        "cedaw",
        "Committee on the Elimination of Discrimination against Women",
        "유엔 여성차별철폐위원회",
        "CEDAW",
        "여성차별철폐위원회",
    ),
    Body(
        "crc",
        "Committee on the Rights of the Child",
        "유엔 아동권리위원회",
        "CRC",
        "아동권리위원회",
    ),
    Body(
        "crpd",
        "Committee on the Rights of Persons with Disabilities",
        "유엔 장애인권리위원회",
        "CRPD",
        "장애인권리위원회",
    ),
    Body("cat", "Committee against Torture", "유엔 고문방지위원회", "CAT", "고문방지위원회"),
    Body(
        "ced",
        "Committee on Enforced Disappearances",
        "유엔 강제실종위원회",
        "CED",
        "강제실종위원회",
    ),
    Body(
        "cerd",
        "Committee on the Elimination of Racial Discrimination",
        "유엔 인종차별철폐위원회",
        "CERD",
        "인종차별철폐위원회",
    ),
    Body(
        "cmw",
        "Committee on Migrant Workers",
        "유엔 이주노동자권리위원회",
        "CMW",
        "이주노동자권리위원회",
    ),
    Body(
        "treaty-bodies",
        "Human rights treaty bodies",
        "유엔 인권조약기구",
        "Treaty bodies",
        "조약기구",
    ),
    Body(
        "ecosoc", "Economic and Social Council", "유엔 경제사회이사회", "ECOSOC", "경제사회이사회"
    ),
    Body(
        "csw",
        "Commission on the Status of Women",
        "유엔 여성지위위원회",
        "CSW",
        "여성지위위원회",
    ),
    Body("secretariat", "Secretariat", "유엔 사무국", "Secretariat", "사무국"),
)

BODIES: dict[str, Body] = {body.code: body for body in _ALL}

CHOICES = [(body.code, lazystr(_NameInActiveLanguage(body))) for body in _ALL]
"""For `CharField(choices=…)`: the names follow the language of whoever reads the form."""
