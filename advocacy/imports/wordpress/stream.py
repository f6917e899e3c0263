"""The XML of a WordPress export as a stream of elements, each let go once it was looked at.

XML can name other files and grow without bound through what its DOCTYPE declares. An export has none,
so any is refused before a parser sees it. Of what else may be wrong a parser is told to make the
best: exports are put together from strings, and a plugin's stray byte must not cost twenty years.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, Protocol

from django.utils.translation import gettext as _
from lxml import etree

CHUNK = 1 << 16  # bytes
MOST_ERRORS = 500
LARGEST = 16_000_000  # bytes of one post with all its comments

#: What is looked at when it ends; all else in a post is read with it.
_LOOKED_AT = ("rss", "item", "link", *(f"{{*}}{name}" for name in ("author", "comment")))
_LOOKED_AT += tuple(f"{{*}}base_{name}_url" for name in ("site", "blog"))
#: Of what is sent as text, all that XML may not hold.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding=["']([A-Za-z0-9_-]{1,20})["']""")
_ENCODINGS = {"utf-8", "euc_kr", "cp949", "iso8859-1", "cp1252"}
_NAMESPACES = (
    ("wp", re.compile(r"https?://wordpress\.org/export/1\.[0-2]/")),
    ("excerpt", re.compile(r"https?://wordpress\.org/export/1\.[0-2]/excerpt/")),
    ("content", re.compile(r"https?://purl\.org/rss/1\.0/modules/content/")),
    ("dc", re.compile(r"https?://purl\.org/dc/elements/1\.1/")),
)
_ANY_VERSION = re.compile(r"https?://wordpress\.org/export/([^/]{1,20})/")


class Source(Protocol):
    """A stream of bytes that can be read again from its start."""

    def read(self, size: int, /) -> bytes: ...

    def seek(self, place: int, /) -> Any: ...


class NoExport(Exception):
    """This is no export of WordPress that can be read; `str()` is a sentence."""


class Broken(Exception):
    """From a line on the file cannot be read; `str()` is a sentence."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line


class Names:
    """What the prefixes of a document stand for: a tag such as `wp:post_id` for every version."""

    def __init__(self, root: etree._Element) -> None:
        self._known: dict[str, str] = {}
        declared = [str(address) for address in root.nsmap.values()]
        if not any(_NAMESPACES[0][1].fullmatch(address) for address in declared):
            versions = [match[1] for one in declared if (match := _ANY_VERSION.match(one))]
            if versions:
                said = _("This is version %(version)s of WordPress’ export; 1.0 to 1.2 are known.")
                raise NoExport(said % {"version": versions[0]})
            raise NoExport(_("This is no export of WordPress: it does not name its format."))

    def __call__(self, element: etree._Element) -> str:
        tag = element.tag
        if not isinstance(tag, str):  # a comment, an instruction
            return ""
        if tag not in self._known:
            if len(self._known) > 1000:  # of some dozens in an export
                self._known.clear()
            self._known[tag] = self._short(tag)
        return self._known[tag]

    @staticmethod
    def _short(tag: str) -> str:
        address, _bracket, local = tag.rpartition("}")
        if not address:
            return local
        found = (name for name, known in _NAMESPACES if known.fullmatch(address[1:]))
        return f"{next(found, '?')}:{local}"


def elements(stream: Source) -> Iterator[tuple[str, etree._Element, Names]]:
    """Every child of `<channel>` when it ends, by its name. Raises NoExport, and Broken."""
    # With every limit of libxml2 on: nodes of 10 MB at most, 256 deep.
    parser = etree.XMLPullParser(
        ("start", "end"),
        tag=_LOOKED_AT,
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    names: Names | None = None
    held, is_whole = 0, False
    for chunk in _chunks(stream):
        held += len(chunk)
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            raise Broken(error.lineno or 0, _cut(error.msg or "")) from error
        for event, element in parser.read_events():
            if names is None:
                names = Names(element)
            if event == "end" and (name := names(element)):
                if _is_part(element, names):
                    yield name, element, names
                    _let_go(element)
                    held = 0
                elif name == "wp:comment":  # holds people's addresses, and is left unread
                    element.clear()
                is_whole = name == "rss"
        _heed(parser)
        if held > LARGEST:
            raise Broken(0, _("One post is too large: nothing after it was read."))
    if names is None:
        raise NoExport(_("This is no export of WordPress: nothing is in it."))
    _heed(parser, at_the_end=True)
    if not is_whole:
        raise Broken(0, _("The file breaks off before its end. What came before was read."))


def _is_part(element: etree._Element, names: Names) -> bool:
    parent = element.getparent()
    return parent is not None and names(parent) == "channel"


def _let_go(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _heed(parser: etree.XMLPullParser, *, at_the_end: bool = False) -> None:
    """Give up where the file is no XML any more, in place of making guesses for hours."""
    log = parser.feed_error_log
    if len(log) > MOST_ERRORS:
        raise Broken(log[-1].line, _("The file is broken: nothing from here on was read."))
    fatal = [entry for entry in log if entry.level == etree.ErrorLevels.FATAL]
    if fatal and at_the_end:
        raise Broken(fatal[0].line, _cut(fatal[0].message))


def _cut(message: str) -> str:
    said = _("The file is damaged here (%(problem)s). What could be read of the rest was read.")
    return said % {"problem": message.strip()[:200]}


def _chunks(stream: Source) -> Iterator[bytes]:
    """The document in UTF-8, without what XML may not hold, and only if it begins like an export."""
    first = stream.read(CHUNK)
    decoder = codecs.getincrementaldecoder(_encoding(first))(errors="replace")
    # A plugin's blank line before all else is more than XML forgives.
    begin = decoder.decode(first).lstrip("\ufeff \t\r\n")
    prolog = _PROLOG.match(begin)
    rest = begin[prolog.end() : prolog.end() + 9] if prolog else ""
    if rest.upper().startswith("<!DOCTYPE"):
        raise NoExport(
            _("The file declares a DOCTYPE, which no export of WordPress does: refused.")
        )
    if not rest.startswith("<rss"):
        raise NoExport(_("This is no export of WordPress: it does not begin with <rss>."))
    yield _fit(begin)
    while chunk := stream.read(CHUNK):
        yield _fit(decoder.decode(chunk))
    yield _fit(decoder.decode(b"", final=True))


def _encoding(begin: bytes) -> str:
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _ENCODING.match(begin)
    try:
        name = codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError:
        return "utf-8"
    return name if name in _ENCODINGS else "utf-8"


def _fit(text: str) -> bytes:
    return _UNFIT.sub("\ufffd", text).encode()
