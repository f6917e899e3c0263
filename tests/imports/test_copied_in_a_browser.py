"""An editor brings a copied page across, with nothing but a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from advocacy.milestones.models import Milestone
from tests.browser import accessibility_problems, is_wider_than_its_window
from tests.imports.test_copied import PAGE

URL = "/admin/import/copied/"


@pytest.mark.browser
def test_a_page_is_pasted_looked_at_and_becomes_drafts(staff_page):
    staff_page.goto(URL)
    staff_page.get_by_label("The page").fill(PAGE)
    staff_page.get_by_role("button", name="See what is recognised").click()
    expect(staff_page.get_by_role("heading", name="Milestones")).to_be_visible()
    problems = accessibility_problems(staff_page, [(1280, "light"), (390, "dark")])
    assert not problems, "\n".join(problems)
    for width in (390, 1280):
        staff_page.set_viewport_size({"width": width, "height": 900})
        assert not is_wider_than_its_window(staff_page), width
    step = staff_page.get_by_role("group").filter(has_text="First-ever official discussion")
    step.get_by_label("Date").fill("2014-12-22")
    step.get_by_label("Make a draft of it").check()
    staff_page.get_by_role("button", name="Make drafts of what is ticked").click()
    expect(staff_page.get_by_role("heading", name="What became of it")).to_be_visible()
    assert Milestone.objects.count() == 7
    staff_page.get_by_role("link", name="A Delegation Is Heard").click()
    expect(staff_page.locator("#id_title")).to_have_value("A Delegation Is Heard")
