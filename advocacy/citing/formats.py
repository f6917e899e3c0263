"""The files a citation can be had as."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .bibtex import bibtex
from .csl import csl_json
from .ris import ris
from .work import Work


class Format(NamedTuple):
    name: str
    media_type: str
    write: Callable[[Work], str]


#: By the ending of the file.
FORMATS = {
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", ris),
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}
