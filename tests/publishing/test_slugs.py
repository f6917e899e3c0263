"""The address of a text, as it is typed or follows from its title."""

import pytest
from django.urls import reverse

from advocacy.news.models import Article
from advocacy.publishing import actions
from tests import facts
from tests.publishing.forms import change_url, form, texts_form

pytestmark = pytest.mark.django_db


def test_a_slug_of_hangul_alone_is_kept(admin_client):
    admin_client.post(reverse("admin:news_article_add"), form(slug="유엔-성명", _publish="1"))
    assert Article.objects.published().get().slug == "유엔-성명"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("유엔 성명, 2013", "유엔-성명-2013"),
        ("Visit to/Geneva?", "visit-togeneva"),
        ("!!", "a-statement-in-geneva"),
    ],
)
def test_an_address_typed_as_people_write_is_put_right(admin_client, typed, kept):
    admin_client.post(reverse("admin:news_article_add"), form(slug=typed, _save="1"))
    assert Article.objects.get().slug == kept
    fact = facts.meeting(titles={"en": "A statement in Geneva"}, public=False)
    row = {"id": fact.texts.get().pk, "language": "en", "title": "A statement in Geneva"}
    admin_client.post(change_url(fact), texts_form(fact, [{**row, "slug": typed}]))
    assert fact.texts.get().slug == kept


def test_the_address_of_a_draft_follows_its_title_until_somebody_types_one(admin_client):
    Article.objects.create(title="Second title")
    draft = Article.objects.create(title="Untitled")

    def save(**typed):
        admin_client.post(change_url(draft), form(seen_version=draft.version, _save="1", **typed))
        draft.refresh_from_db()
        return admin_client.get(change_url(draft)).context["adminform"].form["slug"].value()

    assert save(title="Second title", slug="") == ""
    assert draft.slug == "second-title-2"
    assert save(title="Third title", slug="") == ""
    assert draft.slug == "third-title"
    assert save(title="Third title", slug="geneva") == "geneva"
    assert save(title="Fourth title", slug="geneva") == "geneva"
    assert draft.slug == "geneva"


def test_the_address_of_a_text_in_a_fact_follows_its_title(admin_client):
    fact = facts.meeting(titles={"en": "Untitled"}, public=False)
    page = admin_client.get(change_url(fact)).content.decode()
    assert 'placeholder="untitled"' in page
    row = {"id": fact.texts.get().pk, "language": "en", "slug": ""}
    admin_client.post(change_url(fact), texts_form(fact, [{**row, "title": "Talk in Geneva"}]))
    assert fact.texts.get().slug == "talk-in-geneva"


def test_an_address_that_readers_know_stays_when_the_title_changes(admin_client):
    live = actions.publish(record=Article.objects.create(title="First", body="<p>Words.</p>"))
    copy = actions.open_working_copy(record=live)
    typed = form(title="Second", slug="first", seen_version=copy.version, _save="1")
    admin_client.post(change_url(copy), typed)
    copy.refresh_from_db()
    assert (copy.title, copy.slug) == ("Second", "first")
