"""What pages of the staff desk cost, asked by those who work there."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from advocacy.accounts.models import User
from advocacy.news.models import Article

from . import measure

ROUNDS = 30
#: Whose every third article of the archive is.
AUTHOR = "bench-author"
EDITOR = "bench-editor"
_TITLES = {"app_label": "milestones", "model_name": "milestone", "field_name": "articles"}


def author() -> User:
    return User.objects.get_or_create(username=AUTHOR, defaults={"role": User.Role.AUTHOR})[0]


def costs() -> dict[str, float]:
    """By page and role, milliseconds of CPU; the median of some requests."""
    editor, _made = User.objects.get_or_create(
        username=EDITOR, defaults={"role": User.Role.EDITOR, "email": "bench@example.org"}
    )
    found = {}
    for somebody in (author(), editor):
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(somebody)
        for name, path, query in _pages():
            found[f"{name}, {somebody.role}"] = _cost(client, path, query)
    return found


def _pages() -> Iterator[tuple[str, str, dict[str, str]]]:
    listed = reverse("admin:news_article_changelist")
    oldest = Article.objects.order_by("pk").filter(created_by=author()).first()
    yield "the front page", reverse("admin:index"), {}
    yield "list of articles", listed, {}
    yield "its third page", listed, {"p": "3"}
    yield "by state", listed, {"state": "published"}
    yield "by language", listed, {"language": "en"}
    yield "sorted by title", listed, {"o": "2"}
    yield "a common word", listed, {"q": "session"}
    yield "a word that is nowhere", listed, {"q": "zebra"}
    yield "form of an article", reverse("admin:news_article_change", args=[oldest.pk]), {}
    yield "form of a new milestone", reverse("admin:milestones_milestone_add"), {}
    yield "chooser of articles", reverse("admin:autocomplete"), {**_TITLES, "term": "session"}
    yield "list of tags", reverse("admin:news_tag_changelist"), {}


def _cost(client: Client, path: str, query: dict[str, str]) -> float:
    def ask() -> None:
        answer = client.get(path, query)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")

    return measure.cpu_of(ask, ROUNDS)
