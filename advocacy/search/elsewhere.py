"""What readers get of a text who search: what is found of it, and all that an excerpt is cut from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from advocacy.publishing import showing
from advocacy.publishing.models import Publication
from advocacy.publishing.showing import piece

from . import query, sources
from .showing import texts


def register() -> None:
    for source in sources.TEXTS.values():
        showing.register_elsewhere(source.model, tell)


def tell(text: Publication, at: datetime) -> Iterator[str]:
    kind, source = next(
        (kind, one) for kind, one in sources.TEXTS.items() if isinstance(text, one.model)
    )
    asked = query.read(text.title)
    row = texts(kind, {text.pk: text}, asked, text.language, at)[text.pk]
    for passage in chain([row.snippet], *source.passages(text)):
        yield piece("search/_result.html", row=row._replace(snippet=passage))
    for leaf in source.content(text).leaves():
        yield "\n".join([leaf.title, *leaf.lead, *leaf.body])
