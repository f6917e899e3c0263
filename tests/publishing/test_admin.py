"""The publish bar, as an editor uses it."""

from datetime import datetime
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.meetings.models import Meeting
from advocacy.news.models import Article, Tag
from advocacy.publishing import actions
from tests import facts
from tests.publishing.forms import change_url, form

pytestmark = pytest.mark.django_db

GROUP = UUID("6f9c8a52-0000-4000-8000-000000000000")


def test_a_text_saved_as_a_draft_is_not_public(admin_client):
    answer = admin_client.post(reverse("admin:news_article_add"), form(_save="1"))
    article = Article.objects.get()
    assert answer.url == change_url(article)
    assert not Article.objects.published().exists()


def test_publish_saves_and_shows_the_text_to_readers(admin_client):
    admin_client.post(reverse("admin:news_article_add"), form(_publish="1"))
    assert Article.objects.published().get().title == "A statement in Geneva"


def test_what_cannot_be_published_is_saved_all_the_same_and_says_why(admin_client):
    url = reverse("admin:news_article_add")
    answer = admin_client.post(url, form(body="", _publish="1"), follow=True)
    assert "The text is empty." in answer.content.decode()
    assert Article.objects.get().title == "A statement in Geneva"
    assert not Article.objects.published().exists()


def test_a_public_text_opens_read_only_and_refuses_to_be_typed_over(admin_client):
    live = actions.publish(record=Article.objects.create(title="Public", body="<p>Words.</p>"))
    page = admin_client.get(change_url(live)).content.decode()
    assert "Change it" in page
    assert 'name="title"' not in page
    assert admin_client.post(change_url(live), form(title="Over")).status_code == 403
    live.refresh_from_db()
    assert live.title == "Public"


def test_change_it_opens_a_working_copy_that_publish_moves_over(admin_client):
    live = actions.publish(record=Article.objects.create(title="Before", body="<p>Words.</p>"))
    answer = admin_client.post(change_url(live, "open"))
    copy = Article.objects.get(replaces=live)
    assert answer.url == change_url(copy)
    admin_client.post(answer.url, form(title="After", seen_version=copy.version))
    assert Article.objects.published().get().title == "Before"
    copy.refresh_from_db()
    typed = form(title="After", seen_version=copy.version, _publish="1")
    assert admin_client.post(answer.url, typed).url == change_url(copy, "publish")
    admin_client.post(change_url(copy, "publish"), {"kind_en": "small"})
    assert Article.objects.published().get().title == "After"
    assert Article.objects.count() == 1


def test_opening_changing_and_withdrawing_are_never_done_by_a_link(admin_client):
    live = actions.publish(record=Article.objects.create(title="Public", body="<p>Words.</p>"))
    for verb in ("open", "withdraw", "trash", "restore", "discard", "translate"):
        assert admin_client.get(change_url(live, verb)).status_code == 405
    assert Article.objects.count() == 1


def test_a_stranger_and_somebody_who_is_no_staff_reach_no_verb(client, django_user_model):
    live = actions.publish(record=Article.objects.create(title="Public", body="<p>Words.</p>"))
    assert client.post(change_url(live, "withdraw")).status_code == 302
    client.force_login(django_user_model.objects.create_user("new", is_staff=False))
    assert client.post(change_url(live, "withdraw")).status_code == 302
    assert Article.objects.published().exists()


def test_withdraw_takes_the_text_away(admin_client):
    live = actions.publish(record=Article.objects.create(title="Public", body="<p>Words.</p>"))
    admin_client.post(change_url(live, "withdraw"), {"language": "en"})
    assert Article.objects.gone().get() == live


def test_the_second_of_two_editors_is_told_and_loses_nothing(admin_client):
    draft = Article.objects.create(title="Draft")
    url = change_url(draft)
    admin_client.post(url, form(title="First editor", seen_version=1))
    answer = admin_client.post(url, form(title="Second editor", seen_version=1))
    page = answer.content.decode()
    assert "A colleague has saved this text" in page
    assert "Second editor" in page
    draft.refresh_from_db()
    assert draft.title == "First editor"
    assert 'name="seen_version" value="2"' in page


