"""A body as it stood on the old site, and what it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape

from django.utils.translation import gettext as _

from ..records import Form
from .events import Node, walk
from .writer import Writer

#: Longer ones are no text somebody wrote; of such only the words are kept.
MOST_OF_BODY = 2_000_000  # letters
_INLINE_FILE = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]+")
_MARK = re.compile(r"<!--picture (\d+)-->")
_HREF = re.compile(r'<a href="([^"]*)"')
_ADDRESS = re.compile(r"(?<![\w/])https?://[^\s<>\"'()]*[^\s<>\"'().,;:!?]")
_TAGS = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Picture:
    source: str  # as the body named it
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """HTML in which a mark stands where a picture was; `drawn` puts something in its place."""

    html: str
    pictures: tuple[Picture, ...] = ()
    dropped: tuple[str, ...] = field(default=())

    @property
    def links(self) -> list[str]:
        return [link.replace("&amp;", "&") for link in _HREF.findall(self.html)]

    def drawn(self, draw: Callable[[int], str]) -> str:
        return _MARK.sub(lambda match: draw(int(match[1])), self.html)


def convert(text: str, form: Form) -> Body:
    if form == Form.PLAIN:
        return Body(_paragraphs(text))
    text, inline = _INLINE_FILE.subn("", text)
    if len(text) > MOST_OF_BODY:
        words = _TAGS.sub(" ", text)
        return Body(_paragraphs(words), dropped=(_("It was too long to keep its form."),))
    if form == Form.BREAKS:
        text = text.replace("\n", "<br>\n")
    writer = Writer()
    for event in walk(text):
        if event.is_text:
            writer.text(event.name)
        elif event.is_end:
            if event.name != "img":  # one that begins is a picture, and nothing is in it
                writer.end(event)
        else:
            _start(writer, event)
    body = Body(writer.done(), tuple(writer.pictures), tuple(dict.fromkeys(writer.dropped)))
    if not inline:
        return body
    said = _("A picture that was written into the text itself was left out.")
    return Body(body.html, body.pictures, (*body.dropped, said))


def _start(writer: Writer, event: Node) -> None:
    if event.name == "img":
        source = event.attributes.get("src", "").strip()
        if source and not source.startswith("data:"):
            alt = " ".join(event.attributes.get("alt", "").split())
            writer.picture(Picture(source, alt), event.attributes.get("style", ""))
    else:
        writer.start(event)


def _paragraphs(text: str) -> str:
    """Text with its lines; a blank one parts paragraphs."""
    blocks: Iterable[str] = re.split(r"\n[ \t\u3000\xa0]*(?:\n[ \t\u3000\xa0]*)+", text.strip())
    lines = (
        "<br>".join(_linked(line.strip()) for line in block.split("\n"))
        for block in blocks
        if block.strip()
    )
    return "\n".join(f"<p>{block}</p>" for block in lines)


def _linked(line: str) -> str:
    parts: list[str] = []
    at = 0
    for match in _ADDRESS.finditer(line):
        address = escape(match[0])
        parts += [escape(line[at : match.start()]), f'<a href="{address}">{address}</a>']
        at = match.end()
    return "".join([*parts, escape(line[at:])])
