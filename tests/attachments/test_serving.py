from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from advocacy.hits.counter import Kind
from advocacy.publishing import actions

from . import makers, records

pytestmark = pytest.mark.django_db

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 4


@pytest.fixture
def pdf():
    return makers.attachment(content=CONTENT)


@pytest.fixture
def public(pdf):
    records.published(documents=[pdf])
    return pdf


@pytest.fixture
def staff(django_user_model):
    user = django_user_model.objects.create_user("staff", role="author")
    client = Client()
    client.force_login(user)
    return client


def body(response):
    return b"".join(response.streaming_content)


def test_a_reader_downloads_what_a_published_record_uses(client, public):
    response = client.get(public.get_absolute_url())
    assert response.status_code == 200
    assert body(response) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["ETag"] == f'"{public.sha256}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'inline; filename="a-statement.pdf"'
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["Accept-Ranges"] == "bytes"
    assert "Cookie" not in response.get("Vary", "")


def test_downloads_of_documents_are_counted(client, public):
    response = client.get(public.get_absolute_url())
    assert response.counted == (Kind.DOWNLOAD, public.uuid)
    unchanged = client.get(public.get_absolute_url(), headers={"If-None-Match": response["ETag"]})
    assert unchanged.counted == (Kind.DOWNLOAD, public.uuid)


@pytest.mark.parametrize(
    "state", [records.article, records.embargoed, records.withdrawn], ids=lambda f: f.__name__
)
def test_a_stranger_cannot_read_the_file_of_a_record_that_is_not_public(client, pdf, state):
    state(documents=[pdf])
    for url in (pdf.get_absolute_url(), pdf.thumbnail(160).url):
        assert client.get(url).status_code == 404
        assert client.head(url).status_code == 404


def test_a_stranger_learns_nothing_from_a_known_checksum(client, pdf):
    response = client.get(
        pdf.get_absolute_url(), headers={"If-None-Match": f'"{pdf.sha256}"', "Range": "bytes=0-3"}
    )
    assert response.status_code == 404
    assert pdf.sha256 not in response.get("ETag", "")
    assert client.get(f"/documents/{pdf.uuid}/other.pdf").status_code == 404


def test_an_embargo_ends_at_its_time(client, pdf):
    records.embargoed(documents=[pdf])
    assert client.get(pdf.get_absolute_url()).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert client.get(pdf.get_absolute_url()).status_code == 200


def test_staff_read_what_is_not_public_and_nobody_keeps_it(staff, pdf):
    for url in (pdf.get_absolute_url(), pdf.thumbnail(160).url):
        response = staff.get(url)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert not hasattr(response, "counted")


def test_an_account_that_is_no_staff_reads_no_more_than_a_stranger(pdf, django_user_model):
    client = Client()
    client.force_login(django_user_model.objects.create_user("x", is_staff=False))
    assert client.get(pdf.get_absolute_url()).status_code == 404


def test_a_file_that_does_not_exist_is_not_found(client, public):
    assert client.get(f"/documents/{uuid4()}/a.pdf").status_code == 404
    assert client.get("/documents/no-uuid/a.pdf").status_code == 404
    default_storage.delete(public.key)
    assert client.get(public.get_absolute_url()).status_code == 404


def test_files_are_only_read(client, public):
    for url in (public.get_absolute_url(), public.thumbnail(160).url):
        assert client.post(url).status_code == 405
        assert client.delete(url).status_code == 405


def test_a_hangul_name_is_in_the_address_and_in_the_download(client):
    pdf = makers.attachment(name="유엔-성명", content=CONTENT, language="ko")
    records.published(documents=[pdf])
    url = pdf.get_absolute_url()
    assert url.endswith("/" + quote("유엔-성명.pdf"))
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Language"] == "ko"
    expected = f"inline; filename*=utf-8''{quote('유엔-성명.pdf')}"
    assert response["Content-Disposition"] == expected


@pytest.mark.parametrize("name", ["old-name.pdf", "a-statement.jpg", "%00", "%EC%9C%A0.pdf"])
def test_another_name_leads_to_the_present_one(client, public, name):
    response = client.get(f"/documents/{public.uuid}/{name}")
    assert response.status_code == 301
    assert response["Location"] == public.get_absolute_url()
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


