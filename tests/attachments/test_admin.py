import re

import pytest
from django.urls import reverse

from advocacy.attachments.models import Attachment
from advocacy.hits import days
from advocacy.hits.counter import Kind
from advocacy.hits.models import DailyCount, Total
from advocacy.publishing import actions, generation

from . import makers, records

pytestmark = pytest.mark.django_db

LIBRARY = "/admin/attachments/attachment/"


def change_url(attachment):
    return reverse("admin:attachments_attachment_change", args=[attachment.pk])


@pytest.fixture
def staff(admin_client):
    return admin_client


def test_the_library_shows_each_file_and_where_it_is_used(staff):
    pdf = makers.attachment(title="The statement")
    makers.attachment("picture", title="Nowhere")
    records.published("An article on it", documents=[pdf])
    text = staff.get(LIBRARY).content.decode()
    assert "The statement" in text
    assert "An article on it" in text
    assert pdf.thumbnail(128).url in text


def test_the_library_takes_as_many_queries_for_fifty_files_as_for_one(
    staff, django_assert_max_num_queries
):
    for number in range(12):
        records.article(f"Article {number}", documents=[makers.attachment()])
    with django_assert_max_num_queries(20):
        staff.get(LIBRARY)


def test_the_library_says_how_often_each_document_was_downloaded(staff):
    read = makers.attachment(title="Read")
    makers.attachment(title="Unread")
    Total.objects.create(item=read.uuid, kind=Kind.DOWNLOAD, human=1234, robots=9)
    page = staff.get(LIBRARY).content.decode()
    assert re.findall('field-downloads">(.*?)<', page) == ["0", "1,234"]


def test_a_documents_page_draws_its_downloads_of_ninety_days(staff):
    pdf = makers.attachment()
    today = days.as_date(days.today())
    DailyCount.objects.create(item=pdf.uuid, kind=Kind.DOWNLOAD, day=today, human=7)
    Total.objects.create(item=pdf.uuid, kind=Kind.DOWNLOAD, human=7)
    page = staff.get(change_url(pdf)).content.decode()
    assert "7 downloads; robots, counted apart: 0." in page
    assert 'class="reach-chart"' in page
    picture = makers.attachment("picture")
    assert "downloads" not in staff.get(change_url(picture)).content.decode()


def test_a_record_names_its_documents_with_what_is_known_of_them(
    staff, django_assert_max_num_queries
):
    pdfs = [makers.attachment(pages=number) for number in range(1, 9)]
    Total.objects.create(item=pdfs[0].uuid, kind=Kind.DOWNLOAD, human=41)
    article = records.article(documents=pdfs)
    # Django asks for the chosen one of each chooser; what is said beside it costs nothing more.
    with django_assert_max_num_queries(33 + len(pdfs)):
        page = staff.get(reverse("admin:news_article_change", args=[article.pk])).content.decode()
    assert pdfs[0].thumbnail(128).url in page
    assert "PDF, English, 8 pages" in page
    assert "41 downloads" in page


def test_a_list_of_records_shows_the_first_picture_of_each(staff, django_assert_max_num_queries):
    picture, pdfs = makers.attachment("picture"), [makers.attachment() for _ in range(3)]
    records.article("Pictured", body=records.figure(picture), documents=pdfs[:1])
    second = records.article("With a statement", documents=pdfs[1:])
    second.documents.update(position=2)
    second.documents.filter(attachment=pdfs[2]).update(position=1)
    for number in range(20):
        records.article(f"Bare {number}")
    with django_assert_max_num_queries(10):
        listed = staff.get(reverse("admin:news_article_changelist"))
    shown = {row.title: row.pictured for row in listed.context["cl"].result_list if row.pictured}
    assert shown == {"Pictured": picture, "With a statement": pdfs[2]}
    assert pdfs[2].thumbnail(128).url in listed.content.decode()


def test_a_list_of_meetings_shows_the_pictures_of_their_texts(staff):
    picture, pdf = makers.attachment("picture", alt_en="A hall"), makers.attachment()
    records.meeting(body=records.figure(picture), documents=[pdf])
    page = staff.get(reverse("admin:meetings_meeting_changelist")).content.decode()
    assert picture.thumbnail(128).url in page


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"q": "hall"}, {"Picture"}),
        ({"kind__exact": "pdf"}, {"Public", "Draft"}),
        ({"seen": "public"}, {"Public"}),
        ({"seen": "staff"}, {"Draft", "Picture"}),
        ({"seen": "unused"}, {"Picture"}),
    ],
    ids=["words", "kind", "public", "staff", "unused"],
)
def test_the_library_is_searched_and_filtered(staff, asked, titles):
    records.published(documents=[makers.attachment(title="Public")])
    records.article("Another", documents=[makers.attachment(title="Draft")])
    makers.attachment("picture", title="Picture", alt_en="A hall")
    found = staff.get(LIBRARY, asked).context["cl"].result_list
    assert {attachment.title for attachment in found} == titles


def test_a_files_page_says_what_was_removed_and_who_can_open_it(staff):
    pdf = makers.attachment(removed=["author", "javascript"])
    page = staff.get(change_url(pdf)).content.decode()
    assert "Removed: the author&#x27;s name; scripts." in page
    assert "Only staff can open it." in page
    assert pdf.sha256 in page
    article = records.published("An article", documents=[pdf])
    page = staff.get(change_url(pdf)).content.decode()
    assert "Everyone can open it." in page
    assert reverse("admin:news_article_change", args=[article.pk]) in page


