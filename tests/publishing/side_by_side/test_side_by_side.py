"""A translation is written beside its original, and told what has changed in it since."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from advocacy.meetings.models import Meeting
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.publishing import actions, checks, translating
from advocacy.publishing.models import HistoryEntry
from advocacy.publishing.revisions import keeping, returning
from tests.facts import article, meeting, milestone
from tests.people import person
from tests.publishing.forms import change_url, words
from tests.publishing.side_by_side.pages import address, fresh, rewrite, save, typed

pytestmark = pytest.mark.django_db


def test_the_original_stands_beside_the_fields_of_the_translation(admin_client, draft):
    page = words(admin_client.get(address(draft)))
    assert "English → 한국어" in page
    assert '<div class="rich"><p>They met in December.</p><p>Nobody spoke.</p></div>' in page
    assert 'name="body"' in page
    assert 'lang="en" aria-labelledby="original-summary"' in page
    assert "is not known" in page


def test_what_is_typed_there_is_saved_kept_and_logged_as_in_the_whole_form(
    admin_client, admin_user, draft
):
    answer = save(admin_client, address(draft), title="제네바의 방에서", body="<p>만났다.</p>")
    assert answer.url == address(draft)
    saved = fresh(draft)
    assert (saved.title, saved.body, saved.version) == ("제네바의 방에서", "<p>만났다.</p>", 2)
    entry = keeping.kept_of(saved).latest("pk")
    assert entry.revision.user == admin_user


def test_a_colleague_who_saved_meanwhile_is_not_overwritten_from_there(admin_client, draft):
    sent = typed(admin_client, address(draft), title="Mine", _save="1")
    save(admin_client, address(draft), title="Theirs")
    answer = admin_client.post(address(draft), sent)
    assert answer.status_code == 200
    assert "A colleague has saved this text" in words(answer)
    assert fresh(draft).title == "Theirs"


def test_publishing_from_there_is_hindered_by_the_same_checks(admin_client, draft):
    answer = admin_client.post(
        address(draft), typed(admin_client, address(draft), body="", _publish="1"), follow=True
    )
    assert "The text is empty." in words(answer)
    assert not Article.objects.published().filter(language="ko").exists()
    save(admin_client, address(draft), body="<p>만났다.</p>", _publish="1", _save=None)
    assert Article.objects.published().filter(language="ko").exists()


def test_a_translation_knows_the_version_it_was_made_from(admin_client, original, draft):
    save(admin_client, address(draft), title="제네바의 방에서")
    entry = HistoryEntry.objects.get(pk=fresh(draft).translated_from)
    assert entry.record == original.uuid
    assert "No word of it has changed since." in words(admin_client.get(address(draft)))


def test_what_has_changed_in_the_original_since_is_marked_in_words(admin_client, original, draft):
    save(admin_client, address(draft), title="제네바의 방에서")
    rewrite(original, body="<p>They met in January.</p><p>Nobody spoke.</p>")
    page = words(admin_client.get(address(draft)))
    assert "The original has changed since this was translated" in page
    assert re.search(r"<del>.*December.*</del>", page)
    assert re.search(r"<ins>.*January.*</ins>", page)
    assert page.count('class="pair-change"') == 1


def test_a_change_stays_marked_until_the_translation_is_said_to_follow_it(
    admin_client, original, draft
):
    save(admin_client, address(draft), title="제네바의 방에서")
    rewrite(original, summary="Two meetings.")
    save(admin_client, address(draft), summary="반쯤")
    assert "The original has changed since" in words(admin_client.get(address(draft)))
    save(admin_client, address(draft), summary="두 번의 면담.", follows="on")
    assert "No word of it has changed since." in words(admin_client.get(address(draft)))


def test_a_change_that_came_while_the_translator_wrote_is_not_taken_for_seen(
    admin_client, original, draft
):
    sent = typed(admin_client, address(draft), title="제네바의 방에서", follows="on", _save="1")
    keeping.keep(original)
    rewrite(original, summary="Two meetings.")
    admin_client.post(address(draft), sent)
    assert fresh(draft).title == "제네바의 방에서"
    assert "The original has changed since" in words(admin_client.get(address(draft)))


def test_an_original_that_is_being_rewritten_is_shown_as_it_was_last_saved(
    admin_client, original, draft
):
    copy = actions.open_working_copy(record=original)
    copy.summary, copy.version = "What waits.", copy.version + 1
    copy.save()
    keeping.keep(copy)
    assert "What waits." in words(admin_client.get(address(draft)))
    save(admin_client, address(draft), title="제네바의 방에서")
    actions.publish(record=fresh(copy))
    assert "No word of it has changed since." in words(admin_client.get(address(draft)))


def test_a_public_translation_is_read_there_and_changed_in_its_working_copy(admin_client, draft):
    save(admin_client, address(draft), title="방에서", body="<p>만났다.</p>")
    live = actions.publish(record=fresh(draft))
    page = words(admin_client.get(address(live)))
    assert 'name="title"' not in page
    assert "만났다." in page
    answer = admin_client.post(change_url(live, "open"), {"side_by_side": "ko"})
    copy = Article.objects.get(replaces=live)
    assert answer.url == address(copy)
    assert copy.translated_from == live.translated_from is not None
    assert admin_client.post(address(live), {"title": "Over"}).status_code == 403


def test_a_fact_is_translated_on_the_page_of_its_one_text(admin_client):
    fact = milestone(titles={"en": "An inquiry"}, our_part="<p>We asked.</p>", public=False)
    page = words(admin_client.get(address(fact)))
    assert "There is no text in 한국어 yet." in page
    assert "We asked." in page
    save(admin_client, address(fact), **{"texts-0-title": "조사", "texts-0-body": "<p>말.</p>"})
    text = fact.texts.get(language="ko")
    assert (text.title, text.body) == ("조사", "<p>말.</p>")
    assert fact.texts.get(language="en").title == "An inquiry"
    assert fresh(fact).version == 2
    assert text.translated_from is not None
    english = fact.texts.get(language="en")
    english.title, fact = "A commission of inquiry", fresh(fact)
    english.save()
    fact.version += 1
    fact.save()
    keeping.keep(fact)
    page = words(admin_client.get(address(fact)))
    assert re.search(r"<ins>.*commission.*</ins>", page)
    assert page.count('class="pair-change"') == 1
    save(admin_client, address(fact), follows="on", **{"texts-0-title": "조사위원회"})
    fact.texts.get(language="ko", title="조사위원회")
    assert "No word of it has changed since." in words(admin_client.get(address(fact)))


def test_the_page_of_one_language_cannot_write_the_other(admin_client):
    fact = meeting(titles={"en": "A meeting"}, public=False)
    sent = typed(admin_client, address(fact), **{"texts-0-title": "면담", "texts-0-language": "en"})
    answer = admin_client.post(address(fact), {**sent, "_save": "1"})
    assert answer.status_code == 200
    assert [text.title for text in fact.texts.all()] == ["A meeting"]


def test_a_public_fact_is_translated_in_its_working_copy(admin_client):
    fact = meeting(titles={"en": "A meeting"})
    assert 'name="texts-0-title"' not in words(admin_client.get(address(fact)))
    copy = actions.open_working_copy(record=fact)
    save(admin_client, address(copy), **{"texts-0-title": "면담", "texts-0-body": "<p>말.</p>"})
    live = actions.publish(record=fresh(copy))
    assert live.texts.get(language="ko").translated_from is not None
    assert "No word of it has changed since." in words(admin_client.get(address(live)))
    assert keeping.kept_of(live).count() == 3  # as it was, as saved, as published


def test_a_text_returned_to_follows_what_it_followed_then(admin_client, original, draft):
    save(admin_client, address(draft), title="제네바의 방에서")
    then = keeping.kept_of(draft).latest("pk")
    before = fresh(draft).translated_from
    rewrite(original, summary="Two meetings.")
    save(admin_client, address(draft), summary="두 번의 면담.", follows="on")
    assert fresh(draft).translated_from != before
    returning.return_to(record=fresh(draft), entry=then)
    assert fresh(draft).translated_from == before


def test_what_it_was_made_from_may_have_gone_for_good(admin_client, original, draft):
    save(admin_client, address(draft), title="제네바의 방에서")
    HistoryEntry.objects.filter(record=original.uuid).delete()
    assert "is not known" in words(admin_client.get(address(draft)))


def test_there_is_no_such_page_where_nothing_stands_in_the_other_language(admin_client, original):
    assert admin_client.get(address(original, "en")).status_code == 404
    assert admin_client.get(address(original, "ko")).status_code == 404
    fact = milestone(titles={"ko": "이정표"})
    assert admin_client.get(address(fact, "ko")).status_code == 404
    assert admin_client.get(address(fact, "en")).status_code == 200


def test_an_author_translates_a_public_text_and_sees_no_draft_of_its_author(client, original):
    author = person("author")
    copy = actions.open_working_copy(record=original, by=person("editor"))
    copy.summary, copy.version = "Secret changes.", 2
    copy.save()
    draft = actions.start_translation(record=original, language="ko", by=author)
    client.force_login(author)
    page = words(client.get(address(draft)))
    assert "A meeting." in page
    assert "Secret changes." not in page
    actions.withdraw(publication=original)
    assert client.get(address(draft)).status_code == 404


def test_forms_and_lists_lead_to_it(admin_client, original, draft):
    link = f'<a href="{address(draft)}">English → 한국어</a>'
    back = f'<a href="{address(original, "en")}">한국어 → English</a>'
    assert link in words(admin_client.get(change_url(draft)))
    listed = words(admin_client.get(reverse("admin:news_article_changelist")))
    assert link in listed
    assert back in listed
    fact = milestone(titles={"en": "A milestone"})
    link = f'<a href="{address(fact)}">English → 한국어</a>'
    assert link in words(admin_client.get(change_url(fact)))
    assert link in words(admin_client.get(reverse("admin:milestones_milestone_changelist")))


def test_the_checks_say_that_a_translation_is_behind_its_original(admin_client, original, draft):
    save(admin_client, address(draft), title="제네바의 방에서")
    said = "The original has changed since this was translated."

    def found():
        return [one for one in checks.report(fresh(draft)).consider if one.sentence == said]

    assert found() == []
    rewrite(original, summary="Two meetings.")
    assert [one.url for one in found()] == [address(draft)]


def test_findings_lead_to_this_page_or_to_the_whole_form(admin_client, draft):
    page = words(admin_client.get(address(draft)))
    assert '<a href="#at-body">The text is empty.</a>' in page
    assert f'href="{change_url(draft)}#' in page or "#publish-bar" not in page


def test_pair_is_of_the_two_texts_of_one_piece_alone(original, draft):
    other = article("Another")
    assert [one.language for one in translating.pairs(draft, person("editor"))] == ["ko"]
    assert translating.pairs(other, person("editor", "second")) == []
    assert Meeting.objects.count() == Milestone.objects.count() == 0


def test_a_form_with_a_mistake_is_shown_again_with_what_was_typed(admin_client, draft):
    sent = typed(admin_client, address(draft), title="!", summary="요약", _save="1")
    answer = admin_client.post(address(draft), sent)
    assert answer.status_code == 200
    assert "A title needs at least one letter or digit" in words(answer)
    assert "요약" in words(answer)
