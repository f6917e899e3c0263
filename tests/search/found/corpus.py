"""Texts of our own beside the first record, for questions whose answers were judged by reading.

Each has a key, by which the judgements name it.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

from advocacy.attachments.models import Attachment, PageText
from advocacy.home import first_run
from advocacy.meetings.models import MeetingText
from advocacy.milestones.models import MilestoneText
from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.publishing import actions
from advocacy.search.results import Place

TEXTS = Path(__file__).with_name("texts.toml")


def load() -> dict[Place, str]:
    """The first record and these; the key of everything that can be found, by its place."""
    first_run.load()
    keys: dict[Place, str] = {}
    for model, kind in (
        (StandingPage, "page"),
        (MeetingText, "meeting"),
        (MilestoneText, "milestone"),
    ):
        for text in model.objects.published():
            keys[Place(kind, text.pk)] = f"{kind} {text.language} {text.slug}"
    for article in Article.objects.published():
        keys[Place("news", article.pk)] = f"news {article.language} first"
    for file in Attachment.objects.documents():
        keys[Place("pdf", file.pk)] = f"pdf {file.language} fact sheet"
    said = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    written = {text["key"]: _article(text) for text in said["text"]}
    for row in said["file"]:
        file = pdf(row["title"], row["pages"], row["language"])
        written[row["beside"]].documents.create(attachment=file)
        keys[Place("pdf", file.pk)] = row["key"]
    for key, article in written.items():
        keys[Place("news", actions.publish(record=article).pk)] = key
    return keys


def _article(text: dict) -> Article:
    sentences = re.split(r"(?<=[.?!])\n", text["body"])
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    names = ("language", "title", "summary")
    return Article.objects.create(body=body, **{name: text[name] for name in names})


def pdf(title: str, pages: list[str], language: str = "en") -> Attachment:
    """A PDF as it stands in the library, without its bytes."""
    digest = hashlib.sha256(repr((title, pages)).encode()).hexdigest()
    file = Attachment.objects.create(
        kind="pdf", title=title, name=f"file-{digest[:8]}", language=language, key=f"x/{digest}.pdf",
        media_type="application/pdf", sha256=digest, fingerprint=digest, size=1, pages=len(pages),
        width=595, height=842,
    )  # fmt: skip
    PageText.objects.bulk_create(
        PageText(attachment=file, number=number, text=text) for number, text in enumerate(pages, 1)
    )
    return file
