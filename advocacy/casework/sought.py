"""What is taken out: the names of one person in every way they are met, and where in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from advocacy.protection.matching import Form, Kind, Matcher, Person
from advocacy.protection.matching.folding import fold, latin
from advocacy.protection.matching.names import in_hangul, words

#: As many words a name is looked for in at once, however it is parted.
MOST_WORDS = 6
#: Letters after which a name is found inside other words too; shorter ones mean too much else.
LONG_LATIN, LONG_HANGUL = 8, 3
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]{0,3}"


class Span(NamedTuple):
    start: int
    end: int


class Sought(Protocol):
    def is_in(self, text: str) -> bool: ...

    def spans(self, text: str) -> list[Span]:
        """Where it stands, in order, none over another. What is wrapped in something else (base64,
        percent signs) may not be among them: `is_in` knows it.
        """
        ...


class Named:
    """A person by the forms of their names: each as it is written, and all that sounds like it."""

    def __init__(self, forms: Iterable[str]) -> None:
        self.forms = tuple(dict.fromkeys(form.strip() for form in forms if normal(form)))
        named = tuple(Form(str(number), form) for number, form in enumerate(self.forms))
        self._matcher = Matcher([Person("sought", named)])
        patterns = sorted(filter(None, map(_pattern, self.forms)), key=len, reverse=True)
        self._written = re.compile("|".join(patterns) or "(?!)", re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        return bool(self._written.search(text)) or self._is_heard(text)

    def is_nearly_in(self, text: str) -> bool:
        """Whether a part of a name stands there, or what is one letter away: it may be somebody else."""
        return any(hit.kind in (Kind.GIVEN, Kind.NEAR) for hit in self._matcher.find(text))

    def spans(self, text: str) -> list[Span]:
        found = [Span(*match.span()) for match in self._written.finditer(text)]
        rest = self._written.sub(lambda match: "\n" * len(match[0]), text)
        found += (self._narrowed(rest, span) for span in narrowest(rest, _CHUNK, self._is_heard))
        return merged(found)

    def _is_heard(self, text: str) -> bool:
        return any(hit.kind == Kind.FULL for hit in self._matcher.find(text))

    def _narrowed(self, text: str, span: Span) -> Span:
        """Without what stands around the name in the same words: a bracket, an s, a particle."""
        within = text[span.start : span.end]
        start, end = next(narrowest(within, _WORD, self._is_heard), (0, len(within)))
        while (
            end - 1 > start
            and "가" <= within[end - 1] <= "힣"
            and self._is_heard(within[start : end - 1])
        ):
            end -= 1
        return Span(span.start + start, span.start + end)


class Either:
    """What any of several seeks."""

    def __init__(self, sought: Sequence[Sought]) -> None:
        self.sought = sought

    def is_in(self, text: str) -> bool:
        return any(one.is_in(text) for one in self.sought)

    def spans(self, text: str) -> list[Span]:
        return merged(span for one in self.sought for span in one.spans(text))


def normal(text: str) -> str:
    """The letters of a name alone, in one spelling of each: what is hashed of it, and compared."""
    return "".join(latin(word) for word in words(fold(text)))


def merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def narrowest(text: str, token: re.Pattern[str], is_there: Callable[[str], bool]) -> Iterator[Span]:
    """The shortest runs of tokens in which it is there; halves are asked before their parts."""
    tokens = [Span(*match.span()) for match in token.finditer(text)]

    def within(first: int, last: int) -> Iterator[Span]:
        """In the tokens from `first` up to `last`, that one left out."""
        if first >= last or not is_there(text[tokens[first].start : tokens[last - 1].end]):
            return
        if last - first > 2 * MOST_WORDS:
            middle = (first + last) // 2
            yield from within(first, min(last, middle + MOST_WORDS - 1))
            yield from within(middle, last)
            return
        start, end = first, last
        while end - 1 > start and is_there(text[tokens[start].start : tokens[end - 2].end]):
            end -= 1
        while start + 1 < end and is_there(text[tokens[start + 1].start : tokens[end - 1].end]):
            start += 1
        yield Span(tokens[start].start, tokens[end - 1].end)
        yield from within(end, last)

    return within(0, len(tokens))


def _pattern(form: str) -> str:
    """A form as it is written, whatever stands between its parts."""
    if name := in_hangul(form):
        return _BETWEEN.join(name) if len(name) >= LONG_HANGUL else ""  # else by the matcher alone
    parts = [re.escape(word) for word in words(fold(form))]
    is_long = len(normal(form)) >= LONG_LATIN
    written = _BETWEEN.join(parts)
    return written if is_long else rf"(?<![^\W_]){written}(?![^\W_])"
