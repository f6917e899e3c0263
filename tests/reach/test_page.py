"""The page of the report, and what of it stands on the desk."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from advocacy.accounts.models import User
from advocacy.hits.models import Trouble
from tests.accounts.signing_in import sign_in
from tests.browser import accessibility_problems, is_wider_than_its_window

PAGE = "/admin/reach/?month=2026-11"


@pytest.fixture
def author(client, db):
    user = User.objects.create_user("author", role="author")
    client.force_login(user)
    return user


@pytest.fixture
def reader_of_reports(client, db):
    """An editor: who may see the reach, and has just confirmed who they are."""
    user = User.objects.create_user("editor", role="editor")
    sign_in(client, user)
    return user


def test_the_page_shows_the_month_and_how_it_was_counted(client, month, reader_of_reports):
    response = client.get(PAGE)
    shown = response.content.decode()
    assert response.status_code == 200
    assert response.context["title"] == "Reach in November 2026"
    for words in ("조사를 향하여", "4,312", "COUNTER Code of Practice", "Seoul time"):
        assert words in shown


def test_without_a_month_it_is_the_last_whole_one(client, month, reader_of_reports):
    assert "November 2026" in client.get(reverse("reach:monthly")).context["title"]


@pytest.mark.parametrize("bad", ["2026-13", "x", "9999-01", "2026-11%00", "2027-01"])
def test_a_month_that_is_none_or_yet_to_come_is_not_found(client, month, reader_of_reports, bad):
    assert client.get(f"/admin/reach/?month={bad}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "media_type", "begins"),
    [
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
def test_the_page_hands_out_spreadsheets(
    client, month, reader_of_reports, kind, media_type, begins
):
    response = client.get(f"{PAGE}&format={kind}")
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'attachment; filename="reach-2026-11.{kind}"'
    assert response.content.startswith(begins)


def test_a_visitor_is_asked_to_sign_in(client, db):
    response = client.get(PAGE)
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_an_author_is_refused_and_sees_no_link(client, author):
    assert client.get(PAGE).status_code == 403
    assert reverse("reach:monthly") not in client.get("/admin/").content.decode()


def test_a_report_is_only_read(client, reader_of_reports):
    assert client.post(PAGE).status_code == 405


def test_the_desk_leads_to_the_report(client, reader_of_reports):
    assert reverse("reach:monthly") in client.get("/admin/").content.decode()


def test_the_desk_says_when_counting_failed_until_a_week_later(client, author):
    now = timezone.now()
    row = Trouble.objects.create(
        machine="web1",
        what=Trouble.What.JOURNAL,
        detail="[Errno 28] <No space left>",
        times=3,
        first_at=now,
        last_at=now,
    )
    shown = client.get("/admin/").content.decode()
    assert "Counting failed: hits could not be written down (web1, 3 times" in shown
    assert "&lt;No space left&gt;" in shown
    Trouble.objects.filter(pk=row.pk).update(last_at=now - timezone.timedelta(days=8))
    assert "Counting failed" not in client.get("/admin/").content.decode()


@pytest.mark.browser
def test_report_and_desk_are_accessible_and_fit_a_telephone(month, staff_page):
    now = timezone.now()
    Trouble.objects.create(machine="web1", what="fold", first_at=now, last_at=now)
    for path, title in ((PAGE, "Reach in November 2026"), ("/admin/", "Desk")):
        staff_page.goto(path)
        expect(staff_page.get_by_role("heading", level=1)).to_have_text(title)
        problems = accessibility_problems(staff_page, [(1280, "light"), (390, "dark")])
        assert not problems, "\n".join(problems)
        for width in (1280, 390):
            staff_page.set_viewport_size({"width": width, "height": 900})
            assert not is_wider_than_its_window(staff_page), f"{path} at {width}"