# Ranges and validators


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, len(CONTENT) - 1),
        ("bytes=-10", len(CONTENT) - 10, len(CONTENT) - 1),
        ("bytes=0-999999", 0, len(CONTENT) - 1),
        ("BYTES = 5-5", 5, 5),
        ("bytes=-999999", 0, len(CONTENT) - 1),
    ],
)
def test_a_range_is_answered_with_just_that(client, public, asked, start, end):
    response = client.get(public.get_absolute_url(), headers={"Range": asked})
    assert response.status_code == 206
    assert body(response) == CONTENT[start : end + 1]
    assert response["Content-Range"] == f"bytes {start}-{end}/{len(CONTENT)}"
    assert response["Content-Length"] == str(end - start + 1)


@pytest.mark.parametrize(
    "asked", [f"bytes={len(CONTENT)}-", "bytes=-0", "bytes=9999999999999999999999-"]
)
def test_a_range_behind_the_end_is_refused(client, public, asked):
    response = client.get(public.get_absolute_url(), headers={"Range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(CONTENT)}"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=9-2", "bytes=-", "bytes=x-y", "items=0-1", "bytes=١-٢", ""]
)
def test_what_is_no_single_range_gets_the_whole_file(client, public, asked):
    response = client.get(public.get_absolute_url(), headers={"Range": asked})
    assert response.status_code == 200
    assert body(response) == CONTENT


def test_a_range_of_another_version_gets_the_whole_file(client, public):
    url, etag = public.get_absolute_url(), f'"{public.sha256}"'
    same = client.get(url, headers={"Range": "bytes=0-3", "If-Range": etag})
    other = client.get(url, headers={"Range": "bytes=0-3", "If-Range": '"another"'})
    weak = client.get(url, headers={"Range": "bytes=0-3", "If-Range": f"W/{etag}"})
    assert [r.status_code for r in (same, other, weak)] == [206, 200, 200]


def test_a_reader_who_has_the_file_is_told_so(client, public):
    url, etag = public.get_absolute_url(), f'"{public.sha256}"'
    response = client.get(url, headers={"If-None-Match": etag})
    assert (response.status_code, response["ETag"]) == (304, etag)
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get(url, headers={"If-None-Match": '"x"'}).status_code == 200
    assert client.get(url, headers={"If-Match": '"x"'}).status_code == 412


def test_head_tells_the_length_and_sends_nothing(client, public):
    response = client.head(public.get_absolute_url(), headers={"Range": "bytes=0-3"})
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(CONTENT))
    assert response.content == b""


# Pictures


def test_a_picture_is_kept_by_browsers_alone_under_a_name_that_changes_with_it(client):
    picture = makers.attachment("picture", alt_en="A hall")
    article = records.published(body=records.figure(picture))
    for form, media_type in (
        ("avif", "image/avif"),
        ("webp", "image/webp"),
        ("jpeg", "image/jpeg"),
    ):
        response = client.get(picture.drawn_url(640, form))
        assert (response.status_code, response["Content-Type"]) == (200, media_type)
        assert response["Cache-Control"] == "private, max-age=31536000, immutable"
        assert "sandbox" in response["Content-Security-Policy"]
        assert body(response) == b"drawn"
    actions.withdraw(publication=article)
    assert client.get(picture.drawn_url(640, "webp")).status_code == 404


def test_a_former_picture_or_size_leads_to_the_present_one(client):
    picture = makers.attachment("picture", alt_en="A hall")
    records.published(body=records.figure(picture))
    former = f"/pictures/{picture.uuid}/00000000-640.webp"
    assert client.get(former)["Location"] == picture.drawn_url(640, "webp")
    other_size = picture.drawn_url(700, "webp")
    assert client.get(other_size)["Location"] == picture.drawn_url(640, "webp")


@pytest.mark.parametrize("name", ["x", "00000000-640.png", "00000000-640.svg", "0-1.avif", "%00"])
def test_an_address_that_names_no_picture_is_not_found(client, public, name):
    assert client.get(f"/pictures/{public.uuid}/{name}").status_code == 404


def test_a_file_takes_a_bounded_number_of_queries(client, public, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get(public.get_absolute_url())
    with django_assert_max_num_queries(2):
        client.get(public.thumbnail(160).url)
