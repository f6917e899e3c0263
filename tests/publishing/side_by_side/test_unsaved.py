"""What was typed beside the original and not saved."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.publishing.models import Unsaved
from tests.facts import milestone
from tests.publishing.forms import change_url, words
from tests.publishing.side_by_side.pages import address, fresh, typed

pytestmark = pytest.mark.django_db


def kept_beside(client, user, record, **fields) -> Unsaved:
    """As the script of the page sends it."""
    sent = typed(client, address(record), **fields)
    key = uuid4()
    body = {
        "user": str(user.pk),
        "kind": record._meta.label_lower,
        "record": str(record.live.uuid),
        "row": str(record.uuid),
        "isAsSaved": False,
        "fields": {name: [value] for name, value in sent.items() if name != "unsaved"},
    }
    url = reverse("publishing:keep", args=[key])
    assert client.post(url, json.dumps(body), content_type="application/json").status_code == 200
    return Unsaved.objects.get(key=key)


def test_what_was_typed_there_and_not_saved_is_offered_there_again(
    admin_client, admin_user, original, draft
):
    kept = kept_beside(admin_client, admin_user, draft, title="제네바의 방에서")
    page = words(admin_client.get(address(draft)))
    assert f"{address(draft)}?unsaved={kept.key}" in page
    taken_up = f"{address(draft)}?unsaved={kept.key}"
    assert 'value="제네바의 방에서"' in words(admin_client.get(taken_up))
    sent = typed(admin_client, taken_up, _save="1")
    assert admin_client.post(address(draft), sent).status_code == 302
    assert fresh(draft).title == "제네바의 방에서"
    assert not Unsaved.objects.exists()
    assert admin_client.get(f"{address(original, 'en')}?unsaved={kept.key}").status_code == 404


def test_in_the_whole_form_it_is_offered_with_all_else_as_it_is_saved(
    admin_client, admin_user, draft
):
    draft.event_date, draft.version = "2012-12", 2
    draft.tags.add("Camps")
    draft.coverage.create(outlet="An outlet")
    draft.save()
    kept = kept_beside(admin_client, admin_user, draft, title="제네바의 방에서")
    page = admin_client.get(change_url(draft))
    [offer] = page.context["offers"]
    assert [one.label for one in offer.differences] == ["Title"]
    taken_up = f"{change_url(draft)}?unsaved={kept.key}"
    sent = typed(admin_client, taken_up, _save="1")
    assert admin_client.post(change_url(draft), sent).status_code == 302
    saved = fresh(draft)
    assert (saved.title, str(saved.event_date)) == ("제네바의 방에서", "2012-12")
    assert [tag.name for tag in saved.tags.all()] == ["Camps"]
    assert [row.outlet for row in saved.coverage.all()] == ["An outlet"]


def test_the_other_language_of_a_fact_stays_when_it_is_taken_up_in_the_whole_form(
    admin_client, admin_user
):
    fact = milestone(
        titles={"en": "An inquiry", "ko": "조사"}, symbols=("A/HRC/RES/22/13",), public=False
    )
    kept = kept_beside(admin_client, admin_user, fact, **{"texts-0-title": "조사위원회"})
    [offer] = admin_client.get(change_url(fact)).context["offers"]
    assert [one.label for one in offer.differences] == ["Title (한국어)"]
    sent = typed(admin_client, f"{change_url(fact)}?unsaved={kept.key}", _save="1")
    sent |= {"body": "hrc", "kind": "resolution", "texts-0-language": "en"}
    sent |= {"texts-1-language": "ko", "outcome": ""}
    assert admin_client.post(change_url(fact), sent).status_code == 302
    assert {text.title for text in fact.texts.all()} == {"An inquiry", "조사위원회"}
    assert fact.symbols.count() == 1


def test_what_was_typed_in_the_whole_form_is_not_offered_there(admin_client, admin_user, draft):
    sent = typed(admin_client, change_url(draft), place="Geneva")
    Unsaved.objects.create(
        user=admin_user,
        key=uuid4(),
        kind="news.article",
        record=draft.uuid,
        row=draft.uuid,
        fields={name: [value] for name, value in sent.items()},
        typed_at=timezone.now(),
    )
    assert len(admin_client.get(change_url(draft)).context["offers"]) == 1
    assert admin_client.get(address(draft)).context["offers"] == []


def test_a_preview_of_what_is_typed_there_shows_the_whole_page(admin_client, admin_user, draft):
    draft.body = "<p>만났다.</p>"
    draft.save()
    sent = typed(admin_client, address(draft), title="제네바의 방에서")
    page = admin_client.post(change_url(draft, "preview"), sent, follow=True)
    assert "제네바의 방에서" in words(page)
    assert "만났다." in words(page)