def test_a_wrong_date_is_answered_with_a_sentence_and_the_typed_text_stays(admin_client):
    answer = admin_client.post(
        reverse("admin:news_article_add"),
        form(title="Kept title", event_date="2013-02-30", _save="1"),
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Kept title" in page
    assert "2013-02-30" in page
    assert not Article.objects.exists()


def test_a_body_of_a_hundred_thousand_letters_is_kept_whole(admin_client):
    body = "<p>" + "인권 " * 50_000 + "</p>"
    admin_client.post(reverse("admin:news_article_add"), form(body=body, _save="1"))
    assert Article.objects.get().body.count("인권") == 50_000


def test_working_copies_stand_in_no_list_and_no_search(admin_client):
    live = actions.publish(record=Article.objects.create(title="Only once", body="<p>Words.</p>"))
    actions.open_working_copy(record=live)
    listed = admin_client.get(reverse("admin:news_article_changelist")).content.decode()
    assert listed.count(">Only once<") == 1


def test_save_and_begin_the_korean_text_keeps_what_was_typed(admin_client):
    draft = Article.objects.create(title="Draft")
    answer = admin_client.post(
        change_url(draft), form(title="Typed", seen_version=1, _translate="ko")
    )
    korean = Article.objects.get(language="ko")
    draft.refresh_from_db()
    assert (draft.title, answer.url) == ("Typed", change_url(korean))
    assert korean.translation_group == draft.translation_group


def test_the_second_editor_keeps_every_choice_of_a_list(admin_client):
    meeting = Meeting.objects.create(date="2012-12")
    chosen = [Article.objects.create(title=f"Chosen {n}").pk for n in (1, 2)]
    fields = {
        "date": "2012-12",
        "articles": chosen,
        "seen_version": "0",
        **{
            f"{prefix}-{name}": "0"
            for prefix in ("texts", "participants", "documents", "corrections")
            for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        },
    }
    page = admin_client.post(change_url(meeting), fields).content.decode()
    assert "A colleague has saved this text" in page
    assert all(f'<option value="{pk}" selected' in page for pk in chosen)


def test_a_tag_is_the_same_by_its_korean_name(admin_client):
    Tag.objects.create(name="Geneva", name_ko="제네바")
    admin_client.post(
        reverse("admin:news_article_add"), form(tags="제네바, geneva, 증언", _save="1")
    )
    article = Article.objects.get()
    assert {tag.name for tag in article.tags.all()} == {"Geneva", "증언"}
    assert Tag.objects.count() == 2


def test_the_form_of_an_article_names_the_tags_there_are(admin_client):
    Tag.objects.create(name="Geneva", name_ko="제네바")
    Tag.objects.create(name="<Camps>")
    page = admin_client.get(reverse("admin:news_article_add")).content.decode()
    assert "In use: &lt;Camps&gt;, Geneva (제네바)." in page


def test_the_form_of_an_article_leads_to_the_meetings_and_milestones_that_name_it(
    admin_client, django_assert_max_num_queries
):
    english, korean = (
        Article.objects.create(title=title, language=language, translation_group=GROUP)
        for title, language in (("News", "en"), ("소식", "ko"))
    )
    led, followed = facts.meeting("2012-12"), facts.milestone("2013-03-21")
    led.articles.add(english)
    followed.articles.add(korean)
    actions.open_working_copy(record=led)
    with django_assert_max_num_queries(38):
        page = admin_client.get(change_url(korean)).content.decode()
    for fact in (led, followed):
        assert page.count(f'href="{change_url(fact)}"') == 1
    assert "December 2012" in page
    alone = Article.objects.create(title="Alone")
    page = admin_client.get(change_url(alone)).content.decode()
    assert "None. Open a meeting or a milestone and choose this article there." in page


@pytest.mark.parametrize(("desk", "first", "second"), [("en", "en", "ko"), ("ko", "ko", "en")])
def test_a_new_text_begins_in_the_language_of_the_desk(admin_client, desk, first, second):
    admin_client.cookies["django_language"] = desk
    page = admin_client.get(reverse("admin:news_article_add"))
    assert page.context["adminform"].form["language"].value() == first
    page = admin_client.get(reverse("admin:meetings_meeting_add"))
    texts = page.context["inline_admin_formsets"][0].formset
    assert texts.forms[0]["language"].value() == first
    assert texts.empty_form["language"].value() == second


def test_a_date_that_is_two_dates_is_not_read_as_either(admin_client):
    typed = form(published_at_0="04/05/2015", published_at_1="09:00", _save="1")
    page = admin_client.post(reverse("admin:news_article_add"), typed).content.decode()
    assert "Enter a valid date." in page
    assert "04/05/2015" in page


@pytest.mark.parametrize(
    ("desk", "said"), [("en", "8 April 2015, 21:01"), ("ko", "2015년 4월 8일 21:01")]
)
def test_the_list_names_the_zone_of_its_times(admin_client, desk, said):
    moment = timezone.make_aware(datetime(2015, 4, 8, 21, 1))  # noqa: DTZ001  in Seoul
    facts.article("A statement", published_at=moment)
    admin_client.cookies["django_language"] = desk
    page = admin_client.get(reverse("admin:news_article_changelist")).content.decode()
    assert said in page
    assert {"en": "Public from (Seoul time)", "ko": "공개 시작(서울 시각)"}[desk] in page
