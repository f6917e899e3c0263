"""What stands on every page: the name, the menu, the foot."""

import pytest
from django.contrib.auth import get_user_model

from advocacy.pages.context import Site
from advocacy.pages.models import MenuItem, Organisation, StandingPage
from advocacy.publishing import actions
from tests.site.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    for language, name in (("en", "Citizens' Alliance"), ("ko", "북한인권시민연합")):
        Organisation.objects.create(
            language=language, name=name, short_name="NKHR", fine_print=f"{name}, 1996"
        )


def item(label: str, path: str = "", place: str = "main", **fields) -> MenuItem:
    fields.setdefault("language", "en")
    return MenuItem.objects.create(place=place, label=label, path=path, **fields)


def test_the_organisation_is_named_in_the_language_of_the_page(client, house):
    english, korean = Page(client, "/en/news/"), Page(client, "/ko/news/")
    assert english.said(".brand b") == ["Citizens' Alliance"]
    assert korean.said(".brand b") == ["북한인권시민연합"]
    assert english.said(".fine") == ["Citizens' Alliance, 1996"]
    assert english.said("title") == ["News – NKHR"]


def test_the_menu_is_in_the_order_staff_gave_it_and_in_the_language_of_the_page(client, house):
    item("Second", "/en/meetings/", position=2)
    item("First", "/en/news/", position=1)
    item("소식", "/ko/news/", language="ko")
    assert Page(client, "/en/tags/").said(".nav a") == ["First", "Second"]
    assert Page(client, "/ko/tags/").said(".nav a") == ["소식"]


def test_the_menu_says_which_page_this_is_and_what_it_is_part_of(client, house):
    item("Front", "/en/")
    item("News", "/en/news/")
    here = Page(client, "/en/news/")
    assert here.of(".nav a[aria-current]", "aria-current") == ["page"]
    tags = Page(client, "/en/tags/")
    assert not tags.all(".nav a[aria-current]")
    menu = Site("en", "/en/news/2015/one/").menu
    assert menu.count("aria-current") == 1
    assert '<a href="/en/news/" aria-current="true">News</a>' in menu


def test_the_foot_says_which_page_this_is(client, house):
    item("News", "/en/news/", place="record")
    item("Tags", "/en/tags/", place="record")
    assert Page(client, "/en/news/").said("footer a[aria-current=page]") == ["News"]


def test_a_page_with_a_korean_address_is_known_in_the_menu(client, house):
    contact = actions.publish(
        record=StandingPage.objects.create(language="ko", title="연락처", body="<p>.</p>")
    )
    item("연락처", page=contact, language="ko")
    here = Page(client, contact.get_absolute_url())
    assert here.of(".nav a", "aria-current") == ["page"]


def test_what_staff_write_in_a_menu_is_escaped_and_still_marked(client, house):
    item("News & <more>", "/en/news/?a=1&b='2'")
    menu = Site("en", "/en/news/?a=1&b='2'").menu
    assert 'aria-current="page">News &amp; &lt;more&gt;</a>' in menu


def test_a_menu_leads_to_a_standing_page_only_while_it_is_public(client, house):
    about = StandingPage.objects.create(title="About us", body="<p>.</p>")
    item("About", page=about)
    assert not Page(client, "/en/news/").all(".nav")
    actions.publish(record=about)
    assert Page(client, "/en/news/").of(".nav a", "href") == ["/en/about-us/"]
    actions.withdraw(publication=StandingPage.objects.get())
    assert not Page(client, "/en/news/").all(".nav")


def test_the_foot_shows_only_groups_that_have_links(client, house):
    item("Privacy", "/en/privacy/", place="site")
    item("About", "/en/about/", place="organisation")
    page = Page(client, "/en/news/")
    assert page.said("footer h2") == ["NKHR", "This site"]
    assert page.said("footer li") == ["About", "Privacy"]


def test_the_frame_costs_one_query_once_it_is_known(house, django_assert_num_queries):
    for number in range(20):
        item(f"Item {number}", f"/en/{number}/", place=["main", "record", "site"][number % 3])
    assert Site("en", "/en/").name == "Citizens' Alliance"
    site = Site("en", "/en/")
    with django_assert_num_queries(1):
        assert (site.name, site.tagline) == ("Citizens' Alliance", "")
        assert site.menu.count("<li>") == 7
        assert site.foot.count("<h2>") == 2
        assert site.brand
        assert site.icons


def test_the_frame_follows_what_staff_change(house):
    assert "<li>" not in Site("en", "/en/").menu
    link = item("Newest", "/en/news/")
    assert "Newest" in Site("en", "/en/").menu
    link.delete()
    assert "<li>" not in Site("en", "/en/").menu


def test_a_site_without_any_content_still_has_pages(client):
    page = Page(client, "/en/news/")
    assert not page.all(".nav")
    assert page.said("h1") == ["News"]


def test_the_admin_does_not_ask_for_what_only_readers_see(client, django_assert_num_queries):
    staff = get_user_model().objects.create_superuser("chief", password="x")
    client.force_login(staff)
    with django_assert_num_queries(2):  # the session and who it belongs to
        assert client.get("/admin/sign-in/yours/password/").status_code == 200
