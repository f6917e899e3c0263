from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from advocacy.accounts import roles
from advocacy.attachments import inbox, storage
from advocacy.attachments.models import Attachment

from . import makers

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/attachments/upload/"


@pytest.fixture
def staff(admin_client):
    return admin_client


def post(client, *files, url=UPLOAD, json=True, **headers):
    data = {"file": [SimpleUploadedFile(name, content) for name, content in files]}
    if json:
        headers["Accept"] = "application/json"
    return client.post(url, data, headers=headers)


def one(client, name, content, **options):
    response = post(client, (name, content), **options)
    return response.status_code, response.json()["results"][0]


def test_an_upload_is_answered_with_what_it_became(staff):
    status, answer = one(staff, "statement.pdf", makers.talkative_pdf())
    attachment = Attachment.objects.get()
    assert (status, answer["ok"], answer["uuid"]) == (200, True, str(attachment.uuid))
    assert answer["sha256"] == attachment.sha256
    assert "the author's name" in answer["removed"]
    assert "Removed: " in answer["sentences"][-1]
    assert attachment.sha256 in answer["html"]
    assert staff.get(answer["thumbnail"]).status_code == 200


@pytest.mark.parametrize("replaced", [False, True], ids=["new", "in another's place"])
def test_the_file_as_it_was_uploaded_is_kept_nowhere(staff, settings, replaced):
    for name, content in (
        ("photo.jpg", makers.talkative_jpeg()),
        ("statement.pdf", makers.talkative_pdf()),
    ):
        url = UPLOAD
        if replaced:
            kind = "pdf" if name.endswith("pdf") else "picture"
            url = reverse("attachments:replace", args=[makers.attachment(kind).uuid])
        assert one(staff, name, content, url=url)[0] == 200
        places = {*Path(settings.MEDIA_ROOT).rglob("*"), *Path(settings.VAR_DIR).rglob("*")}
        kept = [path.read_bytes() for path in places if path.is_file()]
        assert kept
        assert not any(b"Secretname" in data or content in data for data in kept)
    assert list(storage.incoming().iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.svg", b"<svg xmlns='x'/>", "SVG"),
        ("a.pdf", b"", "0 bytes"),
        ("a.docx", b"PK\x03\x04", "Save the document as PDF"),
        ("a.png", makers.bomb_png(), "30000"),
        ("a.pdf", makers.saved(makers.pdf())[:-150], "incomplete"),
    ],
    ids=["svg", "empty", "office", "bomb", "cut"],
)
def test_a_bad_file_is_refused_in_a_sentence_and_not_kept(staff, name, content, words):
    status, answer = one(staff, name, content)
    assert (status, answer["ok"]) == (422, False)
    assert words in answer["sentences"][0]
    assert not Attachment.objects.exists()
    assert list(storage.incoming().iterdir()) == []


def test_a_picture_named_pdf_is_taken_and_the_editor_told(staff):
    status, answer = one(staff, "statement.pdf", makers.talkative_png())
    assert (status, answer["kind"]) == (200, "picture")
    assert any("this is a PNG" in sentence for sentence in answer["sentences"])


def test_the_same_file_is_offered_instead_of_stored_twice(staff):
    _, first = one(staff, "a.jpg", makers.jpeg())
    _, again = one(staff, "b.jpg", makers.jpeg())
    assert again["uuid"] == first["uuid"]
    assert "already in the library" in again["sentences"][0]
    assert Attachment.objects.count() == 1


def test_what_is_too_large_is_answered_413_and_never_stored(staff, settings, monkeypatch):
    settings.ATTACHMENT_MAX_BYTES = 1024 * 1024
    written = []
    receive = inbox.Inbox.receive_data_chunk
    monkeypatch.setattr(
        inbox.Inbox,
        "receive_data_chunk",
        lambda self, raw, start: (written.append(start), receive(self, raw, start))[1],
    )
    status, answer = one(staff, "film.pdf", b"%PDF-1.7\n" + b"x" * 9 * 1024 * 1024)
    assert (status, answer["ok"], answer["name"]) == (413, False, "film.pdf")
    assert "at most 1 MB" in answer["sentences"][0]
    assert max(written) <= 1024 * 1024
    assert list(storage.incoming().iterdir()) == []
    assert not Attachment.objects.exists()


def test_a_request_beyond_all_bounds_is_not_even_read(staff, monkeypatch):
    monkeypatch.setattr(inbox, "LONGEST_REQUEST", 1000)
    monkeypatch.setattr(inbox.Inbox, "new_file", lambda *args: pytest.fail("it was read"))
    for json in (True, False):
        response = post(staff, ("a.jpg", makers.jpeg((400, 400))), json=json)
        assert response.status_code == 413
        assert "at most 50 MB" in response.content.decode()
    assert not Attachment.objects.exists()


def test_the_answer_is_in_the_language_of_the_page(staff):
    response = post(staff, ("a.svg", b"<svg/>"), **{"Accept-Language": "ko"})
    assert response["Content-Language"] == "ko"


def test_without_a_script_the_page_itself_says_it(staff):
    response = post(
        staff, ("good.jpg", makers.talkative_jpeg()), ("bad.svg", b"<svg/>"), json=False
    )
    assert response.status_code == 200
    text = response.content.decode()
    assert Attachment.objects.get().sha256 in text
    assert "Refused: bad.svg" in text
    assert "the place where it was taken (GPS)" in text


