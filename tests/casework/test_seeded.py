"""Names put in every place of the site: all are found before publication, and none is public."""

from __future__ import annotations

import pytest
from django.test import Client

from advocacy.protection.router import ALIAS
from advocacy.publishing import actions
from tests.protection.entries import protect

from .plants import PEOPLE, SURFACES

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])
PUBLIC = ["/en/", "/ko/", "/en/news/", "/en/milestones/", "/en/meetings/", "/en/documents/"]
PUBLIC += ["/en/feed.xml", "/ko/feed.xml", "/sitemap.xml", "/en/search/"]


def is_refused(record) -> bool:
    try:
        actions.publish(record=record)
    except actions.NotPublishable as refused:
        return any("A protected name: " in problem for problem in refused.problems)
    return False


def shown() -> str:
    client = Client(HTTP_HOST="127.0.0.1:8000")
    return "".join(client.get(path).content.decode() for path in PUBLIC)


def planted(people, surfaces) -> list[str]:
    """What was not found."""
    missed = [
        f"{en} in {name}"
        for ko, en in people
        for name in surfaces
        if not is_refused(SURFACES[name](ko, en))
    ]
    public = shown()
    missed += [f"{form} is public" for person in people for form in person if form in public]
    return missed


def test_there_are_as_many_people_and_places_as_were_promised():
    assert len(set(PEOPLE)) == 40
    assert len(SURFACES) >= 30


@pytest.mark.parametrize("surface", list(SURFACES)[::6])
def test_a_name_in_any_place_is_found_before_it_is_public(key, surface):
    ko, en = PEOPLE[0]
    protect(ko)
    assert planted([(ko, en)], [surface]) == []


@pytest.mark.long
@pytest.mark.parametrize("surface", SURFACES)
def test_forty_names_in_any_place_are_found_before_they_are_public(key, surface):
    for ko, _en in PEOPLE:
        protect(ko)
    assert planted(PEOPLE, [surface]) == []
