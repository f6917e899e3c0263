"""Without a script, the form of uploads puts files into a text itself."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from advocacy.attachments.models import Attachment
from advocacy.publishing import actions
from advocacy.publishing.models import HistoryEntry
from tests.people import person

from . import makers, records

pytestmark = pytest.mark.django_db


def page_for(record):
    return f"/admin/attachments/upload/?into={record.uuid}"


def post(client, record, **files):
    uploads = [SimpleUploadedFile(name.replace("__", "."), data) for name, data in files.items()]
    return client.post(page_for(record), {"file": uploads})


def test_documents_go_beside_a_text_and_pictures_to_its_end(admin_client, admin_user):
    article = records.article(documents=[makers.attachment()])
    answer = post(
        admin_client, article, one__pdf=makers.saved(makers.pdf()), hall__jpg=makers.jpeg()
    )
    page = answer.content.decode()
    assert "It is among the documents of this text." in page
    assert "It stands at the end of the text." in page
    assert reverse("admin:news_article_change", args=[article.pk]) in page
    article.refresh_from_db()
    hall = Attachment.objects.get(title="hall")
    assert [str(one) for one in article.documents.all()] == ["A statement", "one"]
    assert article.body.endswith(f'<figure data-attachment="{hall.uuid}"></figure>')
    assert article.figures.get().attachment == hall
    assert article.version == 3  # whoever has the older one open is told
    kept = HistoryEntry.objects.filter(record=article.uuid).select_related("revision")
    assert {entry.revision.user for entry in kept} == {admin_user}


def test_the_same_document_stands_beside_a_text_once(admin_client):
    article = records.article()
    for _time in range(2):
        answer = post(admin_client, article, one__pdf=makers.saved(makers.pdf()))
    assert "already in the library" in answer.content.decode()
    assert article.documents.count() == 1


def test_a_picture_for_a_fact_comes_with_what_to_write_for_it(admin_client):
    meeting = records.meeting()
    answer = post(
        admin_client, meeting, hall__jpg=makers.jpeg(), one__pdf=makers.saved(makers.pdf())
    )
    uuid = Attachment.objects.get(title="hall").uuid
    assert f"&lt;figure data-attachment=&quot;{uuid}&quot;&gt;" in answer.content.decode()
    assert meeting.documents.count() == 1


def test_a_refused_file_leaves_the_text_as_it_was(admin_client):
    article = records.article()
    assert post(admin_client, article, a__svg=b"<svg/>").status_code == 422
    article.refresh_from_db()
    assert article.version == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_of_a_draft_that_is_not_theirs_nobody_learns(client, method):
    client.force_login(person("author"))
    article = records.article("The witness")
    assert getattr(client, method)(page_for(article)).status_code == 404
    for nothing in ("00000000-0000-4000-8000-000000000000", "x"):
        assert client.get(f"/admin/attachments/upload/?into={nothing}").status_code == 404


def test_what_readers_know_takes_files_in_its_working_copy_alone(admin_client):
    live = records.published()
    answer = post(admin_client, live, one__pdf=makers.saved(makers.pdf()))
    assert answer.status_code == 403
    assert not Attachment.objects.exists()
    copy = actions.open_working_copy(record=live)
    assert post(admin_client, copy, one__pdf=makers.saved(makers.pdf())).status_code == 200
    assert (live.documents.count(), copy.documents.count()) == (0, 1)


def test_a_form_leads_there_where_no_script_does_it(admin_client):
    article = records.article()
    change = reverse("admin:news_article_change", args=[article.pk])
    page = admin_client.get(change).content.decode()
    assert f'<noscript><p class="help"><a href="{page_for(article)}">' in page
    actions.publish(record=article)
    assert "<noscript>" not in admin_client.get(change).content.decode()
