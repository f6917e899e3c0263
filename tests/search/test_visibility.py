"""Search shows what readers may see at that very moment, and tells nothing of anything else."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.publishing import actions
from tests.facts import HIDDEN, article, hide, meeting, milestone
from tests.search.found.corpus import pdf

pytestmark = pytest.mark.django_db

MARKER = "quagga"
ASKED = ["quagga", "quag*", '"quagga text"', "quaggas -lion", "얼룩말", "A/HRC/99/1234", "zebra"]


def hidden(state: str) -> None:
    """One text of each kind in that state, and a file of it, with words that stand nowhere else."""
    said = f"<p>{MARKER} text, 얼룩말, A/HRC/99/1234.</p>"
    one = Article.objects.create(title=f"{MARKER} article", body=said)
    one.documents.create(attachment=pdf(f"{MARKER} file", [f"{MARKER} text 얼룩말 A/HRC/99/1234"]))
    page = StandingPage.objects.create(title=f"{MARKER} page", body=said)
    talk = meeting(titles={"en": f"{MARKER} meeting"}, text=said, public=False)
    step = milestone(titles={"en": f"{MARKER} milestone"}, text=said, public=False)
    for record in (one, page, talk, step):
        hide(record, state)


def answers(client: Client) -> list[str]:
    found = []
    for typed in ASKED:
        for path in ("/en/search/", "/ko/search/"):
            for more in ({}, {"sort": "date"}, {"kind": "pdf"}, {"year": timezone.now().year}):
                found.append(client.get(path, {"q": typed, **more}).content.decode())
        found.append(client.get("/en/search/suggest/", {"q": typed}).content.decode())
    return found


def shown(client: Client, typed: str = MARKER) -> int:
    page = client.get("/en/search/", {"q": typed}).content.decode()
    return page.count('<article class="row">')


@pytest.mark.parametrize("state", HIDDEN)
def test_no_answer_shows_a_trace_of_what_is_not_public(client, state):
    article("Zebra")
    hidden(state)
    for answer in answers(client):
        for kind in ("article", "file", "page", "meeting", "milestone"):
            assert f"{MARKER} {kind}" not in answer.lower()
    for typed in ASKED[:-1]:
        assert shown(client, typed) == 0, typed


@pytest.mark.parametrize("state", HIDDEN)
def test_a_word_of_a_text_that_is_not_public_is_answered_as_one_that_nobody_wrote(client, state):
    """Else somebody could ask for name after name whether a draft or an embargoed text has it."""
    article("Zebra and quadrant")
    before = {typed: client.get("/en/search/", {"q": typed}).content for typed in PROBES}
    suggested = client.get("/en/search/suggest/", {"q": "quag"}).content
    hidden(state)
    for typed, answer in before.items():
        assert without_nonce(client.get("/en/search/", {"q": typed}).content) == without_nonce(
            answer
        )
    assert client.get("/en/search/suggest/", {"q": "quag"}).content == suggested


PROBES = ["quagga", "quaga", "quagg*", "zebra quagga", "zebra -quagga", "zebrra", "얼룩말"]


def without_nonce(content: bytes) -> bytes:
    head, _script, rest = content.partition(b"<script nonce=")
    return head + rest.partition(b"</script>")[2]


def test_changes_that_wait_are_not_found(client):
    for record in (article("Zebra"), milestone(), meeting()):
        copy = actions.open_working_copy(record=record)
        for text in copy.publications():
            text.title = text.summary = MARKER
            text.save()
    assert shown(client) == 0


def test_an_embargo_passes_and_an_end_comes_at_its_very_moment(client, time_machine):
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    one = Article.objects.create(
        title=MARKER,
        body="<p>.</p>",
        published_at=now + timedelta(minutes=5),
        unpublish_at=now + timedelta(minutes=9),
    )
    one.documents.create(attachment=pdf(f"{MARKER} file", [MARKER]))
    actions.publish(record=one)
    for minutes, number in ((0, 0), (4.99, 0), (5, 2), (8.99, 2), (9, 0)):
        time_machine.move_to(now + timedelta(minutes=minutes), tick=False)
        assert shown(client) == number, minutes
        _typed, titles, *_ = json.loads(client.get(f"/en/search/suggest/?q={MARKER}").content)
        assert len(titles) == number


def test_what_is_withdrawn_is_gone_with_the_same_click(client):
    one = article(f"{MARKER} now", public=False)
    one.documents.create(attachment=pdf(f"{MARKER} file", [MARKER]))
    live = actions.publish(record=one)
    assert shown(client) == 2
    actions.withdraw(publication=live)
    assert shown(client) == 0


def test_a_file_is_found_as_long_as_one_public_text_uses_it(client):
    file = pdf(f"{MARKER} file", [MARKER])
    first, second = (article(f"Text {number}", public=False) for number in (1, 2))
    for one in (first, second):
        one.documents.create(attachment=file)
    first, second = (actions.publish(record=one) for one in (first, second))
    actions.withdraw(publication=first)
    assert shown(client) == 1
    page = client.get("/en/search/", {"q": MARKER}).content.decode()
    assert "Text 2" in page
    assert "Text 1" not in page
    actions.withdraw(publication=second)
    assert shown(client) == 0


def test_staff_find_what_readers_find(client, django_user_model):
    hidden("draft")
    client.force_login(django_user_model.objects.create_superuser("chief", password="x"))
    assert shown(client) == 0
