"""A text and what is wrapped in it: entities, percent signs, escapes, base64."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

MOST_LAYERS = 4
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\u\{([0-9a-fA-F]{1,6})\}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")


def layers(text: str) -> Iterator[str]:
    """The text itself, then of its lines those that say something else when they are decoded, as often
    as they do.
    """
    seen = {text}
    for _ in range(MOST_LAYERS):
        yield text
        text = "\n".join(_decoded(text))
        if not text or text in seen:
            return
        seen.add(text)


def _decoded(text: str) -> Iterator[str]:
    if "&" in text or "%" in text or "\\" in text:
        for line in text.splitlines():
            plain = _ESCAPED.sub(_character, _from_percent(html.unescape(line)))
            if plain != line:
                yield plain
    for found in _BASE64.findall(text):
        if plain := _from_base64(found):
            yield plain


def _from_percent(line: str) -> str:
    """What is no UTF-8 in it is taken for Korean as it was encoded before, in addresses of old sites."""
    plain = unquote(line)
    return unquote(line, "cp949") if "\ufffd" in plain else plain


def _character(found: re.Match[str]) -> str:
    number = int(next(filter(None, found.groups())), 16)
    return chr(number) if number < 0x110000 else ""


def _from_base64(found: str) -> str:
    if found.isalpha() and (found.islower() or found.isupper() or found.istitle()):
        return ""  # a word
    written = found.rstrip("=").replace("-", "+").replace("_", "/")
    if len(written) % 4 == 1:
        return ""
    try:
        plain = base64.b64decode(written + "=" * (-len(written) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return plain if all(letter.isprintable() or letter.isspace() for letter in plain) else ""
