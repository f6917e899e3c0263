"""The one description a PDF keeps: its title, its language, and the mark of accessibility it had."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PDFUA_PART = re.compile(rb"pdfuaid:part(?:>\s*|\s*=\s*[\"'])(\d)")


def pdfua_part(packet: bytes) -> int | None:
    """The part of PDF/UA (ISO 14289) a packet claims, 1 or 2."""
    match = _PDFUA_PART.search(packet)
    return int(match[1]) if match and match[1] in (b"1", b"2") else None


def packet(*, title: str, language: str, pdfua: int | None) -> bytes:
    """A packet as ISO 16684-1 wants it, as small as it can be."""
    properties = []
    if title:
        words = escape(_NOT_IN_XML.sub("", title))
        properties.append(
            f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:title>'
        )
    if language:
        properties.append(
            f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>"
        )
    if pdfua:
        properties.append(f"<pdfuaid:part>{pdfua}</pdfuaid:part>")
        if pdfua == 2:
            properties.append("<pdfuaid:rev>2024</pdfuaid:rev>")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        + "".join(properties)
        + '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()