def test_a_form_without_a_file_asks_for_one(staff):
    response = staff.post(UPLOAD, {})
    assert response.status_code == 400
    assert "Choose a file first." in response.content.decode()


def test_a_name_is_never_markup(staff):
    _, answer = one(staff, "<img src=x onerror=alert(1)>.svg", b"<svg/>")
    assert "<img src=x" not in answer["html"]


# Who may


def test_a_visitor_is_asked_to_sign_in(client):
    response = client.get(UPLOAD)
    assert response.status_code == 302
    assert response["Location"] == f"/admin/login/?next={UPLOAD}"
    response = post(client, ("a.jpg", makers.jpeg()))
    assert response.status_code == 403
    assert "signed out" in response.json()["error"]
    assert not Attachment.objects.exists()


def test_who_may_not_add_or_change_files_uploads_none(client, django_user_model, monkeypatch):
    user = django_user_model.objects.create_user("author")
    client.force_login(user)
    may = {"attachments.view_attachment"}
    monkeypatch.setattr(roles, "permissions", lambda role: frozenset(may))
    assert client.get(UPLOAD).status_code == 403
    assert post(client, ("a.jpg", makers.jpeg())).status_code == 403
    may.add("attachments.add_attachment")
    assert post(client, ("a.jpg", makers.jpeg())).status_code == 200
    replaced = reverse("attachments:replace", args=[Attachment.objects.get().uuid])
    assert post(client, ("b.jpg", makers.jpeg((9, 9))), url=replaced).status_code == 403


def test_an_upload_without_the_token_is_refused(admin_user):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin_user)
    assert post(strict, ("a.jpg", makers.jpeg())).status_code == 403
    page = strict.get(UPLOAD)
    token = page.context["csrf_token"]
    data = {"file": SimpleUploadedFile("a.jpg", makers.jpeg()), "csrfmiddlewaretoken": str(token)}
    assert strict.post(UPLOAD, data).status_code == 200
    assert Attachment.objects.count() == 1


def test_uploading_is_reading_and_posting_only(staff):
    assert staff.get(UPLOAD).status_code == 200
    assert staff.put(UPLOAD).status_code == 405


# Replacing


def test_a_replacement_is_answered_with_the_same_address(staff):
    _, first = one(staff, "a.jpg", makers.jpeg())
    url = reverse("attachments:replace", args=[first["uuid"]])
    assert staff.get(url).status_code == 200
    status, answer = one(staff, "b.jpg", makers.jpeg((30, 20)), url=url)
    assert (status, answer["uuid"], answer["url"]) == (200, first["uuid"], first["url"])
    assert answer["sha256"] != first["sha256"]
    status, answer = one(staff, "c.pdf", makers.saved(makers.pdf()), url=url)
    assert (status, answer["ok"]) == (422, False)
    missing = reverse("attachments:replace", args=["00000000-0000-4000-8000-000000000000"])
    assert staff.get(missing).status_code == 404


# The library other forms choose from


def test_the_library_answers_pictures_newest_first(staff):
    first = makers.attachment("picture", title="Palais", alt_en="A hall")
    second = makers.attachment("picture", title="대표단", decorative=True)
    makers.attachment("pdf")
    answer = staff.get("/admin/attachments/library.json", {"kind": "picture"}).json()
    assert [row["uuid"] for row in answer["results"]] == [str(second.uuid), str(first.uuid)]
    row = answer["results"][1]
    assert (row["id"], row["title"], row["alt"]) == (str(first.uuid), "Palais", "A hall")
    assert (row["width"], row["height"]) == (1200, 800)
    assert staff.get(row["thumbnail"]).status_code == 200
    assert (answer["page"], answer["has_next"], answer["count"]) == (1, False, 2)


@pytest.mark.parametrize(
    ("words", "count"), [("hall palais", 1), ("대표", 1), ("nothing", 0), ("\x00", 2), ("", 2)]
)
def test_the_library_is_searched_by_all_words(staff, words, count):
    makers.attachment("picture", title="Palais", alt_en="A hall")
    makers.attachment("picture", title="대표단", decorative=True)
    answer = staff.get("/admin/attachments/library.json", {"q": words}).json()
    assert answer["count"] == count


def test_a_picture_is_found_by_its_uuid(staff):
    wanted = makers.attachment("picture")
    makers.attachment("picture")
    answer = staff.get("/admin/attachments/library.json", {"q": str(wanted.uuid)}).json()
    assert [row["uuid"] for row in answer["results"]] == [str(wanted.uuid)]


@pytest.mark.parametrize("page", ["-1", "999999999", "x", "\x00", ""])
def test_a_page_that_is_not_there_is_the_nearest(staff, page):
    makers.attachment("picture")
    answer = staff.get("/admin/attachments/library.json", {"page": page})
    assert answer.status_code == 200
    assert answer.json()["page"] == 1


def test_the_library_is_no_readers_business(client):
    response = client.get("/admin/attachments/library.json")
    assert response.status_code == 302
    asked = client.get("/admin/attachments/library.json", headers={"Accept": "application/json"})
    assert asked.status_code == 403


def test_the_library_takes_a_bounded_number_of_queries(staff, django_assert_max_num_queries):
    for _ in range(12):
        makers.attachment("picture")
    with django_assert_max_num_queries(5):
        staff.get("/admin/attachments/library.json")
