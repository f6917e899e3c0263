"""The record a new site begins with, read from `firstrun/` (its README tells the format)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import transaction
from django.urls import reverse

from advocacy.attachments import actions as attachments
from advocacy.attachments.models import Attachment
from advocacy.meetings.models import Meeting, MeetingText, Participant
from advocacy.milestones.models import Milestone, MilestoneSymbol, MilestoneText
from advocacy.news.models import Article, Coverage, Tag
from advocacy.pages.models import MenuItem, Organisation, StandingPage
from advocacy.publishing import actions
from advocacy.publishing.models import Language
from advocacy.symbols import importing
from advocacy.symbols.models import UNDocument

FOLDER = Path(__file__).parent / "firstrun"
LANGUAGES = [language.value for language in Language]


def has_content() -> bool:
    """Whether somebody, or an earlier first run, has put anything here.

    Files come before all else, each by itself: those that nobody uploaded are of a run cut short.
    """
    texts = (Article, StandingPage, Meeting, Milestone, UNDocument)
    models = (*texts, Organisation, MenuItem, Tag)
    is_uploaded = Attachment.objects.filter(uploaded_by__isnull=False).exists()
    return is_uploaded or any(model._default_manager.exists() for model in models)


def load(folder: Path = FOLDER, *, tell: Callable[[str], None] = lambda line: None) -> None:
    """Load the whole record into an empty site, or nothing at all."""
    files = _load_files(folder, tell)
    with transaction.atomic():
        tags = _load_tags(folder)
        pages = _load_pages(folder, files)
        articles = _load_articles(folder, files, tags)
        meetings = _load_meetings(folder, articles)
        milestones = _load_milestones(folder, articles, meetings)
        symbols = _load_symbols(folder)
        _load_organisation(folder)
        _load_menu(folder, pages)
    tell(
        f"{len(pages)} pages, {len(articles)} article, {len(meetings)} meeting, "
        f"{milestones} milestones, {symbols} UN documents, {len(files)} documents"
    )


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _body(folder: Path, kind: str, key: str, language: str, files: dict[str, Attachment]) -> str:
    """A body, its figures named by key in the file and by uuid on the site."""
    text = (folder / kind / f"{key}.{language}.html").read_text(encoding="utf-8")
    return re.sub(
        r'data-attachment="([^"]+)"',
        lambda match: f'data-attachment="{files[match[1]].uuid}"',
        text,
    )


def _load_files(folder: Path, tell: Callable[[str], None]) -> dict[str, Attachment]:
    files = {}
    for row in _read(folder / "attachments.toml").get("attachment", []):
        language = row["language"]
        if there := Attachment.objects.filter(name=row["name"], language=language).first():
            files[row["key"]] = there
            continue
        tell(f"Preparing {row['file']}")
        files[row["key"]] = attachments.store(
            source=folder / row["file"],
            title=row["title"][language],
            name=row["name"],
            language=language,
        )
    return files


def _load_tags(folder: Path) -> dict[str, Tag]:
    rows = _read(folder / "tags.toml")["tag"]
    return {
        row["key"]: Tag.objects.create(
            name=row["en"]["name"], slug=row["en"]["slug"], name_ko=row["ko"]["name"]
        )
        for row in rows
    }


def _load_pages(folder: Path, files: dict[str, Attachment]) -> dict[tuple[str, str], StandingPage]:
    pages = {}
    for row in _read(folder / "pages.toml")["page"]:
        group = None
        for language in LANGUAGES:
            page = StandingPage(
                key=row["key"],
                language=language,
                body=_body(folder, "pages", row["key"], language, files),
                **row[language],
            )
            page.translation_group = group = group or page.translation_group
            page.save()
            _attach(page, row["documents"], files)
            pages[row["key"], language] = actions.publish(record=page)
    return pages


def _load_articles(
    folder: Path, files: dict[str, Attachment], tags: dict[str, Tag]
) -> dict[str, list[Article]]:
    articles: dict[str, list[Article]] = {}
    for row in _read(folder / "news.toml")["article"]:
        group = None
        for language in LANGUAGES:
            article = Article(
                language=language,
                body=_body(folder, "news", row["key"], language, files),
                byline=row["byline"],
                published_at=row["published_at"],
                event_date=row.get("event_date", ""),
                **row[language],
            )
            article.translation_group = group = group or article.translation_group
            article.save()
            article.tags.set([tags[key] for key in row["tags"]])
            _attach(article, row["documents"], files)
            for position, piece in enumerate(row["coverage"], 1):
                Coverage.objects.create(
                    article=article,
                    position=position,
                    outlet=piece["outlet"],
                    language=piece.get("language", ""),
                    description=piece["description"][language],
                )
            live = actions.publish(record=article, at=row["published_at"])
            articles.setdefault(row["key"], []).append(live)
    return articles


def _load_meetings(folder: Path, articles: dict[str, list[Article]]) -> dict[str, Meeting]:
    meetings = {}
    for row in _read(folder / "meetings.toml")["meeting"]:
        meeting = Meeting.objects.create(
            date=row["date"], place_en=row["en"].pop("place"), place_ko=row["ko"].pop("place")
        )
        meeting.articles.set(_firsts(row["articles"], articles))
        for position, person in enumerate(row["participant"], 1):
            person.pop("count", None)
            Participant.objects.create(meeting=meeting, position=position, **person)
        for language in LANGUAGES:
            MeetingText.objects.create(
                fact=meeting,
                language=language,
                body=_body(folder, "meetings", row["key"], language, {}),
                **row[language],
            )
        meetings[row["key"]] = actions.publish(record=meeting)
    return meetings


def _load_milestones(
    folder: Path, articles: dict[str, list[Article]], meetings: dict[str, Meeting]
) -> int:
    paths = sorted((folder / "milestones").glob("*.toml"))
    for row in map(_read, paths):
        names = ("date", "body", "kind", "own_step", "turning_point", "outcome")
        votes = ("votes_for", "votes_against", "votes_abstaining")
        milestone = Milestone.objects.create(
            **{name: row[name] for name in names}, **{name: row.get(name) for name in votes}
        )
        milestone.articles.set(_firsts(row["articles"], articles))
        milestone.meetings.set([meetings[key] for key in row["meetings"]])
        for position, symbol in enumerate(row["symbols"], 1):
            MilestoneSymbol.objects.create(milestone=milestone, position=position, symbol=symbol)
        for language in LANGUAGES:
            MilestoneText.objects.create(fact=milestone, language=language, **row[language])
        actions.publish(record=milestone)
    return len(paths)


def _load_symbols(folder: Path) -> int:
    text = importing.decoded((folder / "symbols.csv").read_bytes())
    result = importing.bring_in(importing.read(text))
    for problem in result.problems:
        raise ValueError(f"symbols.csv, line {problem.line}: {problem.sentence}")
    return len(result.made)


def _load_organisation(folder: Path) -> None:
    for language, fields in _read(folder / "organisation.toml").items():
        Organisation.objects.create(language=language, **fields)


def _load_menu(folder: Path, pages: dict[tuple[str, str], StandingPage]) -> None:
    for position, row in enumerate(_read(folder / "menu.toml")["item"], 1):
        kind, _, name = row["target"].partition(":")
        for language in LANGUAGES:
            target = (
                {"page": pages[name, language]}
                if kind == "page"
                else {"path": reverse(name, args=[language])}
            )
            MenuItem.objects.create(
                place=row["place"],
                language=language,
                position=position,
                label=row["label"][language],
                **target,
            )


def _attach(
    record: Article | StandingPage, keys: Iterable[str], files: dict[str, Attachment]
) -> None:
    """Its own language's document first."""
    documents = sorted((files[key] for key in keys), key=lambda f: f.language != record.language)
    for position, document in enumerate(documents, 1):
        record.documents.create(attachment=document, position=position)


def _firsts(keys: Iterable[str], articles: dict[str, list[Article]]) -> list[Article]:
    return [articles[key][0] for key in keys]