def test_a_files_page_says_when_only_waiting_changes_use_it(staff):
    pdf = makers.attachment()
    copy = actions.open_working_copy(record=records.published("An article"))
    copy.documents.create(attachment=pdf)
    page = staff.get(change_url(pdf)).content.decode()
    assert "(changes waiting)" in page
    assert "Only staff can open it." in page


def test_a_meetings_texts_lead_to_the_meeting(staff):
    picture = makers.attachment("picture", alt_en="A hall")
    meeting = records.meeting(body=records.figure(picture))
    page = staff.get(change_url(picture)).content.decode()
    assert reverse("admin:meetings_meeting_change", args=[meeting.pk]) in page


def test_describing_a_picture_that_readers_see_starts_a_generation(staff):
    picture = makers.attachment("picture", alt_en="A hall")
    records.published(body=records.figure(picture))
    number = generation.current().value
    form = {"title": "Palais", "name": "palais", "alt_en": "The hall", "alt_ko": "회의장"}
    assert staff.post(change_url(picture), form).status_code == 302
    picture.refresh_from_db()
    assert (picture.alt_en, picture.alt_ko) == ("The hall", "회의장")
    assert generation.current().value == number + 1


def test_decoration_that_is_described_is_refused_with_a_sentence(staff):
    picture = makers.attachment("picture")
    form = {"title": "x", "name": "x", "alt_en": "A hall", "decorative": "on"}
    response = staff.post(change_url(picture), form)
    assert response.status_code == 200
    assert "or it is decoration only; not both" in response.content.decode()


def test_a_hangul_name_can_be_given(staff):
    picture = makers.attachment("picture")
    assert staff.post(change_url(picture), {"title": "x", "name": "대표단"}).status_code == 302
    picture.refresh_from_db()
    assert picture.filename == "대표단.jpg"


def test_a_used_file_is_not_deleted_and_the_sentence_names_the_record(staff):
    pdf = makers.attachment(title="The statement")
    records.article("The article", documents=[pdf])
    url = reverse("admin:attachments_attachment_delete", args=[pdf.pk])
    response = staff.post(url, {"post": "yes"}, follow=True)
    assert "“The statement” cannot be deleted: “The article” uses it." in response.content.decode()
    assert Attachment.objects.exists()
    chosen = {"action": "delete_selected", "_selected_action": [pdf.pk], "post": "yes"}
    staff.post(LIBRARY, chosen)
    assert Attachment.objects.exists()


def test_an_unused_file_is_deleted(staff):
    pdf = makers.attachment()
    url = reverse("admin:attachments_attachment_delete", args=[pdf.pk])
    assert staff.get(url).status_code == 200
    assert staff.post(url, {"post": "yes"}).status_code == 302
    other = makers.attachment()
    chosen = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    staff.post(LIBRARY, chosen)
    assert not Attachment.objects.exists()


def test_adding_leads_to_the_upload_also_from_another_form(staff):
    assert staff.get(f"{LIBRARY}add/")["Location"] == "/admin/attachments/upload/"
    popup = staff.get(f"{LIBRARY}add/?_popup=1&_to_field=id")
    assert popup["Location"] == "/admin/attachments/upload/?_popup=1"


def test_a_file_is_handed_to_the_form_that_opened_the_window(staff):
    pdf = makers.attachment(title='The "statement"')
    response = staff.get(reverse("attachments:chosen", args=[pdf.uuid]))
    assert response.status_code == 200
    assert "popup_response.js" in response.content.decode()
    assert f"&quot;value&quot;: &quot;{pdf.pk}&quot;" in response.content.decode()


def test_a_form_that_wants_documents_is_offered_no_pictures(staff):
    pdf = makers.attachment(title="A statement")
    makers.attachment("picture", title="A statement being signed")
    asked = {
        "app_label": "news",
        "model_name": "articledocument",
        "field_name": "attachment",
        "term": "statement",
    }
    answer = staff.get("/admin/autocomplete/", asked).json()
    assert [row["id"] for row in answer["results"]] == [str(pdf.pk)]


@pytest.mark.parametrize("url", [LIBRARY, "/admin/attachments/chosen/"])
def test_a_stranger_sees_nothing_of_the_library(client, url):
    pdf = makers.attachment()
    url = f"{url}{pdf.uuid}/" if url.endswith("chosen/") else url
    assert client.get(url).status_code == 302


@pytest.mark.parametrize(
    ("kind", "described", "emptied", "words"),
    [
        ("picture", {"alt_en": "A hall"}, {"alt_en": ""}, "has no description"),
        ("pdf", {"language": "en"}, {"language": ""}, "has no language"),
    ],
)
@pytest.mark.parametrize("state", [records.published, records.embargoed])
def test_what_readers_know_keeps_its_description(staff, state, kind, described, emptied, words):
    file = makers.attachment(kind, **described)
    typed = {"title": "A new title", "name": "a-statement", **emptied}
    assert staff.post(change_url(file), typed).status_code == 302  # nobody sees it yet
    Attachment.objects.filter(pk=file.pk).update(title="Before", **described)
    state(**({"documents": [file]} if kind == "pdf" else {"body": records.figure(file)}))
    answer = staff.post(change_url(file), typed)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "A new title" in answer.content.decode()
    assert Attachment.objects.get().title == "Before"
