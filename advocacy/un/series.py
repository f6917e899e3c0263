"""Whose documents come out in whose series.

A report to the Human Rights Council has a symbol of the Council, whoever wrote it: its rapporteurs,
the High Commissioner, a Commission of Inquiry. Source: United Nations Documentation: Research Guide
(Dag Hammarskjöld Library), "Document Symbols".
"""

from advocacy.un.symbols import Symbol

_TREATY_BODIES = {"ccpr", "cescr", "cedaw", "crc", "crpd", "cat", "ced", "cerd", "cmw"}
_EXPERTS = {"sr-dprk", "coi-dprk", "wgeid", "wgad", "special-procedures"}
_REPORTING = {"sg", "hchr", "ohchr", "secretariat"}
#: By the body that a symbol names, the others whose documents it may be.
_OTHERS: dict[str, set[str]] = {
    "ga": {"ga3", "hrc", "ecosoc", "treaty-bodies", *_TREATY_BODIES, *_EXPERTS, *_REPORTING},
    "ga3": {"ga", *_EXPERTS, *_REPORTING},
    "sc": {"ga", *_EXPERTS, *_REPORTING},
    "hrc": {"upr", *_EXPERTS, *_REPORTING},
    "upr": {"hrc", *_REPORTING},
    "wgeid": {"hrc", "special-procedures"},
    "wgad": {"hrc", "special-procedures"},
    "chr": {"subcom", "ecosoc", *_EXPERTS, *_REPORTING},
    "subcom": {"chr", *_EXPERTS, *_REPORTING},
    "ecosoc": {"chr", "csw", "cescr", *_REPORTING},
    "csw": {"ecosoc", *_REPORTING},
    "treaty-bodies": _TREATY_BODIES,
    **{body: {"treaty-bodies"} for body in _TREATY_BODIES},
    "ohchr": _REPORTING,
    "secretariat": _REPORTING,
}


def may_be_of(symbol: Symbol, body: str) -> bool:
    """Whether a document with this symbol may be one of `body`, a code of BODIES."""
    return body == symbol.body or body in _OTHERS.get(symbol.body, set())
