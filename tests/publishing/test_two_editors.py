"""Two people at one text: nothing is overwritten unawares, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.news.models import Article
from advocacy.publishing import actions, reviewing
from advocacy.publishing.models import Unsaved
from tests.facts import meeting, milestone
from tests.people import person
from tests.publishing.browsing import Opened, opened
from tests.publishing.forms import change_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    return signed_in(person("publisher", "Han"))


@pytest.fixture
def second():
    return signed_in(person("publisher", "Lee"))


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def draft():
    return Article.objects.create(title="Title", body="<p>Body.</p>", kicker="Kicker")


def both(first: Client, second: Client, record) -> tuple[Opened, Opened]:
    return opened(first, change_url(record)), opened(second, change_url(record))


def test_the_second_to_save_sees_both_texts_and_the_first_stays(first, second, draft):
    one, other = both(first, second, draft)
    one.type(title="Title of the first").save()
    page = other.type(title="Title of the second").sent_back()
    assert "A colleague has saved this text since you opened it" in page.words
    assert "Han saved it on" in page.words
    assert "Title of the" in page.words
    assert page["title"] == "Title of the second"
    assert page["choosing"] == "title"
    draft.refresh_from_db()
    assert draft.title == "Title of the first"


def test_the_difference_is_told_in_words(first, second, draft):
    one, other = both(first, second, draft)
    one.type(body="<p>She came to Geneva in March.</p>").save()
    page = other.type(body="<p>She came to Geneva in <strong>May</strong>.</p>").sent_back()
    assert "<del>" in page.text
    assert "March" in page.words
    assert "May" in page.words


@pytest.mark.parametrize(("choice", "kept"), [("mine", "second"), ("theirs", "first")])
def test_of_each_piece_the_second_chooses_which_text_stands(first, second, draft, choice, kept):
    one, other = both(first, second, draft)
    one.type(title="Title first", kicker="Kicker first").save()
    page = other.type(title="Title second", kicker="Kicker second").sent_back()
    page.choose(title=choice, kicker="mine").save()
    draft.refresh_from_db()
    assert (draft.title, draft.kicker) == (f"Title {kept}", "Kicker second")


def test_the_second_may_write_a_third_text_from_both(first, second, draft):
    one, other = both(first, second, draft)
    one.type(title="One").save()
    other.type(title="Two").sent_back().type(title="One and two").choose(title="mine").save()
    draft.refresh_from_db()
    assert draft.title == "One and two"


def test_without_a_choice_it_is_asked_again(first, second, draft):
    one, other = both(first, second, draft)
    one.type(title="One", kicker="One").save()
    page = other.type(title="Two", kicker="Two").sent_back().choose(kicker="mine").sent_back()
    assert page.fields["choosing"] == ["title"]
    assert page["title"] == "Two"
    page.choose(title="mine").save()
    draft.refresh_from_db()
    assert (draft.title, draft.kicker) == ("Two", "Two")


def test_what_the_first_alone_has_changed_is_chosen_already(first, second, draft):
    one, other = both(first, second, draft)
    one.type(title="New title").save()
    page = other.type(body="<p>New body.</p>").sent_back()
    assert page.fields["choosing"] == ["title"]
    assert "changed by your colleague alone" in page.words
    page.save()
    draft.refresh_from_db()
    assert (draft.title, draft.body) == ("New title", "<p>New body.</p>")


def test_nothing_is_asked_where_both_have_typed_the_same(first, second, draft):
    one, other = both(first, second, draft)
    one.type(title="The same").save()
    other.type(title="The same").save()
    draft.refresh_from_db()
    assert draft.title == "The same"


def test_a_choice_among_texts_that_are_no_longer_those_is_asked_anew(first, second, draft):
    one, other = both(first, second, draft)
    one.type(title="One").save()
    page = other.type(title="Two").sent_back()
    opened(first, change_url(draft)).type(title="Three").save()
    again = page.choose(title="mine").sent_back()
    assert "Three" in again.words
    draft.refresh_from_db()
    assert draft.title == "Three"
    again.choose(title="mine").save()
    draft.refresh_from_db()
    assert draft.title == "Two"


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", ["A", "C"]), ("theirs", ["A", "B"]), ("", ["A", "B"])]
)
def test_a_list_of_parts_is_taken_from_one_of_the_two(first, second, draft, choice, kept):
    draft.coverage.create(outlet="A")
    one, other = both(first, second, draft)
    add_coverage(one, "B").save()
    if choice:
        page = add_coverage(other, "C").sent_back()
        (cells,) = page.compared()
        assert cells[0] == "A · 1"
        assert "removed: B" in cells[1]
        assert "added: C" in cells[2]
        page.choose(coverage=choice).save()
    else:  # the second has left the list alone
        other.type(title="Another").sent_back().save()
    assert [row.outlet for row in draft.coverage.order_by("pk")] == kept


def add_coverage(form: Opened, outlet: str) -> Opened:
    number = form["coverage-TOTAL_FORMS"]
    names = ("language", "date", "headline", "url", "description", "archived_url", "id")
    row = {f"coverage-{number}-{name}": [""] for name in names}
    form.fields |= row | {
        f"coverage-{number}-outlet": [outlet],
        f"coverage-{number}-position": ["1"],
        f"coverage-{number}-article": [form["coverage-0-article"]],
        "coverage-TOTAL_FORMS": [str(int(number) + 1)],
    }
    return form


def test_a_part_the_first_has_deleted_is_not_lost_to_the_second_who_changed_it(
    first, second, draft
):
    draft.coverage.create(outlet="A")
    one, other = both(first, second, draft)
    one.type(coverage__0__DELETE="on").save()
    page = other.type(coverage__0__outlet="A, corrected").sent_back()
    assert page["coverage-0-outlet"] == "A, corrected"
    page.choose(coverage="mine").save()
    assert [row.outlet for row in draft.coverage.all()] == ["A, corrected"]


def test_each_language_of_a_fact_is_compared_by_itself(first, second):
    fact = meeting(titles={"en": "Meeting", "ko": "면담"}, public=False)
    one, other = both(first, second, fact)
    of = {one[f"texts-{n}-language"]: f"texts__{n}__title" for n in (0, 1)}
    one.type(**{of["en"]: "Meeting one", of["ko"]: "면담 하나"}).save()
    page = other.type(**{of["en"]: "Meeting two"}).sent_back()
    assert sorted(page.fields["choosing"]) == ["texts/en/title", "texts/ko/title"]
    page.choose(texts__en__title="mine").save()
    titles = {text.language: text.title for text in fact.texts.all()}
    assert titles == {"en": "Meeting two", "ko": "면담 하나"}


def test_a_language_the_first_has_added_stays(first, second):
    fact = milestone(titles={"en": "Resolution"}, public=False)
    one, other = both(first, second, fact)
    row = {
        name.replace("-0-", "-1-"): value
        for name, value in one.fields.items()
        if name.startswith("texts-0-")
    }
    row |= {"texts-1-id": [""], "texts-1-language": ["ko"], "texts-1-title": ["결의"]}
    one.fields |= row | {"texts-1-slug": [""], "texts-TOTAL_FORMS": ["2"]}
    one.save()
    page = other.type(texts__0__title="Another resolution").send()
    assert page.status_code == 302
    titles = {text.language: text.title for text in fact.texts.all()}
    assert titles == {"en": "Another resolution", "ko": "결의"}


def test_a_choice_of_related_records_and_of_dates_can_be_either(first, second):
    chosen, others = (Article.objects.create(title=t) for t in ("Chosen", "Other"))
    fact = milestone(public=False)
    one, other = both(first, second, fact)
    one.type(date="2014-03-28", articles=[str(chosen.pk)]).save()
    page = other.type(date="2014", articles=[str(others.pk)]).sent_back()
    assert set(page.fields["choosing"]) == {"date", "articles"}
    assert "Chosen" in page.words
    page.choose(date="theirs", articles="theirs").save()
    fact.refresh_from_db()
    assert str(fact.date) == "2014-03-28"
    assert list(fact.articles.all()) == [chosen]


# What cannot be saved there any more


def test_what_is_typed_while_a_colleague_publishes_is_offered_in_the_next_working_copy(
    first, second
):
    live = actions.publish(record=Article.objects.create(title="Title", body="<p>Body.</p>"))
    live.coverage.create(outlet="A")
    copy = actions.open_working_copy(record=live)
    form = opened(second, change_url(copy)).type(title="Typed", coverage__0__outlet="A, corrected")
    opened(first, change_url(copy)).save("_publish")
    answer = form.send()
    assert answer.status_code == 302
    page = opened(second, answer.headers["Location"])
    assert "was not saved" in page.words
    assert "Typed" in page.words
    assert "Change it, and take this up" in page.words
    kept = Unsaved.objects.get()
    answer = second.post(change_url(live, "open"), {"unsaved": str(kept.key)})
    form = opened(second, answer.headers["Location"])
    assert form["title"] == "Typed"
    form.choose(title="mine", coverage="mine").save()
    copy = live.changes()
    assert copy.title == "Typed"
    assert [row.outlet for row in copy.coverage.all()] == ["A, corrected"]
    assert Article.objects.get(pk=live.pk).title == "Title"
    assert not Unsaved.objects.exists()


def test_what_an_author_types_while_it_goes_into_review_is_kept(client, first):
    author, editor = person("author"), person("editor")
    client.force_login(author)
    draft = Article.objects.create(title="Title", created_by=author)
    form = opened(client, change_url(draft)).type(title="Typed")
    reviewing.ask(record=draft, by=author, reviewer=editor)
    answer = form.send()
    assert answer.status_code == 302
    page = opened(client, answer.headers["Location"])
    assert "was not saved" in page.words
    assert "Typed" in page.words
    draft.refresh_from_db()
    assert draft.title == "Title"
    reviewing.take_back(record=draft, by=author)
    kept = Unsaved.objects.get()
    opened(client, f"{change_url(draft)}?unsaved={kept.key}").save()
    draft.refresh_from_db()
    assert draft.title == "Typed"


def test_what_is_typed_while_a_colleague_puts_it_in_the_trash_is_kept(first, second, draft):
    form = opened(second, change_url(draft)).type(title="Typed")
    actions.trash(record=draft, by=first.user)
    answer = form.send()
    assert answer.status_code == 302
    page = second.get(answer.headers["Location"]).content.decode()
    assert "What you typed is kept" in page
    assert "Typed" in page
    actions.restore(record=draft)
    kept = Unsaved.objects.get()
    opened(second, f"{change_url(draft)}?unsaved={kept.key}").save()
    draft.refresh_from_db()
    assert draft.title == "Typed"


def become(user, role: str) -> None:
    user.role = role
    user.save()


@pytest.mark.parametrize("is_public", [False, True])
def test_what_somebody_types_while_the_right_to_is_taken_away_is_kept_for_when_it_is_given_back(
    second, draft, is_public
):
    if is_public:
        draft = actions.open_working_copy(record=actions.publish(record=draft))
    form = opened(second, change_url(draft)).type(title="Typed")
    become(second.user, "author")
    answer = form.send()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("admin:index")
    assert "this text is not yours to change any more" in second.get("/admin/").content.decode()
    assert second.get(change_url(draft)).status_code == 404
    become(second.user, "editor")
    page = opened(second, change_url(draft))
    assert "was not saved" in page.words
    assert ["[added: Typed]"] in [cells[1:] for cells in page.compared()]
    draft.refresh_from_db()
    assert draft.title == "Title"


def test_a_form_of_what_was_never_ones_own_is_refused(client, draft):
    client.force_login(person("author"))
    live = actions.publish(record=draft)
    assert client.post(change_url(live), {"title": "Over"}).status_code == 403
    assert client.post(change_url(Article(pk=10**6)), {"title": "Over"}).status_code == 404
    assert not Unsaved.objects.exists()


def test_what_was_typed_in_a_conflict_is_kept_even_when_the_page_is_left(first, second, draft):
    one, other = both(first, second, draft)
    one.type(title="One").save()
    other.type(title="Two").sent_back()
    assert "was not saved" in opened(second, change_url(draft)).words


@pytest.fixture
def changes(db):
    """Changes that wait, of what readers know."""
    return actions.open_working_copy(
        record=actions.publish(record=Article.objects.create(title="Title", body="<p>Body.</p>"))
    )


def test_changes_that_a_colleague_has_saved_since_are_not_dropped_unseen(first, second, changes):
    one, other = both(first, second, changes)
    one.type(title="Title of the first").save()
    answer = other.send("_", to=change_url(changes, "discard"))
    assert answer.url == change_url(changes)
    changes.refresh_from_db()
    assert changes.title == "Title of the first"
    page = opened(second, change_url(changes))
    assert "Not dropped: a colleague has saved these changes since you opened them" in page.words
    page.send("_", to=change_url(changes, "discard"))
    assert not Article.objects.filter(pk=changes.pk).exists()


def test_dropping_what_a_colleague_has_dropped_already_says_so(first, second, changes):
    one, other = both(first, second, changes)
    one.send("_", to=change_url(changes, "discard"))
    answer = other.send("_", to=change_url(changes, "discard"))
    assert answer.status_code == 404
