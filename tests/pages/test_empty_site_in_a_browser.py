"""A site nobody has put anything on yet, as a browser shows it."""

import pytest

from tests.browser import accessibility_problems, is_wider_than_its_window

pytestmark = pytest.mark.browser

VIEWS = [(390, "light"), (1280, "dark")]


@pytest.mark.parametrize("path", ["", "news/", "tags/", "milestones/", "meetings/", "documents/"])
def test_a_list_with_nothing_in_it_is_accessible_and_fits(page, path):
    assert page.goto(f"/en/{path}").status == 200
    assert page.title()
    assert page.get_by_role("heading", level=1).inner_text()
    problems = accessibility_problems(page, VIEWS)
    assert not problems, "\n".join(problems)
    page.set_viewport_size({"width": 320, "height": 900})
    assert not is_wider_than_its_window(page)
