"""What the bytes of a dump say. Its words may be UTF-8, or EUC-KR with Microsoft's additions (CP949).

What a dump says of itself is often not so: the bytes are asked. One in which both make sense is
settled by what the longer ones before it were.
"""

from __future__ import annotations

import re
from collections import Counter

ENCODINGS = ("utf-8", "cp949")
#: No letter, and no place in a text of ours; PostgreSQL takes no NUL at all.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HANGUL = re.compile(r"[가-힣]")
# MySQL's `latin1` is that of Windows, and of the bytes that have no letter there gives back the number.
_LATIN1 = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(256)}
_LATIN1 |= {chr(byte): byte for byte in range(0x80, 0xA0)}


class Letters:
    """One dump's. `broken` counts values with bytes that say nothing, `turned` those mended."""

    def __init__(self, encoding: str = "") -> None:
        self.fixed = encoding
        self.seen = Counter(dict.fromkeys(ENCODINGS, 0))
        self.broken = 0

    def text(self, raw: bytes) -> tuple[str, bool]:
        """The words, and whether some of the bytes were none."""
        if raw.isascii():
            return self._kept(raw.decode("ascii")), False
        order = [self.fixed] if self.fixed else [name for name, _n in self.seen.most_common()]
        read: dict[str, str] = {}
        for name in order:
            try:
                read[name] = raw.decode(name)
            except UnicodeDecodeError:
                continue
        if len(read) == 1 and not self.fixed:
            self.seen[next(iter(read))] += len(raw)
        if not read:
            self.broken += 1
            return self._kept(raw.decode(order[0], errors="replace")), True
        return self._kept(_mended(next(iter(read.values())))), False

    def _kept(self, text: str) -> str:
        return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _mended(text: str) -> str:
    """Korean that was put into a table of Western letters, and came out of it as such."""
    if _HANGUL.search(text) or max(map(ord, text)) > 0x2122:
        return text
    try:
        raw = bytes(_LATIN1[letter] for letter in text)
    except KeyError:
        return text
    for name in ENCODINGS:
        try:
            meant = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if len(_HANGUL.findall(meant)) >= 2:
            return meant
    return text
