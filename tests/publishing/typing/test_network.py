"""Text typed without a network, or while the server is gone."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from advocacy.publishing.models import Unsaved
from tests.browser import crash
from tests.publishing.at_the_form import edit, save
from tests.publishing.typing.offers import HELD, offer, take_up, wait_until_kept
from tests.site.own_server import OwnServer

pytestmark = pytest.mark.browser


def test_without_a_network_text_is_held_encrypted_and_sent_when_there_is_one(staff_page, draft):
    edit(staff_page, draft)
    staff_page.context.set_offline(True)
    staff_page.locator("#id_title").fill("Zzsecret title")
    expect(staff_page.locator("#typing")).to_contain_text("is kept in this browser")
    held = staff_page.evaluate(HELD)
    assert len(held) == 1
    assert "ecret" not in json.dumps(held)
    assert not Unsaved.objects.exists()
    staff_page.context.set_offline(False)
    wait_until_kept(staff_page)
    expect(staff_page.locator("#typing")).to_be_empty()
    assert staff_page.evaluate(HELD) == []
    assert Unsaved.objects.get().fields["title"] == ["Zzsecret title"]
    staff_page.problems.clear()


@pytest.mark.long
def test_text_of_a_tab_killed_without_a_network_is_offered_again(staff_page, draft):
    edit(staff_page, draft)
    staff_page.context.set_offline(True)
    staff_page.locator("#id_title").fill("Typed title")
    expect(staff_page.locator("#typing")).to_contain_text("is kept in this browser")
    page = crash(staff_page)
    staff_page.context.set_offline(False)
    edit(page, draft)
    expect(offer(page)).to_contain_text("Title")
    assert page.evaluate(HELD) == []
    take_up(page)
    save(page)
    draft.refresh_from_db()
    assert draft.title == "Typed title"
    page.problems.clear()


@pytest.mark.long
def test_saving_waits_while_there_is_no_network(staff_page, draft):
    edit(staff_page, draft)
    staff_page.context.set_offline(True)
    staff_page.locator("#id_title").fill("Typed title")
    staff_page.get_by_role("button", name="Save draft").click()
    expect(staff_page.locator("#typing")).to_contain_text("is kept in this browser")
    expect(staff_page).to_have_url(re.compile("/change/$"))
    staff_page.context.set_offline(False)
    save(staff_page)
    draft.refresh_from_db()
    assert draft.title == "Typed title"
    staff_page.problems.clear()


@pytest.fixture
def own_server(transactional_db, settings):
    server = OwnServer(settings)
    yield server
    server.kill()


@pytest.mark.long
def test_text_outlives_a_server_that_is_stopped_and_started_again(
    chromium, staff_page, own_server, draft
):
    cookies = staff_page.context.cookies()
    context = chromium.new_context(base_url=own_server.url, locale="en-GB")
    context.add_cookies(
        [{"name": c["name"], "value": c["value"], "url": own_server.url} for c in cookies]
    )
    page = context.new_page()
    page.problems = []
    edit(page, draft).locator("#id_title").fill("Typed title")
    wait_until_kept(page)
    own_server.kill()
    page.locator("#id_title").fill("Typed title, and more")
    expect(page.locator("#typing")).to_contain_text("is kept in this browser")
    page = crash(page)
    own_server.start()
    edit(page, draft)
    titles = {kept.fields["title"][0] for kept in Unsaved.objects.all()}
    assert titles == {"Typed title, and more"}
    take_up(page)
    save(page)
    draft.refresh_from_db()
    assert draft.title == "Typed title, and more"
    context.close()
