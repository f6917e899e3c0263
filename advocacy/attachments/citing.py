"""Documents as works, and as what is saved with the text they stand beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advocacy.citing.work import Work
from advocacy.publishing import citing
from advocacy.publishing.head import absolute
from advocacy.publishing.models import Publication

from .models import Attachment, Document


def pdfs(documents: Iterable[Document], language: str) -> list[str]:
    """Their addresses, those in the language of the text first."""
    shown = [document.attachment for document in documents]
    ours = sorted(shown, key=lambda attachment: attachment.language != language)
    return [absolute(attachment.get_absolute_url()) for attachment in ours]


def work(attachment: Attachment, told_in: Sequence[Publication], language: str) -> Work:
    """A document, to be `signed()`: in its own language, else in that of the page; out since it
    stood in a text.
    """
    own = attachment.language or language
    url = absolute(attachment.get_absolute_url())
    moments = [text.published_at for text in told_in if text.published_at]
    return Work(
        id=str(attachment.uuid),
        title=attachment.title,
        language=own,
        url=url,
        published=citing.day(min(moments, default=None)),
        changed=citing.day(attachment.replaced_at),
        pdfs=[url],
        is_document=True,
    )
