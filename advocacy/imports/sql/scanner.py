"""The bytes of a dump, a window of them at a time.

Quotes, commas and backslashes are never a part of a longer letter, in UTF-8 nor in EUC-KR (CP949): so
bytes are looked at, and what they say is decoded afterwards.
"""

from __future__ import annotations

import re
from typing import Protocol

CHUNK = 1 << 18  # bytes
#: No text of an article is longer; what is, is passed over without being held.
MOST_OF_VALUE = 16 << 20
#: No name, number or keyword is longer.
LONGEST_TOKEN = 512

_SPACE = re.compile(rb"[\s\x00]*")
_STOP = {quote: re.compile(rb"[\\" + quote + rb"]") for quote in (b"'", b'"', b"`")}
_PLAIN = {quote: re.compile(quote + rb"([^\\" + quote + rb"]*)" + quote) for quote in _STOP}
# What has no say in where a statement ends. It always matches, so it never tries twice.
_REST = re.compile(rb"(?:[^'\"`;]+|'[^'\\]*')*")
_ESCAPED = re.compile(rb"\\(.)|''|\"\"|``", re.DOTALL)
_MEANT = {b"0": b"\0", b"b": b"\b", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"Z": b"\x1a"}
_MEANT |= {b"%": b"\\%", b"_": b"\\_"}  # a backslash there is one


class Cut(Exception):
    """The dump ends in the middle of something."""


class TooLong(Exception):
    """A value longer than any that is read; the scanner stands behind it."""


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Scanner:
    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.buffer, self.at = b"", 0
        self._line, self._counted = 1, 0

    @property
    def line(self) -> int:
        """The line it stands in, from 1."""
        self._line += self.buffer.count(b"\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def more(self) -> bool:
        """Read on, at least as much as is held: so what is long is looked at twice, not ever again."""
        chunk = self.stream.read(max(CHUNK, len(self.buffer) - self.at))
        if not chunk:
            return False
        self._line = self.line
        self.buffer, self.at, self._counted = self.buffer[self.at :] + chunk, 0, 0
        return True

    def peek(self, size: int = 1) -> bytes:
        """The next bytes; fewer at the end."""
        while len(self.buffer) - self.at < size and self.more():
            pass
        return self.buffer[self.at : self.at + size]

    def take(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """A token, if it comes next."""
        if len(self.buffer) - self.at < LONGEST_TOKEN:
            self.peek(LONGEST_TOKEN)
        if match := pattern.match(self.buffer, self.at):
            self.at = match.end()
        return match

    def run(self, pattern: re.Pattern[bytes], *, most: int = MOST_OF_VALUE) -> bytes:
        """All that comes next of a pattern like `[…]*`, however long. Raises TooLong."""
        parts: list[bytes] = []
        size = 0
        while True:
            match = pattern.match(self.buffer, self.at)
            if match:
                self.at = match.end()
                size += len(match[0])
                if size <= most:
                    parts.append(match[0])
            if self.at < len(self.buffer) or not self.more():
                break
        if size > most:
            raise TooLong
        return b"".join(parts)

    def skip(self, pattern: re.Pattern[bytes]) -> None:
        """As `run`, and nothing of it is kept."""
        while True:
            if match := pattern.match(self.buffer, self.at):
                self.at = match.end()
            if self.at < len(self.buffer) or not self.more():
                return

    def pass_over(self, end: bytes) -> None:
        """To behind the next `end`, or to where all ends."""
        while (found := self.buffer.find(end, self.at)) < 0:
            self.at = max(self.at, len(self.buffer) - len(end) + 1)
            if not self.more():
                self.at = len(self.buffer)
                return
        self.at = found + len(end)

    def spaces(self) -> None:
        """Over blanks and comments."""
        while True:
            self.skip(_SPACE)
            start = self.peek(3)
            if start[:2] == b"/*":
                self.at += 2
                self.pass_over(b"*/")
            elif start[:1] == b"#" or (start[:2] == b"--" and start[2:] in b" \t\r\n"):
                self.pass_over(b"\n")
            else:
                return

    def string(self, *, keep: bool = True) -> bytes:
        """What stands in the quotes that come next. Raises Cut, TooLong."""
        quote = self.peek()
        if match := _PLAIN[quote].match(self.buffer, self.at):
            end = match.end()
            if end < len(self.buffer) and self.buffer[end : end + 1] != quote:
                self.at = end
                return match[1] if keep else b""
        parts: list[bytes] = []
        size, is_escaped = 0, False
        self.at += 1
        while True:
            match = _STOP[quote].search(self.buffer, self.at)
            end = match.start() if match else len(self.buffer)
            step = 0
            if match:
                after = self.buffer[end + 1 : end + 2]
                if not after and self.more_behind(end):
                    continue
                if match[0] == b"\\" and after:
                    step, is_escaped = 2, True
                elif match[0] == b"\\":
                    raise Cut
                elif after == quote:
                    step, is_escaped = 2, True
            size += end + step - self.at
            if keep and size <= MOST_OF_VALUE:
                parts.append(self.buffer[self.at : end + step])
            self.at = end + step
            if match and not step:
                self.at += 1
                break
            if not match and not self.more():
                raise Cut
        if keep and size > MOST_OF_VALUE:
            raise TooLong
        value = b"".join(parts)
        return _ESCAPED.sub(_meant, value) if is_escaped and keep else value

    def more_behind(self, end: int) -> bool:
        """Read on without leaving where it stands; `end` is where the next byte is missing."""
        return end + 1 >= len(self.buffer) and self.more()

    def statement(self) -> None:
        """To behind the end of the statement. Raises Cut."""
        while True:
            match = _REST.match(self.buffer, self.at)
            self.at = match.end() if match else self.at
            byte = self.peek()
            if byte == b";":
                self.at += 1
                return
            if not byte:
                return
            if byte in b"'\"`":
                self.string(keep=False)


def _meant(match: re.Match[bytes]) -> bytes:
    escaped = match[1]
    return match[0][:1] if escaped is None else _MEANT.get(escaped, escaped)
