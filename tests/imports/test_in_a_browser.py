"""An administrator sees what an import would do, and has it done, in a browser."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import VIEWS, accessibility_problems
from tests.imports import dumps
from tests.imports.dumps import post, write

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


def test_a_dump_is_uploaded_looked_at_and_brought_across(staff_page, tmp_path):
    table = write().add(**post(1, "하나")).add(**post(2, "둘", wr_option="secret"))
    dump = dumps.dump(tmp_path / "old.sql", table)
    staff_page.goto(reverse("imports:index"))
    assert not accessibility_problems(staff_page, VIEWS)
    staff_page.set_input_files("[name=upload]", dump)
    staff_page.get_by_role("button", name="Begin").click()
    expect(staff_page.get_by_text("Nothing was written.")).to_be_visible()
    assert not accessibility_problems(staff_page, VIEWS)
    staff_page.get_by_role("link", name="Another import").click()
    expect(staff_page.get_by_role("heading", name="Earlier imports")).to_be_visible()
    staff_page.select_option("[name=dump]", "old.sql")
    staff_page.get_by_label("Bring it across").check()
    staff_page.get_by_role("button", name="Begin").click()
    row = staff_page.get_by_role("row", name="a draft")
    expect(row).to_contain_text("1")
    expect(staff_page.get_by_text("Nothing was written.")).to_have_count(0)
