"""Whether a text is in Korean or in English, told from its letters."""

from __future__ import annotations

import re

from advocacy.publishing.models import Language

_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
#: A syllable says as much as about two and a half letters.
_WORTH = 2.5
_ENOUGH = 20_000  # letters


def language_of(*texts: str) -> str:
    """Korean, where there is as much of it as of anything else; names of bodies are often English."""
    text = " ".join(texts)[:_ENOUGH]
    korean, english = len(_HANGUL.findall(text)) * _WORTH, len(_LATIN.findall(text))
    return Language.KO if korean and korean >= english / 2 else Language.EN
