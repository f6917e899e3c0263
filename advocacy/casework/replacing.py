"""Other words in the place of a name: in plain text, in stored HTML, in JSON, in a row.

What is left must not hold the name any more; where that cannot be, nothing is replaced (Inexact).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.utils.text import slugify

from advocacy.protection.surfaces import words
from advocacy.publishing.models import Publication
from advocacy.publishing.richtext import RichTextField

from .sought import Sought, Span, normal

_PIECE = re.compile(
    r"""<(?:"[^"]*"|'[^']*'|[^"'>])*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|.""", re.DOTALL
)
_IN_LINE = re.compile(r"</?(?:a|strong|em|sub|sup|span|cite|b|i)\b")
_ATTRIBUTE = re.compile(r'\s([\w-]+)="([^"]*)"')
_ADDRESS = re.compile(r"\s*(?:https?|mailto):", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z][^>]*>")
#: Particles with two forms, after a syllable that ends on a consonant and after one that does not.
_PARTICLES = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("아", "야"))
_RIEUL = 8  # among the consonants a syllable can end on


class Inexact(Exception):
    """The name would still be there, or the rest would not be what it was."""


class Instead(NamedTuple):
    """How somebody may be named, in each language."""

    en: str
    ko: str

    def of(self, met: str) -> str:
        return self.ko if any("가" <= letter <= "힣" for letter in met) else self.en


class _Edit(NamedTuple):
    span: Span
    new: str


class Replacing:
    """`met` gathers the spellings that were replaced, as they are hashed."""

    def __init__(self, sought: Sought, instead: Instead) -> None:
        self.sought, self.instead = sought, instead
        self.met: set[str] = set()

    def text(self, text: str) -> str:
        """Raises Inexact."""
        if not self.sought.is_in(text):
            return text
        if _ADDRESS.match(text) and not re.search(r"\s", text.strip()):
            return ""  # an address with other words in it leads nowhere
        return self._checked(self._plain(text))

    def html(self, text: str) -> str:
        """Of a stored body. A name may be parted by marks within a line. Raises Inexact."""
        if not (self.sought.is_in(text) or self.sought.is_in(words(text))):
            return text
        pieces = [self._piece(match[0]) for match in _PIECE.finditer(text)]
        read = "".join(reading for _written, reading in pieces)
        edits = list(self._edits(read))
        written, number, end = [], 0, 0
        is_said = False
        for source, reading in pieces:
            start, end = end, end + len(reading)
            while number < len(edits) and edits[number].span.end <= start:
                number, is_said = number + 1, False
            is_tag = source.startswith("<") and len(source) > 1
            if reading and not is_tag and number < len(edits) and edits[number].span.start < end:
                source = "" if is_said else html.escape(edits[number].new, quote=False)
                is_said = True
            written.append(source)
        done = "".join(written)
        self._checked(words(done))
        return self._checked(done)

    def any(self, value: Any) -> Any:
        """Of any JSON. Raises Inexact."""
        match value:
            case str():
                return self.html(value) if _MARKUP.search(value) else self.text(value)
            case list():
                return [self.any(one) for one in value]
            case dict():
                return {self.text(key): self.any(one) for key, one in value.items()}
        return value

    def row(self, row: models.Model) -> list[str]:
        """Replace in all fields of a row; the names of those that changed. Raises Inexact."""
        return [name for field in row._meta.concrete_fields for name in self.field(row, field)]

    def field(self, row: models.Model, field: Any) -> list[str]:
        """The same in one; its name, if it changed."""
        value = getattr(row, field.attname)
        if (new := self._of_field(row, field, value)) == value:
            return []
        setattr(row, field.attname, new)
        return [field.name]

    def _of_field(self, row: models.Model, field: Any, value: Any) -> Any:
        if isinstance(field, models.JSONField):
            is_named = self.sought.is_in(json.dumps(value, ensure_ascii=False))
            return self.any(value) if is_named else value
        if not isinstance(value, str) or not value:
            return value
        if isinstance(field, RichTextField):
            return self.html(value)
        if not self.sought.is_in(value):
            return value
        if isinstance(field, models.SlugField):
            if isinstance(row, Publication):
                self._plain(value)
                return ""  # it is made of the title anew
            return self._checked(
                slugify(self._plain(value), allow_unicode=True)[: field.max_length]
            )
        new = self.text(value)
        if not new and not field.blank:
            raise Inexact
        return new[: field.max_length] if field.max_length else new

    def _plain(self, text: str) -> str:
        done, parts = 0, []
        for span, new in self._edits(text):
            parts += [text[done : span.start], new]
            done = span.end
        return "".join(parts) + text[done:]

    def _edits(self, text: str) -> Iterator[_Edit]:
        """Other words for each name, and with them the Korean particle that goes with these."""
        for span in self.sought.spans(text):
            met = text[span.start : span.end]
            self.met.add(normal(met))
            new = self.instead.of(met)
            particle, length = _particle(new, text[span.end :])
            yield _Edit(Span(span.start, span.end + length), new + particle)

    def _piece(self, source: str) -> tuple[str, str]:
        """As it is written from now on, and as it is read."""
        if source.startswith("<") and len(source) > 1:
            written = _ATTRIBUTE.sub(self._attribute, source)
            return written, "" if _IN_LINE.match(source) else "\n"
        return source, html.unescape(source) if source.startswith("&") else source

    def _attribute(self, match: re.Match[str]) -> str:
        value = html.unescape(match[2])
        if not self.sought.is_in(value):
            return match[0]
        if match[1] != "data-note":
            return ""  # a link that leads to the name leads nowhere
        return f' {match[1]}="{html.escape(self._checked(self._plain(value)))}"'

    def _checked(self, text: str) -> str:
        if self.sought.is_in(text):
            raise Inexact
        return text


def _particle(said: str, after: str) -> tuple[str, int]:
    """The particle that goes with the new words; how long the one was that went with the name."""
    if said and "가" <= said[-1] <= "힣":
        coda = (ord(said[-1]) - ord("가")) % 28
        for closed, opened in _PARTICLES:
            is_closed = coda and not (closed == "으로" and coda == _RIEUL)
            for form in (closed, opened):
                if after.startswith(form) and not "가" <= after[len(form) : len(form) + 1] <= "힣":
                    return closed if is_closed else opened, len(form)
    return "", 0


def texts_of(row: models.Model) -> Iterator[str]:
    """All that a row says, as it is searched."""
    for field in row._meta.concrete_fields:
        yield from said(getattr(row, field.attname))


def said(value: Any) -> Iterator[str]:
    """What a column says; of HTML also its words, which marks may part."""
    if isinstance(value, str) and value:
        yield value
        if _MARKUP.search(value):
            yield words(value)
    elif isinstance(value, dict | list):
        yield json.dumps(value, ensure_ascii=False)
