"""What readers see of the news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.hits.counter import Kind
from advocacy.hits.middleware import count
from advocacy.prepared import Prepared, Slot
from advocacy.publishing.addresses import find_published, path_of
from advocacy.publishing.citing import cited
from advocacy.publishing.head import Crumb, Feed, Head, front_page, other_than, with_query
from advocacy.publishing.lists import Paging
from advocacy.publishing.showing import Page
from advocacy.publishing.views import published_page

from .article_page import ArticlePage
from .models import Article, Tag
from .rows import page_of
from .shelf import Shelf, shelves

PER_PAGE = 20

_texts_of_the_piece = Prepared(
    lambda: (
        Article.objects.published(Slot("at", DateTimeField()))
        .of_the_piece(Slot("language"), Slot("slug"))
        .noting_corrections()
    )
)


@dataclass(frozen=True)
class Choice:
    """One option of a filter; `value` is what its query parameter then says."""

    value: str
    label: str
    count: int
    is_chosen: bool


@published_page("tag", "year", "page")
def index(request: HttpRequest, language: str) -> HttpResponse:
    counted, other = shelves(), other_than(language)
    books = counted[language]
    here, there = (path_of("news:index", code) for code in (language, other))
    tags = _tags_in_use(language, books)
    tag = _chosen(request.GET.get("tag"), {tag.slug: tag for tag in tags})
    year = _chosen(request.GET.get("year"), {str(year): year for year in books.years()})
    of_tag, slug = (tag.pk, tag.slug) if tag else (None, None)
    paging = Paging.of(
        request.GET.get("page"),
        total=books.total(of_tag, year),
        per_page=PER_PAGE,
        path_of=lambda page: with_query(here, tag=slug, year=year, page=page),
    )
    articles = Article.objects.published().filter(language=language)
    if tag:
        articles = articles.tagged(tag.slug)
    if year:
        articles = articles.in_year(year)
    by_tag, by_year = books.tags(year), books.years(of_tag)
    is_translated = paging.number == 1 and (
        not (tag or year) or counted[other].total(of_tag, year) > 0
    )
    chosen = [*([tag.named(language)] if tag else []), *([str(year)] if year else [])]
    context = {
        "head": Head(
            title=paging.titled(": ".join([_("News"), *([", ".join(chosen)] if chosen else [])])),
            language=language,
            path=paging.path,
            description=_("Articles and statements, newest first."),
            translations={other: with_query(there, tag=slug, year=year)} if is_translated else {},
            counterpart=there,
            crumbs=[front_page(language)],
            feeds=feeds(language),
        ),
        "rows": page_of(articles, paging),
        "paging": paging,
        "tag": tag.named(language) if tag else "",
        "year": year,
        "tag_choices": [
            Choice(t.slug, t.named(language), by_tag[t.pk], t == tag)
            for t in tags
            if by_tag[t.pk] or t == tag
        ],
        "year_choices": [Choice(str(y), str(y), n, y == year) for y, n in by_year.items()],
        "without_tag": with_query(here, year=year),
        "without_year": with_query(here, tag=slug),
        "here": here,
        "there": there,
        "count_there": counted[other].total(),
    }
    return render(request, "news/index.html", context)


@published_page("page")
def tag(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    subject, counted = Tag.objects.filter(slug=slug).first(), shelves()
    if subject is None or not (total := counted[language].total(subject.pk)):
        raise Http404
    other = other_than(language)
    here, there = (path_of("news:tag", code, slug) for code in (language, other))
    paging = Paging.of(
        request.GET.get("page"),
        total=total,
        per_page=PER_PAGE,
        path_of=lambda page: with_query(here, page=page),
    )
    is_translated = paging.number == 1 and counted[other].total(subject.pk)
    name = subject.named(language)
    context = {
        "head": Head(
            title=paging.titled(name),
            language=language,
            path=paging.path,
            description=_("Articles on: %(tag)s") % {"tag": name},
            translations={other: there} if is_translated else {},
            counterpart=path_of("news:tags", other),
            crumbs=[front_page(language), _news(language), _tags(language)],
            feeds=feeds(language, slug),
        ),
        "rows": page_of(Article.objects.published().filter(language=language).tagged(slug), paging),
        "paging": paging,
    }
    return render(request, "news/tag.html", context)


@published_page()
def tags(request: HttpRequest, language: str) -> HttpResponse:
    books, other = shelves()[language], other_than(language)
    counts = books.tags()
    context = {
        "head": Head(
            title=_("Tags"),
            language=language,
            path=path_of("news:tags", language),
            description=_("The subjects of our news, with the number of articles on each."),
            translations={other: path_of("news:tags", other)},
            crumbs=[front_page(language), _news(language)],
        ),
        "tags": [
            (path_of("news:tag", language, t.slug), t.named(language), counts[t.pk])
            for t in _tags_in_use(language, books)
        ],
    }
    return render(request, "news/tags.html", context)


@published_page()
def detail(request: HttpRequest, language: str, year: int, slug: str) -> HttpResponse:
    texts = _texts_of_the_piece(language=language, slug=slug, at=timezone.now())
    by_language = {text.language: text for text in texts}
    if language not in by_language:
        find_published(Article.objects.filter(language=language), slug=slug)  # 404, or 410
    article = by_language.pop(language)
    if article.year != year:
        return redirect(article, permanent=True)
    response = render(request, *_page(article, by_language))
    return count(response, Kind.VIEW, article.uuid)


@published_page()
def cite(request: HttpRequest, language: str, year: int, slug: str, ending: str) -> HttpResponse:
    """The article as a reference, in a file."""
    article = find_published(Article.objects.filter(language=language), slug=slug)
    if article.year != year:
        return redirect(path_of("news:cite", language, article.year, slug, ending), permanent=True)
    return cited(ArticlePage(article, {}).work, ending, name=slug)


def page(article: Article, at: datetime) -> Page:
    """The page of one article, whether readers can have it or not."""
    translations: dict[str, Any] = {text.language: text for text in article.translations(at)}
    return _page(article, translations)


def _page(article: Article, translations: Mapping[str, Article]) -> Page:
    page = ArticlePage(article, translations)
    head = page.head(crumbs=[front_page(article.language), _news(article.language)])
    return Page("news/detail.html", {"head": head, "page": page})


def _tags_in_use(language: str, books: Shelf) -> list[Tag]:
    """By name; a tag that only drafts bear is no reader's business."""
    used = books.tags()
    tags = [tag for tag in Tag.objects.all() if used[tag.pk]]
    return sorted(tags, key=lambda tag: tag.named(language).casefold())


def _chosen(asked: str | None, known: dict):
    """What a query parameter names; None without one. Raises Http404 for what is not there."""
    if not asked:
        return None
    if asked not in known:
        raise Http404
    return known[asked]


def feeds(language: str, tag: str = "") -> list[Feed]:
    """The feeds of a language or of a tag in it, for programs that look for them in a page."""
    name, args = ("feeds:tag", [language, tag]) if tag else ("feeds:news", [language])
    return [
        Feed("Atom", path_of(name, *args, "atom"), "application/atom+xml"),
        Feed("JSON Feed", path_of(name, *args, "json"), "application/feed+json"),
    ]


def _news(language: str) -> Crumb:
    return Crumb(_("News"), path_of("news:index", language))


def _tags(language: str) -> Crumb:
    return Crumb(_("Tags"), path_of("news:tags", language))
