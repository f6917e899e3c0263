"""The history of a record as an editor reads and compares it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.news.models import Article, Tag
from advocacy.publishing import actions, reviewing
from advocacy.publishing.models import HistoryEntry
from advocacy.publishing.revisions import keeping
from tests.attachments import makers
from tests.facts import article, milestone
from tests.people import person
from tests.publishing.forms import change_url, form, words
from tests.publishing.versions import entries, full_article, saved

pytestmark = pytest.mark.django_db


def compare(client, record, before, after, **kwargs):
    query = {"before": before.pk, "after": after.pk}
    return client.get(change_url(record, "compare"), query, **kwargs)


# Saving


def test_every_save_of_a_form_is_kept_with_who_and_what(admin_client, admin_user):
    admin_client.post(reverse("admin:news_article_add"), form(_save="1"))
    one = Article.objects.get()
    admin_client.post(change_url(one), form(title="Another title", seen_version=1, _save="1"))
    first, second = entries(one)
    assert first.revision.user == second.revision.user == admin_user
    assert second.revision.get_comment() == "Changed Title."
    assert "Another title" in second.revision.version_set.get().serialized_data


def test_the_parts_that_were_typed_are_in_what_is_kept(admin_client):
    coverage = {
        "coverage-TOTAL_FORMS": "1",
        "coverage-0-outlet": "An outlet",
        "coverage-0-position": "1",
    }
    admin_client.post(reverse("admin:news_article_add"), form(tags="Camps", **coverage))
    [entry] = entries(Article.objects.get())
    called = set(entry.revision.version_set.values_list("object_repr", flat=True))
    assert called == {"A statement in Geneva", "An outlet", "Camps"}


def test_saving_what_nobody_changed_keeps_nothing_new(admin_client):
    admin_client.post(reverse("admin:news_article_add"), form(_save="1"))
    one = Article.objects.get()
    typed = form(seen_version=1, _save="1")
    assert admin_client.post(change_url(one), typed).status_code == 302
    assert len(entries(one)) == 1


def test_a_form_that_is_refused_keeps_nothing(admin_client):
    admin_client.post(reverse("admin:news_article_add"), form(title=""))
    assert not HistoryEntry.objects.exists()


def test_publish_keeps_the_save_and_what_readers_then_know(admin_client):
    admin_client.post(reverse("admin:news_article_add"), form(_publish="1"))
    assert [entry.verb for entry in entries(Article.objects.get())] == ["saved", "published"]


# The list


def test_the_history_says_who_did_what_and_when(admin_client, admin_user):
    author = person("author")
    author.name = "Hae-in Yoon"
    author.save()
    one = article("First", public=False)
    keeping.keep(one, by=author, changed=[{"changed": {"fields": ["Title"]}}])
    live = actions.publish(record=one, by=admin_user)
    actions.withdraw(publication=live, by=author)
    said = words(admin_client.get(change_url(live, "history")))
    for part in ("Saved", "Published", "Withdrawn (English)", "Hae-in Yoon", "Changed Title."):
        assert part in said
    assert said.index("Withdrawn") < said.index("<b>Published") < said.index("<b>Saved")


def test_the_history_is_the_same_from_the_live_text_and_from_its_changes(admin_client):
    live = article("First")
    copy = actions.open_working_copy(record=live)
    saved(copy, title="Second")
    lines = [
        words(admin_client.get(change_url(one, "history"))).count("<tr class")
        for one in (live, copy)
    ]
    assert lines == [2, 2]


def test_a_list_of_hundreds_reads_no_text_and_has_pages(admin_client):
    one = article("First", public=False)
    for number in range(60):
        keeping.keep(one, by=None, changed=[{"changed": {"fields": [f"Field {number}"]}}])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        said = words(admin_client.get(change_url(one, "history")))
    assert len(queries) < 20
    assert not any("serialized_data" in query["sql"] for query in queries)
    assert said.count('<tr class="saved"') == 50
    assert "Field 59." in said
    older = words(admin_client.get(change_url(one, "history"), {"page": 2}))
    assert older.count('<tr class="saved"') == 10
    assert "Field 0." in older


def test_what_was_chosen_on_one_page_stays_chosen_on_the_next(admin_client):
    one = article("First", public=False)
    for _number in range(60):
        keeping.keep(one)
    newest, oldest = entries(one)[-1], entries(one)[0]
    url = change_url(one, "history")
    said = words(admin_client.get(url, {"page": 2, "after": newest.pk, "before": oldest.pk}))
    assert f'<input type="hidden" name="after" value="{newest.pk}">' in said
    assert f'name="before" value="{oldest.pk}" checked' in said


def test_a_text_of_which_nothing_is_kept_yet_says_so(admin_client):
    assert "Nothing is kept yet" in words(
        admin_client.get(change_url(article(public=False), "history"))
    )


# Two versions


def test_any_two_versions_are_compared_field_by_field(admin_client):
    one = article("First title", public=False)
    first = saved(one, body="<p>Four camps.</p>")
    saved(one, title="Between")
    third = saved(one, title="Last title", body="<p>Five camps.</p>", place="Geneva")
    said = words(compare(admin_client, one, first, third))
    for removed in ("First", "Four"):
        assert f"[removed: </span>{removed}<" in said
    for added in ("Last", "Five", "Geneva"):
        assert f"[added: </span>{added}<" in said
    assert "Between" not in said


def test_the_older_version_stands_on_the_left_however_they_were_chosen(admin_client):
    one = article("Old", public=False)
    first, second = saved(one), saved(one, title="New")
    said = words(compare(admin_client, one, second, first))
    assert "[removed: </span>Old<" in said


def test_parts_are_compared_too(admin_client):
    one = full_article()
    keeping.keep(one)
    one.coverage.update(headline="Another headline")
    one.documents.all().delete()
    one.tags.add(Tag.objects.create(name="Survivors"))
    keeping.keep(one)
    said = words(compare(admin_client, one, *entries(one)))
    for part in ("Media coverage", "Another", "A statement", "Survivors", "Tags"):
        assert part in said


def test_each_language_of_a_fact_is_compared(admin_client):
    one = milestone(titles={"en": "Vote", "ko": "표결"}, symbols=("A/HRC/25/63",), public=False)
    keeping.keep(one)
    text = one.texts.get(language="ko")
    text.title = "결의안 표결"
    text.save()
    one.symbols.all().delete()
    keeping.keep(one)
    said = words(compare(admin_client, one, *entries(one)))
    assert "Title (한국어)" in said
    assert "[added: </span>결의안<" in said
    assert "[removed: </span>A/HRC/25/63<" in said
    assert "Title (English)" in said.partition("The same in both:")[2]


def test_a_choice_a_date_and_a_mark_are_told_in_words(admin_client):
    one = milestone(public=False, kind="report", date="2013-03-21")
    keeping.keep(one)
    one.kind, one.date, one.turning_point = "review", "2013-03", True
    one.save()
    keeping.keep(one)
    said = words(compare(admin_client, one, *entries(one)))
    for part in ("Report<", "Review<", "[removed: </span>21<", "No<", "Yes<"):
        assert part in said, part


def test_a_picture_in_a_text_is_called_by_its_title(admin_client):
    one = full_article()
    keeping.keep(one)
    title = one.figures.get().attachment.title
    saved(one, body="<p>Words of weight.</p>")
    assert f"[Picture: {title}]" in words(compare(admin_client, one, *entries(one)))


def test_versions_that_do_not_differ_say_so(admin_client):
    one = article(public=False)
    assert "do not differ" in words(compare(admin_client, one, saved(one), saved(one)))


def test_two_versions_must_be_chosen(admin_client):
    one = article(public=False)
    entry = saved(one)
    for query in (
        {},
        {"before": entry.pk},
        {"before": "x", "after": "y"},
        {"before": entry.pk, "after": entry.pk},
    ):
        answer = admin_client.get(change_url(one, "compare"), query, follow=True)
        assert answer.redirect_chain[0][0] == change_url(one, "history")
        assert "Choose two different versions" in words(answer)


def test_a_version_of_another_record_is_not_found(admin_client):
    one, other = article(public=False), article("Other", public=False)
    answer = compare(admin_client, one, saved(one), saved(other))
    assert answer.status_code == 404


def test_comparing_costs_the_same_for_many_parts(admin_client, django_assert_max_num_queries):
    one = full_article()
    for number in range(20):
        one.documents.create(attachment=makers.attachment(title=f"Paper {number}"))
    keeping.keep(one)
    saved(one, title="Other")
    admin_client.get(change_url(one, "history"))
    with django_assert_max_num_queries(25):
        compare(admin_client, one, *entries(one))


def test_what_was_kept_in_a_form_no_longer_read_is_refused_with_a_sentence(admin_client):
    one = article(public=False)
    first, second = saved(one), saved(one, title="Second")
    first.revision.version_set.update(serialized_data="[{]")
    answer = compare(admin_client, one, first, second, follow=True)
    assert "can no longer be read" in words(answer)
    answer = admin_client.post(change_url(one, "return_to"), {"entry": first.pk}, follow=True)
    assert "can no longer be read" in words(answer)
    one.refresh_from_db()
    assert one.title == "Second"


# Who may


def test_a_colleagues_history_cannot_be_compared_or_returned_to(client):
    author, colleague = person("author"), person("author", "colleague")
    draft = article("Secret", public=False, created_by=colleague)
    live = article("Known", created_by=colleague)
    client.force_login(author)
    for record, status in ((draft, 404), (live, 403)):
        entry = saved(record) if record is draft else entries(record)[0]
        for verb in ("history", "compare"):
            assert client.get(change_url(record, verb)).status_code == status
        answer = client.post(change_url(record, "return_to"), {"entry": entry.pk})
        assert answer.status_code == status
    assert not Article.objects.filter(replaces__isnull=False).exists()


def test_changes_in_review_are_not_written_over_by_who_asked(client):
    author, editor = person("author"), person("editor")
    live = actions.publish(record=article("First", public=False, created_by=author))
    copy = actions.open_working_copy(record=live, by=author)
    reviewing.ask(record=copy, by=author, reviewer=editor)
    client.force_login(author)
    answer = client.post(change_url(live, "return_to"), {"entry": entries(live)[0].pk}, follow=True)
    assert "in review" in words(answer)
    assert len(entries(live)) == 1


def test_a_comparison_names_of_related_records_only_what_may_be_opened(client):
    author, colleague = person("author"), person("author", "colleague")
    one = milestone(public=False, created_by=author)
    keeping.keep(one)
    one.articles.add(article("zzsecret", public=False, created_by=colleague))
    keeping.keep(one)
    client.force_login(author)
    said = words(compare(client, one, *entries(one)))
    assert "zzsecret" not in said
    assert "not open to you" in said


def test_a_correction_is_told_with_its_date(admin_client):
    one = article(public=False)
    keeping.keep(one)
    one.corrections.create(corrected_on=date(2015, 1, 20), note="Four,\nnot three.")
    keeping.keep(one)
    said = words(compare(admin_client, one, *entries(one)))
    assert "Four, not three." in said
    assert "20 January" in said
