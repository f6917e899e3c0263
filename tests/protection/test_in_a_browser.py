"""A case officer protects somebody; whoever then writes the name cannot publish it."""

import re

import pytest
from playwright.sync_api import expect

from advocacy.attachments.models import Attachment
from advocacy.protection.router import ALIAS
from tests.attachments import written
from tests.browser import accessibility_problems, is_wider_than_its_window
from tests.facts import article
from tests.tasks.work import do_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", ALIAS])]

VIEWS = [(1280, "light"), (390, "dark")]


def look(page) -> None:
    problems = accessibility_problems(page, VIEWS)
    assert not problems, "\n".join(problems)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert not is_wider_than_its_window(page), f"{page.url} at {width}"


@pytest.mark.usefixtures("key")
def test_somebody_is_protected_and_their_name_stays_out(staff_page):
    staff_page.staff.is_case_officer = True
    staff_page.staff.save()
    article("Shin Dong-hyuk in New York")
    staff_page.goto("/admin/protected/add/")
    look(staff_page)
    staff_page.get_by_label("Names:").fill("신동혁\nLittle Bird")
    staff_page.get_by_role("button", name="Save").click()
    expect(staff_page.get_by_text("From now on every text is looked at")).to_be_visible()
    look(staff_page)
    staff_page.get_by_role("link", name="Note a consent").click()
    expect(staff_page.get_by_role("heading", name="Note a consent")).to_be_visible()
    look(staff_page)
    staff_page.goto("/admin/protected/")
    expect(staff_page.get_by_text("0 of 1 texts have been looked at.")).to_be_visible()
    look(staff_page)
    do_all()
    staff_page.get_by_role("link", name="How far is it now?").click()
    expect(staff_page.get_by_text("1 text was looked at")).to_be_visible()
    expect(staff_page.get_by_text("Shin Dong-hyuk in New York")).to_be_visible()
    look(staff_page)
    staff_page.goto("/admin/protected/officers/")
    look(staff_page)
    staff_page.goto("/admin/news/article/add/")
    staff_page.fill("#id_title", "Donghyuk Shin speaks in Geneva")
    staff_page.get_by_role("button", name="Publish").first.click()
    staff_page.wait_for_url(re.compile(r"/change/#checks$"))
    expect(staff_page.locator("#checks")).to_contain_text("A protected name: title.")


@pytest.mark.long
@pytest.mark.usefixtures("key")
def test_a_picture_of_text_goes_public_when_a_second_person_answers_for_it(staff_page, tmp_path):
    written.page((620, 877), letters=14).save(tmp_path / "letter.png")
    draft = article("A letter arrives", public=False)
    staff_page.goto(f"/admin/attachments/upload/?into={draft.uuid}")
    staff_page.set_input_files("#upload-file", tmp_path / "letter.png")
    staff_page.click(".upload [type=submit]")
    answer = staff_page.locator(".upload-answer")
    expect(answer).to_contain_text("Not all of it can be searched (a picture of text).")
    picture = Attachment.objects.get()
    picture.alt_en = "A letter"
    picture.save()
    staff_page.goto(f"/admin/news/article/{draft.pk}/change/")
    staff_page.locator("#checks").get_by_role("link", name="cannot be searched").click()
    expect(staff_page.get_by_text("somebody else has to answer for it.")).to_be_visible()
    look(staff_page)
    Attachment.objects.update(uploaded_by=None)  # as if a colleague had
    staff_page.reload()
    expect(staff_page.get_by_role("img", name="letter")).to_be_visible()
    look(staff_page)
    staff_page.get_by_label("why it can be shown").fill("Names made up for training.")
    staff_page.get_by_role("button", name="I have looked at it").click()
    expect(staff_page.get_by_text("The file is not held any more.")).to_be_visible()
    staff_page.goto(f"/admin/news/article/{draft.pk}/change/")
    staff_page.get_by_role("button", name="Publish").first.click()
    expect(staff_page.locator(".messagelist")).to_contain_text("A letter arrives")
    draft.refresh_from_db()
    assert draft.is_public()
