"""News for feed readers: Atom (RFC 4287) and JSON Feed 1.1, of everything, a language or a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from advocacy.attachments import figures
from advocacy.attachments.models import Attachment
from advocacy.news.models import Article, ArticleDocument, Tag
from advocacy.pages.models import Organisation
from advocacy.publishing import citing
from advocacy.publishing.head import absolute
from advocacy.publishing.lists import written
from advocacy.publishing.richtext import footnoted
from advocacy.publishing.views import published_page

LENGTH = 30
_FROM_ROOT = re.compile(r'(href|src)="/(?!/)')
_SOURCE = re.compile(r"<source [^>]*>")
_RESPONSIVE = re.compile(r' (?:srcset|sizes)="[^"]*"')
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


@dataclass(frozen=True)
class Entry:
    """One article as a feed tells it; addresses are whole."""

    article: Article
    url: str
    content: str
    published: datetime
    changed: datetime
    author: str
    tags: list[str]
    documents: list[Attachment] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.article.uuid.urn


@published_page()
def everything(request: HttpRequest, form: str) -> HttpResponse:
    """All articles in both languages."""
    return _answer(form, _("News"), Article.objects.all(), request.path, home="/", language="")


@published_page()
def of_language(request: HttpRequest, language: str, form: str) -> HttpResponse:
    articles = Article.objects.filter(language=language)
    home = reverse("news:index", args=[language])
    return _answer(form, _("News"), articles, request.path, home=home, language=language)


@published_page()
def of_tag(request: HttpRequest, language: str, slug: str, form: str) -> HttpResponse:
    articles = Article.objects.filter(language=language).tagged(slug)
    tag = Tag.objects.filter(slug=slug).first()
    if tag is None or not articles.published().exists():
        raise Http404
    home = reverse("news:tag", args=[language, slug])
    return _answer(form, tag.named(language), articles, request.path, home=home, language=language)


def _answer(
    form: str, title: str, articles, path: str, *, home: str, language: str
) -> HttpResponse:
    who = Organisation.objects.filter(language=language or "en").first()
    entries = _entries(articles, who.short_name if who else "")
    whole_title = f"{who.short_name}: {title}" if who else title
    if form == "atom":
        return _atom(whole_title, entries, path, home, language)
    return _json(whole_title, entries, path, home, language)


def _entries(articles, organisation: str) -> list[Entry]:
    at = timezone.now()
    recent = (
        articles.published(at)
        .newest_first()
        .prefetch_related(
            "tags",
            "corrections",
            Prefetch("documents", ArticleDocument.objects.select_related("attachment")),
        )
    )
    return [_entry(article, organisation) for article in recent[:LENGTH]]


def _entry(article: Any, organisation: str) -> Entry:
    return Entry(
        article=article,
        url=absolute(article.get_absolute_url()),
        content=_content(article),
        published=article.published_at,
        changed=article.last_changed,
        author=article.byline or organisation,
        tags=[tag.named(article.language) for tag in article.tags.all()],
        documents=[row.attachment for row in article.documents.all()],
    )


def tell(article: Article, at: datetime) -> Iterator[str]:
    """Both forms of a feed that holds one article."""
    entries = [_entry(article, citing.organisation(article.language))]
    home = reverse("news:index", args=[article.language])
    for write in (_atom, _json):
        yield write("", entries, home, home, article.language).content.decode()


def _content(article: Article) -> str:
    """The whole text for a place without our style sheet and with another base address."""
    text = footnoted(figures.render(article.body, article.language), article.language)
    with translation.override(article.language):
        corrections = format_html_join(
            "",
            "<p><strong>{}, {}.</strong> {}</p>",
            (
                (_("Correction"), written(row.corrected_on), row.note)
                for row in article.corrections.all()
            ),
        )
    body = _RESPONSIVE.sub("", _SOURCE.sub("", text.body + text.notes))
    return _FROM_ROOT.sub(rf'\1="{absolute("/")}', body + corrections)


class _Atom(Atom1Feed):
    """With a summary that is text, the whole article as content, and each entry's own language."""

    def add_item(self, *args, **kwargs) -> None:
        """Without the signs that come along when something is pasted, and that XML does not have."""
        super().add_item(*args, **{name: _in_xml(value) for name, value in kwargs.items()})

    def add_item_elements(self, handler, item) -> None:
        super().add_item_elements(handler, {**item, "description": None})  # it would be called HTML
        if item["description"]:
            handler.addQuickElement("summary", item["description"])
        handler.addQuickElement("content", item["content"], {"type": "html"})

    def item_attributes(self, item) -> dict[str, str]:
        return {"xml:lang": item["language"]}


def _in_xml(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_xml(one) for one in value]
    return _NOT_XML.sub(" ", value) if isinstance(value, str) else value


def _atom(title: str, entries: list[Entry], path: str, home: str, language: str) -> HttpResponse:
    feed = _Atom(
        title=_in_xml(title),
        link=absolute(home),
        description="",
        language=language or None,
        feed_url=absolute(path),
        feed_guid=absolute(path),
    )
    for entry in entries:
        feed.add_item(
            title=entry.article.title,
            link=entry.url,
            description=entry.article.summary,
            unique_id=entry.id,
            author_name=entry.author or None,
            pubdate=entry.published,
            updateddate=entry.changed,
            categories=entry.tags,
            content=entry.content,
            language=entry.article.language,
            enclosures=[
                Enclosure(absolute(file.get_absolute_url()), str(file.size), file.media_type)
                for file in entry.documents
            ],
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _json(title: str, entries: list[Entry], path: str, home: str, language: str) -> HttpResponse:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": absolute(home),
        "feed_url": absolute(path),
        "items": [_json_item(entry) for entry in entries],
    }
    if language:
        feed["language"] = language
    return JsonResponse(
        feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False}
    )


def _json_item(entry: Entry) -> dict:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.article.title,
        "summary": entry.article.summary,
        "content_html": entry.content,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.changed.isoformat(),
        "language": entry.article.language,
        "authors": [{"name": entry.author}] if entry.author else [],
        "tags": entry.tags,
        "attachments": [
            {
                "url": absolute(file.get_absolute_url()),
                "mime_type": file.media_type,
                "title": file.title,
                "size_in_bytes": file.size,
            }
            for file in entry.documents
        ],
    }
