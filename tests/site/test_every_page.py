"""What is true of every page readers can open; what each says of itself, tests/whole tests."""

import pytest

from advocacy.news.models import Article, Tag
from advocacy.pages.models import MenuItem, Organisation, StandingPage
from advocacy.publishing import actions
from tests.facts import meeting, milestone, page_of
from tests.site.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths() -> list[str]:
    """One address of each kind of page."""
    Organisation.objects.create(
        language="en", name="Citizens' Alliance", short_name="NKHR", about="Of Seoul."
    )
    MenuItem.objects.create(place="main", language="en", label="News", path="/en/news/")
    about = StandingPage.objects.create(title="About", summary="In short.", body="<p>.</p>")
    article = Article.objects.create(
        title="Article",
        summary="In short.",
        body='<p>See <a href="https://un.example/">there</a>.<img src="https://evil.example/x"></p>',
    )
    article.tags.add(Tag.objects.create(name="Geneva", slug="geneva"))
    shown = [actions.publish(record=record).get_absolute_url() for record in (about, article)]
    told = [page_of(meeting()), page_of(milestone(symbols=("A/HRC/25/63",)))]
    lists = ["/en/", "/en/news/", "/en/tags/", "/en/tags/geneva/", "/en/documents/"]
    return [*lists, "/en/meetings/", "/en/milestones/", *shown, *told]


def test_no_page_sets_a_cookie_or_asks_another_host(client, paths):
    for path in paths:
        page = Page(client, path)
        assert page.loads_from() == set(), path
        assert not page.response.cookies, path
        assert "Cookie" not in page.response.get("Vary", ""), path


def test_no_page_holds_a_script_or_a_style_of_its_own(client, paths):
    for path in paths:
        page = Page(client, path)
        scripts = [tag.attributes.get("type") for tag in page.all("script")]
        assert scripts == ["application/ld+json"], path
        assert not page.all("style, [style], iframe, embed, object"), path


def test_every_page_is_kept_by_browsers_only_until_they_ask_again(client, paths):
    for path in paths:
        kept = Page(client, path).response["Cache-Control"]
        assert {"public", "max-age=0", "must-revalidate"} == set(kept.split(", ")), path
