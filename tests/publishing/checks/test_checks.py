"""Each check finds what it is for, and is silent when that is mended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.attachments.models import PageText
from advocacy.meetings.models import Meeting, MeetingText
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.publishing import actions, checks
from advocacy.publishing.checks import Check, Finding, Severity
from advocacy.publishing.models import FormerAddress
from tests.attachments import makers, records
from tests.facts import article, hide, meeting, milestone
from tests.people import person

pytestmark = pytest.mark.django_db


def found(record) -> list[str]:
    """Every sentence, what must be fixed first."""
    report = checks.report(record)
    return [one.sentence for one in (*report.must_fix, *report.consider)]


def finding(record, part: str) -> Finding | None:
    report = checks.report(record)
    some = [one for one in (*report.must_fix, *report.consider) if part in one.sentence]
    assert len(some) < 2
    return some[0] if some else None


def draft(body: str = "<p>Words.</p>", **fields) -> Article:
    return Article.objects.create(**{"title": "A statement in Geneva", "body": body, **fields})


def change(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()
    return record


# What must be fixed, and hinders publishing


def test_an_article_without_a_text():
    one = draft(body="")
    assert finding(one, "The text is empty.") == Finding("The text is empty.", "body")
    assert not finding(change(one, body="<p>Words.</p>"), "empty")


def test_a_page_may_be_empty_while_its_documents_say_all():
    page = StandingPage.objects.create(title="Reports")
    assert checks.report(page).must_fix == []


def test_a_title_of_spaces():
    one = draft(title=" ")
    assert finding(one, "The title is missing.").field == "title"
    assert not finding(change(one, title="A title"), "title is missing")


def test_no_text_that_is_ready():
    one = meeting(public=False)
    text = one.texts.get()
    change(text, ready=False)
    assert finding(one, "No text is ready for readers.").field == "texts"
    change(text, ready=True)
    assert not finding(one, "No text is ready")


def test_the_address_of_another_text_in_changes_that_wait():
    article("Taken", slug="taken")
    copy = actions.open_working_copy(record=article("Another", slug="another"))
    change(copy, slug="taken")
    assert finding(copy, "has the address “taken”").field == "slug"
    assert not finding(change(copy, slug="mine"), "address")


def test_the_address_a_text_has_already_is_its_own():
    copy = actions.open_working_copy(record=article("Another", slug="another"))
    assert not finding(copy, "address")
    fact = actions.open_working_copy(record=meeting())
    assert not finding(fact, "address")


def test_a_picture_without_a_description():
    picture = makers.attachment("picture", title="The hall")
    one = draft(body=records.figure(picture))
    said = finding(one, "The picture “The hall” has no description.")
    assert said.field == "body"
    assert said.url == f"/admin/attachments/attachment/{picture.pk}/change/"
    change(picture, alt_ko="회의장")
    assert not finding(one, "no description")


def test_a_picture_that_is_decoration_needs_no_description():
    picture = makers.attachment("picture", title="The hall", decorative=True)
    assert not finding(draft(body=records.figure(picture)), "no description")


def test_a_document_without_a_language():
    document = makers.attachment(title="The letter", language="")
    one = draft()
    one.documents.create(attachment=document)
    assert finding(one, "“The letter” has no language").field == "documents"
    change(document, language="ko")
    assert not finding(one, "no language")


def test_a_file_of_a_fact_is_looked_at_in_the_text_that_shows_it():
    picture = makers.attachment("picture", title="The hall")
    one = meeting(titles={"en": "Met", "ko": "만남"}, public=False)
    change(one.texts.get(language="ko"), body=records.figure(picture))
    said = finding(one, "no description")
    assert (said.language, said.field) == ("ko", "body")


def test_a_text_that_is_held_back_hinders_nothing():
    one = meeting(titles={"en": "Met", "ko": "만남"}, public=False)
    picture = makers.attachment("picture")
    change(one.texts.get(language="ko"), body=records.figure(picture), ready=False)
    assert checks.problems(one) == []
    assert actions.publish(record=one).texts.get(language="en").status == "published"


@pytest.mark.parametrize("make", [article, meeting, milestone])
def test_what_must_be_fixed_and_what_hinders_publishing_are_one(make):
    one = make(public=False)
    one.documents.create(attachment=makers.attachment(language=""))
    must_fix = [finding.sentence for finding in checks.report(one).must_fix]
    with pytest.raises(actions.NotPublishable) as refused:
        actions.publish(record=one)
    assert refused.value.problems == must_fix != []


def test_what_is_to_be_considered_hinders_nothing():
    one = draft(body="<h4>Deep</h4><p>See A/HRC/RES/99-1/2.</p>")
    assert len(checks.report(one).consider) > 1
    assert actions.publish(record=one).is_public()


# What is to be considered: languages, titles, dates


def test_no_translation():
    one = draft()
    assert finding(one, "There is no text in 한국어 yet.").field == ""
    actions.start_translation(record=one, language="ko")
    assert not finding(one, "There is no text in")


def test_a_fact_told_in_one_language():
    one = meeting(public=False)
    assert finding(one, "There is no text in 한국어 yet.").field == "texts"
    MeetingText.objects.create(fact=one, language="ko", title="만남")
    assert not finding(one, "There is no text in")


def test_a_title_like_that_of_another_text():
    other = article("After meeting two survivors, the High Commissioner calls for an inquiry")
    one = draft(title="After meeting two survivors, the High Commissioner called for an inquiry")
    said = finding(one, "There is a similar title")
    assert other.title in said.sentence
    assert (said.field, said.url) == ("title", f"/admin/news/article/{other.pk}/change/")
    assert not finding(change(one, title="Two survivors speak in Geneva"), "similar title")


def test_the_same_title_years_apart():
    long_ago = timezone.now() - timedelta(days=3000)
    actions.publish(record=draft(title="Annual report"), at=long_ago)
    assert finding(draft(title="Annual report"), "similar title")


def test_a_title_like_another_years_apart_is_no_accident():
    long_ago = timezone.now() - timedelta(days=3000)
    actions.publish(record=draft(title="Annual report of the year 2014"), at=long_ago)
    assert not finding(draft(title="Annual report of the year 2015"), "similar title")


def test_the_title_of_a_draft_of_ones_own():
    author = person("author")
    draft(created_by=author)
    one = draft(created_by=author)
    one.opened_by = author
    assert finding(one, "similar title")


def test_the_title_of_a_colleagues_draft_is_not_told():
    author, colleague = person("author"), person("author", "colleague")
    hide(draft(created_by=colleague), "draft")
    one = draft(created_by=author)
    assert not finding(one, "similar title")
    one.opened_by = author
    assert not finding(one, "similar title")


def test_changes_that_wait_are_not_like_the_text_they_replace():
    for live in (article("A statement in Geneva"), meeting(titles={"en": "Two survivors"})):
        assert not finding(actions.open_working_copy(record=live), "similar title")
        assert not finding(live, "similar title")


def test_a_similar_title_of_a_fact_leads_to_the_fact():
    other = milestone(titles={"en": "The Council creates an inquiry"})
    one = milestone(titles={"en": "The Council creates an inquiry"}, public=False)
    said = finding(one, "similar title")
    assert (said.language, said.url) == ("en", f"/admin/milestones/milestone/{other.pk}/change/")


def test_facts_with_like_titles_that_happened_at_other_times_are_two():
    milestone("2009-12", titles={"en": "North Korea’s first Universal Periodic Review"})
    one = milestone(
        "2014", titles={"en": "North Korea’s second Universal Periodic Review"}, public=False
    )
    assert not finding(one, "similar title")
    assert finding(change(one, date="2009"), "similar title")


def test_titles_that_differ_in_a_number_are_two():
    article("Submission to the 17th session of the Council")
    assert not finding(draft(title="Submission to the 18th session of the Council"), "similar")


def test_something_that_happened_after_it_was_published():
    one = draft(
        event_date="2013-01-14",
        published_at=timezone.datetime(2013, 1, 13, 12, tzinfo=timezone.get_current_timezone()),
    )
    assert finding(one, "lies after the day of publication").field == "event_date"
    assert not finding(change(one, event_date="2013-01"), "lies after")


@pytest.mark.parametrize("make", [meeting, milestone])
def test_a_fact_that_is_yet_to_happen(make):
    one = make(date="2999", public=False)
    assert finding(one, "The date (2999) lies after").field == "date"
    assert not finding(change(one, date="2014"), "lies after")


# What is to be considered: bodies


def test_a_subheading_without_a_heading_above_it():
    one = draft(body="<h2>First</h2><h4>Too <em>deep</em></h4><p>Words.</p>")
    assert finding(one, "“Too deep” is a subheading").field == "body"
    assert not finding(change(one, body="<h2>First</h2><h3>Deep</h3><h2>Second</h2>"), "subheading")


def test_a_text_that_begins_with_a_subheading():
    assert finding(draft(body="<h3>First</h3><p>Words.</p>"), "subheading")


@pytest.mark.parametrize(("language", "words"), [("en", 2400), ("ko", 1720)])
def test_a_text_too_long_for_one_reading(language, words):
    one = draft(body=f"<p>{'말 ' * words}</p>", language=language)
    assert finding(one, "It takes about 11 minutes to read.").field == "body"
    assert not finding(change(one, body=f"<p>{'말 ' * 1500}</p>"), "minutes")


def test_a_milestone_is_as_long_as_both_its_bodies():
    one = milestone(
        text=f"<p>{'word ' * 1300}</p>", our_part=f"<p>{'word ' * 1300}</p>", public=False
    )
    assert finding(one, "It takes about 11 minutes")


@pytest.mark.parametrize("typed", ["A/HRC/RES/22-13/x", "CRC/XYZ/2/9"])
def test_what_looks_like_a_symbol_and_is_none(typed):
    one = draft(body=f"<p>It adopted {typed} that day.</p>")
    assert f"“{typed}” looks like a UN document symbol" in finding(one, "symbol").sentence
    assert not finding(
        change(one, body="<p>It adopted A/HRC/RES/22/13 that day.</p>"), "UN document"
    )


def test_a_slip_in_a_symbol_is_told_with_what_was_meant():
    one = draft(body="<p>Adopted as A/HRC/RES/22/l3 in March.</p>")
    assert "Did you mean A/HRC/RES/22/13?" in finding(one, "UN document symbol").sentence


@pytest.mark.parametrize(
    "body",
    [
        "<p>The A/B test, and/or the A/C unit, 24/7.</p>",
        '<p>See <a href="https://example.org/A/HRC/99/x1">https://example.org/A/HRC/99/x1</a></p>',
        "<p>A/HRC/25/63 and S/PV.7353, A/69/L.39/Rev.1.</p>",
    ],
)
def test_what_is_no_symbol_or_is_one_is_not_doubted(body):
    assert not finding(draft(body=body), "symbol")


# What is to be considered: links


def link(path: str) -> str:
    return f'<p><a href="{path}">There</a></p>'


def test_a_link_to_a_page_that_is_not_there():
    one = draft(body=link("/en/news/2013/nothing/"))
    assert finding(one, "The link to /en/news/2013/nothing/ leads to nothing").field == "body"


@pytest.mark.parametrize("make", [article, meeting, milestone])
def test_a_link_to_a_text_is_dead_until_it_is_published(make):
    other = make(public=False)
    path = other.publications()[0].get_absolute_url()
    one = draft(title="Linking", body=link(path))
    assert finding(one, "leads to nothing")
    actions.publish(record=other)
    assert not finding(one, "leads to nothing")
    for text in (
        type(other).objects.get().publications()
        if make is not article
        else [Article.objects.get(pk=other.pk)]
    ):
        actions.withdraw(publication=text)
    assert finding(one, "leads to nothing")


def test_a_link_in_full_to_this_site(settings):
    settings.SITE_URL = "https://nkhr.example"
    one = draft(body=link("https://nkhr.example/en/news/2013/nothing/"))
    assert finding(one, "leads to nothing")
    assert not finding(change(one, body=link("https://nkhr.example/en/news/")), "leads to")


def test_links_to_lists_and_other_sites_and_mail_are_left_alone():
    body = "".join(
        map(
            link,
            (
                "/en/news/",
                "/en/milestones/?decade=2010",
                "https://example.org/gone/",
                "mailto:a@example.org",
                "/en/news",
            ),
        )
    )
    assert not finding(draft(body=body), "leads to")


def test_a_link_to_an_address_that_leads_on():
    other = article("Moved", slug="now")
    FormerAddress.objects.create(path=f"/en/news/{other.year}/before/", target=other.uuid)
    one = draft(title="Linking", body=link(f"/en/news/{other.year}/before/"))
    assert not finding(one, "leads to")
    actions.withdraw(publication=other)
    assert finding(one, "leads to")


def test_a_link_to_a_hangul_address():
    other = article("인권 이사회", language="ko")
    one = draft(title="Linking", body=link(other.get_absolute_url()))
    assert not finding(one, "leads to")


def test_a_link_to_a_file_is_dead_until_readers_can_open_it():
    document = makers.attachment()
    one = draft(body=link(document.get_absolute_url()))
    assert finding(one, "leads to a file that readers cannot open")
    use = one.documents.create(attachment=document)
    assert not finding(one, "leads to a file")
    use.delete()
    records.published(documents=[document])
    assert not finding(one, "leads to a file")


# What is to be considered: files


def test_a_document_without_a_text_layer():
    document = makers.attachment(title="The letter")
    one = draft()
    one.documents.create(attachment=document)
    PageText.objects.create(attachment=document, number=1, text="")
    assert finding(one, "“The letter” is a picture of text").field == "documents"
    PageText.objects.create(attachment=document, number=2, text="Words")
    assert not finding(one, "picture of text")


@pytest.mark.parametrize(
    "title",
    [
        "IMG_20130114_102100",
        "DSC01234",
        "KakaoTalk_20150408_2101",
        "Microsoft Word - 성명서.hwp",
        "2013-01-14",
        "제목 없음",
        "statement final.docx",
    ],
)
def test_a_title_that_a_camera_or_a_program_gave(title):
    document = makers.attachment(title=title)
    one = draft()
    one.documents.create(attachment=document)
    said = finding(one, "is what a camera or a program called its file")
    assert title in said.sentence
    change(document, title="Statement to the High Commissioner, 2012")
    assert not finding(one, "camera")


@pytest.mark.parametrize(
    "title", ["Photo of the delegation", "A/HRC/25/63", "Image of a camp, 2013", "문서"]
)
def test_a_title_that_somebody_wrote(title):
    one = draft()
    one.documents.create(attachment=makers.attachment(title=title))
    assert not finding(one, "camera")


def test_a_picture_that_is_no_longer_in_the_library():
    picture = makers.attachment("picture", title="The hall", alt_en="A hall")
    one = draft(body=records.figure(picture))
    assert not finding(one, "not in the library")
    one.figures.all().delete()
    picture.delete()
    assert finding(one, "not in the library any more").field == "body"


# What is to be considered: milestones


def test_a_symbol_of_another_body_than_acted():
    one = milestone(body="ga", symbols=("A/HRC/RES/22/13",), public=False)
    said = finding(one, "A/HRC/RES/22/13 is a document of: Human Rights Council.")
    assert said.field == "symbols"
    assert not finding(change(one, body="hrc"), "is a document of")


@pytest.mark.parametrize(
    ("body", "symbol"),
    [
        ("chr", "E/CN.4/RES/2003/10"),
        ("cedaw", "CEDAW/C/PRK/CO/1"),
        ("upr", "A/HRC/13/13"),
        ("coi-dprk", "A/HRC/25/63"),
        ("sr-dprk", "A/59/316"),
        ("sg", "A/70/393"),
        ("ga3", "A/69/488"),
        ("sc", "S/PV.7353"),
    ],
)
def test_a_symbol_of_the_series_in_which_a_body_reports(body, symbol):
    assert not finding(milestone(body=body, symbols=(symbol,), public=False), "is a document of")


# The list is open


def test_a_slice_adds_a_check_of_its_own(monkeypatch):
    monkeypatch.setattr(checks, "_checks", list(checks.registered()))
    said = Finding("No place is named.", "place_en")
    own = Check(
        lambda fact: [] if fact.place_en else [said], Severity.MUST_FIX, "It has a place", Meeting
    )
    checks.register(own)
    checks.register(own)
    one = meeting(public=False)
    assert checks.report(one).must_fix == [said]
    assert "It has a place" in checks.report(change(one, place_en="Geneva")).fine
    assert "It has a place" not in checks.report(draft()).fine


def test_what_does_not_apply_is_not_called_fine():
    fine = checks.report(draft()).fine
    assert "The text says something" in fine
    assert "Every picture has a description" not in fine


def test_checks_look_at_what_is_stored():
    one = draft()
    one.body = ""
    assert "The text is empty." not in found(one)


# Cost


def test_the_checks_cost_the_same_for_many_parts(django_assert_max_num_queries):
    one = draft()
    for number in range(15):
        picture = makers.attachment("picture", title=f"Picture {number}")
        one.body += records.figure(picture) + link(f"/en/news/2013/nothing-{number}/")
        one.documents.create(attachment=makers.attachment(title=f"Paper {number}"))
    one.save()
    checks.report(one)
    with django_assert_max_num_queries(40):
        assert len(found(one)) > 30


def test_publishing_asks_only_for_what_must_be_fixed(django_assert_max_num_queries):
    one = milestone(titles={"en": "Vote", "ko": "표결"}, public=False)
    with django_assert_max_num_queries(7):
        assert checks.problems(one) == []
    assert Milestone.objects.exists()
