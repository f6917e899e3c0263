"""The shapes a document symbol can have: which series exist, whose they are, what their parts mean.

A form is a template such as `A/HRC/RES/{session:council}/{number}`. It is compiled into the
pattern that reads a symbol, and it writes the symbol back, so reading and writing cannot drift
apart. A field is `{part}` or `{part:pattern}`; a space stands before a bracket or a letter and
may be missing when read.

Source: United Nations Documentation: Research Guide (Dag Hammarskjöld Library), "Document
Symbols", and the harmonised symbols of the human rights treaty bodies of 2005.
"""

import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a symbol says its document is; a symbol that does not say is a plain document."""

    RESOLUTION = "resolution", _("resolution")
    DECISION = "decision", _("decision")
    PRESIDENT = "president", _("statement by the President")
    DRAFT = "draft", _("draft")
    RECORD = "record", _("meeting record")
    ROOM_PAPER = "room-paper", _("conference room paper")
    NGO = "ngo", _("written statement by a non-governmental organization")
    GOVERNMENT = "government", _("communication from a government")
    OBSERVATIONS = "observations", _("concluding observations")
    ISSUES = "issues", _("list of issues")
    COMMENT = "comment", _("general comment")
    COMPLAINT = "complaint", _("decision on a complaint")
    DOCUMENT = "document", _("document")


PATTERNS = {
    "number": r"[1-9][0-9]{0,4}",
    # Report numbers of treaty bodies: several periodic reports are handed in as one.
    "reports": r"[1-9][0-9]{0,2}(?:-[1-9][0-9]?)?",
    "old": r"[1-9][0-9]{1,4}",
    "two_digits": r"[0-9]{1,2}",
    # Sessions of the General Assembly are counted in Arabic numerals since the 31st (1976).
    "session": r"(?:3[1-9]|[4-9][0-9]|1[0-9]{2})",
    "special": r"E?S-[1-9][0-9]?",
    "council": r"(?:S-[1-9][0-9]?|[1-9][0-9]{0,2})",
    "meeting": r"[1-9][0-9]{0,2}",
    "roman": r"(?=[ILVX])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})",
    "year": r"(?:19[4-9][0-9]|20[0-9]{2})",
    "letter": r"[A-Z]",
    "committee": r"[1-9][0-9]{0,2}",
    "main": r"[1-6]",
    "country": r"(?:[A-Z]{3}|EU)",  # which three letters, symbols.py asks COUNTRIES
}

_FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True)
class Form:
    """One series: the body it belongs to (a code of BODIES), the kind of its documents, its
    template.
    """

    body: str
    kind: Kind
    template: str

    def pattern(self, *, named: bool) -> str:
        """The regular expression that reads this form, its fields as named groups or unnamed."""

        def field(match: re.Match[str]) -> str:
            expression = PATTERNS[match[2] or match[1]]
            return f"(?P<{match[1]}>{expression})" if named else expression

        pieces = []
        end = 0
        for match in _FIELD.finditer(self.template):
            pieces += [self._literal(self.template[end : match.start()]), field(match)]
            end = match.end()
        return "".join([*pieces, self._literal(self.template[end:])])

    def write(self, parts: dict[str, str]) -> str:
        return _FIELD.sub(lambda match: parts[match[1]], self.template)

    @property
    def head(self) -> str:
        """The first part, by which the reader looks a form up: `A`, `S`, `CRC`."""
        return self.template.partition("/")[0]

    @property
    def bare(self) -> bool:
        """A letter and one number, `A/810`: true of too much else to be picked out of running
        text.
        """
        return re.fullmatch(r"[ASE]/\{number:old\}", self.template) is not None

    @property
    def fragile(self) -> bool:
        """A letter and figures only, `A/69/188`: believed in running text only with its capital."""
        return re.match(r"[ASE]/\{", self.template) is not None

    @staticmethod
    def _literal(text: str) -> str:
        return re.escape(text).replace(r"\ ", "[ ]{0,2}")


def _series(body: str, prefix: str, tails: dict[str, Kind]) -> list[Form]:
    return [Form(body, kind, f"{prefix}/{tail}") for tail, kind in tails.items()]


def _papers(session: str) -> dict[str, Kind]:
    """What every organ issues under a session or a year."""
    return {
        f"{session}/{{number}}": Kind.DOCUMENT,
        f"{session}/L.{{number}}": Kind.DRAFT,
        f"{session}/CRP.{{number}}": Kind.ROOM_PAPER,
        f"{session}/WP.{{number}}": Kind.ROOM_PAPER,
        f"{session}/INF/{{number}}": Kind.DOCUMENT,
        f"{session}/NGO/{{number}}": Kind.NGO,
        f"{session}/G/{{number}}": Kind.GOVERNMENT,
        f"{session}/SR.{{number}}": Kind.RECORD,
        f"{session}/PV.{{number}}": Kind.RECORD,
    }


def _decided(session: str) -> dict[str, Kind]:
    return {
        f"RES/{session}/{{number}}": Kind.RESOLUTION,
        f"DEC/{session}/{{number}}": Kind.DECISION,
        f"PRST/{session}/{{number}}": Kind.PRESIDENT,
    }


_BY_ROMAN_SESSION = {
    "RES/{number} {letter} ({session:roman})": Kind.RESOLUTION,
    "RES/{number} ({session:roman})": Kind.RESOLUTION,
}
_RUNNING = {
    "SR.{number}": Kind.RECORD,
    "PV.{number}": Kind.RECORD,
    "L.{number}": Kind.DRAFT,
    "INF/{number}": Kind.DOCUMENT,
}
_COUNTRY_REPORTS = {
    "{country}/CO/{number:reports}": Kind.OBSERVATIONS,
    "{country}/FCO/{number:reports}": Kind.DOCUMENT,
    "{country}/Q/{number:reports}": Kind.ISSUES,
    "{country}/QPR/{number:reports}": Kind.ISSUES,
    "{country}/{year}/{number}": Kind.DOCUMENT,
    "{country}/{number:reports}": Kind.DOCUMENT,
}
_TREATY = {
    **_COUNTRY_REPORTS,
    "OPAC/{country}/CO/{number:reports}": Kind.OBSERVATIONS,
    "OPAC/{country}/Q/{number:reports}": Kind.ISSUES,
    "OPAC/{country}/{number:reports}": Kind.DOCUMENT,
    "OPSC/{country}/CO/{number:reports}": Kind.OBSERVATIONS,
    "OPSC/{country}/Q/{number:reports}": Kind.ISSUES,
    "OPSC/{country}/{number:reports}": Kind.DOCUMENT,
    "GC/{number}": Kind.COMMENT,
    "CR/{session:meeting}/{number}": Kind.OBSERVATIONS,
    "{session:meeting}/CO/{number}": Kind.OBSERVATIONS,
    "{session:meeting}/D/{number}/{year}": Kind.COMPLAINT,
    "SR.{number}": Kind.RECORD,
    **_papers("{session:meeting}"),
    "{number}": Kind.DOCUMENT,
}

FORMS: tuple[Form, ...] = (
    # General Assembly
    *_series("ga", "A", _decided("{session}")),
    *_series("ga", "A", _decided("{session:special}")),
    *_series("ga", "A", _BY_ROMAN_SESSION),
    *_series("ga", "A", _papers("{session}")),
    *_series("ga", "A", _papers("{session:special}")),
    Form("ga", Kind.DOCUMENT, "A/INF/{session}/{number}"),
    Form("ga", Kind.RECORD, "A/BUR/{session}/SR.{number}"),
    *_series("ga3", "A/C.3", _papers("{session}")),
    *_series("ga3", "A/C.3", _papers("{session:special}")),
    *_series("ga3", "A/C.3", _RUNNING),
    Form("ga3", Kind.DOCUMENT, "A/C.3/{number}"),
    *_series("ga", "A/C.{committee:main}", _papers("{session}")),
    *_series("ga", "A/C.{committee:main}", _RUNNING),
    *_series("ga", "A/AC.{committee}", _papers("{year}")),
    *_series("ga", "A/AC.{committee}", _RUNNING),
    Form("ga", Kind.DOCUMENT, "A/AC.{committee}/{number}"),
    *_series("ga", "A/CONF.{committee}", _RUNNING),
    Form("ga", Kind.DOCUMENT, "A/CONF.{committee}/{number}"),
    # Human Rights Council, its review and its working groups
    *_series("hrc", "A/HRC", _decided("{session:council}")),
    *_series("upr", "A/HRC/WG.6", {"{session:meeting}/{country}/{number}": Kind.DOCUMENT}),
    *_series("upr", "A/HRC/WG.6", _papers("{session:meeting}")),
    *_series("wgeid", "A/HRC/WGEID", {"{session:meeting}/{number}": Kind.DOCUMENT}),
    *_series("wgad", "A/HRC/WGAD", {"{year}/{number}": Kind.DOCUMENT}),
    *_series("hrc", "A/HRC/AC", _papers("{session:meeting}")),
    *_series("hrc", "A/HRC/WG.{committee}", _papers("{session:meeting}")),
    *_series("hrc", "A/HRC", {"{session:council}/NI/{number}": Kind.DOCUMENT}),
    *_series("hrc", "A/HRC", _papers("{session:council}")),
    # Security Council
    Form("sc", Kind.RESOLUTION, "S/RES/{number} ({year})"),
    Form("sc", Kind.RESOLUTION, "S/RES/{number}"),
    Form("sc", Kind.PRESIDENT, "S/PRST/{year}/{number}"),
    *_series("sc", "S", _RUNNING),
    Form("sc", Kind.DOCUMENT, "S/Agenda/{number}"),
    *_series("sc", "S", _papers("{year}")),
    *_series("sc", "S/AC.{committee}", _papers("{year}")),
    *_series("sc", "S/AC.{committee}", _RUNNING),
    # Commission on Human Rights and its Sub-Commission
    *(
        form
        for body, prefix in (("subcom", "E/CN.4/Sub.2"), ("chr", "E/CN.4"), ("csw", "E/CN.6"))
        for form in (
            *_series(body, prefix, _decided("{year}")),
            *_series(body, prefix, _BY_ROMAN_SESSION),
            *_series(body, prefix, _papers("{year}")),
            *_series(body, prefix, _RUNNING),
            Form(body, Kind.DOCUMENT, prefix + "/{number}"),
        )
    ),
    # Committee on Economic, Social and Cultural Rights
    *_series("cescr", "E/C.12", _COUNTRY_REPORTS),
    *_series("cescr", "E/C.12", {"GC/{number}": Kind.COMMENT}),
    *_series("cescr", "E/C.12", {"{session:meeting}/D/{number}/{year}": Kind.COMPLAINT}),
    *_series("cescr", "E/C.12", {"Q/{country}/{number}": Kind.ISSUES}),
    *_series("cescr", "E/C.12", _papers("{year}")),
    *_series("cescr", "E/C.12", _papers("{session:meeting}")),
    Form("cescr", Kind.DOCUMENT, "E/C.12/{number}"),
    # Economic and Social Council
    *_series("ecosoc", "E", _decided("{year}")),
    *_series("ecosoc", "E", _BY_ROMAN_SESSION),
    *_series("ecosoc", "E", _papers("{year}")),
    *_series("ecosoc", "E", _RUNNING),
    *_series("ecosoc", "E/CN.{committee}", _papers("{year}")),
    # Treaty bodies
    *(
        form
        for body in ("ccpr", "cedaw", "crc", "cerd", "cat", "crpd", "cmw", "ced")
        for form in (
            *_series(body, f"{body.upper()}/C", _TREATY),
            *_series(body, body.upper(), {"CO/{session:meeting}/{country}": Kind.OBSERVATIONS}),
            *_series(body, body.upper(), {"SP/{number}": Kind.DOCUMENT}),
        )
    ),
    *_series("cat", "CAT/OP", _COUNTRY_REPORTS),
    Form("treaty-bodies", Kind.DOCUMENT, "HRI/CORE/{country}/{year}"),
    Form("treaty-bodies", Kind.DOCUMENT, "HRI/CORE/{country}"),
    Form("treaty-bodies", Kind.DOCUMENT, "HRI/CORE/{number}"),
    Form("treaty-bodies", Kind.DOCUMENT, "HRI/GEN/{number}"),
    Form("treaty-bodies", Kind.DOCUMENT, "HRI/MC/{year}/{number}"),
    # Secretariat
    Form("ohchr", Kind.DOCUMENT, "HR/PUB/{year:two_digits}/{number}"),
    Form("secretariat", Kind.DOCUMENT, "ST/SGB/{year}/{number}"),
    Form("secretariat", Kind.DOCUMENT, "ST/AI/{year}/{number}"),
    # The early years, numbered through; after everything that says more
    Form("ga", Kind.DOCUMENT, "A/{number:old}"),
    Form("sc", Kind.DOCUMENT, "S/{number:old}"),
    Form("ecosoc", Kind.DOCUMENT, "E/{number:old}"),
)
