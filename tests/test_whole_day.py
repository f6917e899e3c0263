"""A day of two people who bring a text to readers, each in a browser of their own, told in order.

The server is the real one, with all that stands in front of Django. Readers use a third browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.accounts.signing_in import PASSWORD
from tests.browser import launch
from tests.day.people import Colleague, Reader, before_long
from tests.day.words import ENGLISH, KOREAN, Words
from tests.people import person
from tests.site.own_server import OwnServer

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

AUTHOR, PUBLISHER = "minji", "hyun"


@dataclass
class Day:
    words: Words
    server: OwnServer
    author: Colleague
    publisher: Colleague
    reader: Reader
    strangers: Browser
    mail: Path
    title: str = ""
    address: str = ""  # where readers find the text
    link: str = ""  # by which a stranger reads what is not public

    def has_mail(self, login: str, without: str) -> None:
        """Before long, as the queue comes to it; with a link, and not with what is said at the desk."""

        def is_so() -> None:
            files = [one.read_bytes() for one in self.mail.glob("*")]
            mails = [message_from_bytes(one, policy=policy.default) for one in files]
            theirs = [one for one in mails if one["To"] == f"{login}@example.org"]
            said = "\n".join(one.get_body().get_content() for one in theirs)
            assert "/change/" in said
            assert without not in said

        before_long(is_so)

    def hours_pass(self, hours: int) -> None:
        """At the site, which is started anew: not in the browsers."""
        for colleague in (self.author, self.publisher):
            colleague.page.goto("about:blank")
        self.server.kill()
        self.server.start(HOURS_LATER=str(hours))


@pytest.fixture(params=[ENGLISH, KOREAN], ids=lambda words: words.language)
def day(request, transactional_db, chromium, settings, tmp_path):
    words, mail = request.param, tmp_path / "mail"
    hashed = make_password(PASSWORD, hasher=PBKDF2PasswordHasher())
    for login, role, name in (
        (AUTHOR, "author", words.author),
        (PUBLISHER, "publisher", words.publisher),
    ):
        somebody = person(role, login)
        somebody.name, somebody.password = name, hashed
        somebody.save()
    server = OwnServer(
        settings, DJANGO_SETTINGS_MODULE="tests.day.served", EMAIL_URL=f"filemail:///{mail}"
    )
    day = Day(
        words=words,
        server=server,
        author=Colleague(launch(chromium.browser_type), server.url, AUTHOR, words.language),
        publisher=Colleague(launch(chromium.browser_type), server.url, PUBLISHER, words.language),
        reader=Reader(chromium, server.url, words.language),
        strangers=chromium,
        mail=mail,
    )
    yield day
    for colleague in (day.author, day.publisher):
        colleague.browser.close()
    day.reader.context.close()
    server.kill()
    assert "Traceback" not in server.log.read_text()


def test_two_people_bring_a_text_to_readers_and_take_it_back(day):
    day.author.signs_in()
    day.publisher.signs_in()
    a_text_outlives_a_crash(day)
    two_save_the_same_text(day)
    it_is_reviewed_and_sent_back(day)
    it_is_previewed_from_what_is_typed(day)
    a_stranger_reads_it_by_a_link(day)
    it_is_published_under_an_embargo(day)
    the_embargo_ends(day)
    it_is_corrected(day)
    it_is_revised_a_little(day)
    an_old_version_is_brought_back(day)
    it_is_withdrawn(day)
    it_is_thrown_away_and_brought_back(day)
    assert day.author.problems == day.publisher.problems == []


def a_text_outlives_a_crash(day: Day) -> None:
    author, words = day.author, day.words
    author.begins_an_article()
    author.gives_the_title(words.title)
    author.types(words.first)
    author.waits_until_it_is_kept()
    author.loses_the_tab()

    unsaved = author.looks_at_the_desk("unsaved")
    expect(unsaved).to_contain_text(words.title)
    with author.page.expect_navigation():
        unsaved.get_by_role("link", name=words.title).click()
    author.follows("Take it up")
    expect(author.text()).to_have_text(words.first)
    author.types(words.more)
    author.presses("Save draft")
    expect(author.page.locator("h1")).to_have_text(words.title)
    expect(author.page.locator("#beside")).to_be_empty()

    expect(author.looks_at_the_desk("progress")).to_contain_text(words.title)
    expect(author.page.locator("#board-unsaved")).to_have_count(0)
    day.reader.finds_nothing_of(words.title, words.first)
    day.title = words.title


def two_save_the_same_text(day: Day) -> None:
    author, publisher, words = day.author, day.publisher, day.words
    publisher.opens_to_write(day.title)
    author.opens_to_write(day.title)
    beside = author.called("Others have this open: %s.").split("%s")[0]
    expect(author.page.locator("#beside")).to_contain_text(beside + words.publisher)

    publisher.gives_the_title(words.title_of_publisher)
    publisher.presses("Save draft")
    expect(publisher.page.locator("h1")).to_have_text(words.title_of_publisher)

    author.gives_the_title(words.title_of_author)
    author.types(words.source)
    author.presses("Save draft")
    conflict = author.page.locator(".conflict")
    expect(conflict).to_contain_text(
        author.called("A colleague has saved this text since you opened it")
    )
    expect(conflict).to_contain_text(words.publisher)
    asked = conflict.locator(".difference").filter(has_text=author.called("title").capitalize())
    expect(asked).to_have_count(1)
    expect(author.text()).to_contain_text(words.source)
    asked.get_by_label(author.called("Take what is saved")).check()
    author.presses("Save draft")
    expect(author.page.locator("h1")).to_have_text(words.title_of_publisher)
    expect(author.text()).to_have_text(words.first + words.more + words.source)
    day.title = words.title_of_publisher


def it_is_reviewed_and_sent_back(day: Day) -> None:
    author, publisher, words = day.author, day.publisher, day.words
    ask(day, words.by_friday)
    to_review = publisher.looks_at_the_desk("review")
    expect(to_review).to_contain_text(day.title)
    expect(to_review).to_contain_text(words.by_friday)
    day.has_mail(PUBLISHER, without=words.by_friday)

    with publisher.page.expect_navigation():
        to_review.get_by_role("link", name=day.title).click()
    expect(publisher.page.locator(".remarks")).to_contain_text(words.by_friday)
    publisher.presses("Send it back")
    publisher.page.get_by_label(publisher.called("What is to be done?")).fill(words.name_the_source)
    publisher.presses("Send it back")
    publisher.is_told("Sent back. It is a draft again.")

    day.has_mail(AUTHOR, without=words.name_the_source)
    author.opens_to_write(day.title)
    expect(author.page.locator(".remarks")).to_contain_text(words.name_the_source)
    assert author.button("Publish").count() == 0
    day.reader.finds_nothing_of(day.title, words.first)


def ask(day: Day, note: str) -> None:
    """The author asks the publisher to look at the text."""
    author, words = day.author, day.words
    author.opens_to_write(day.title)
    author.presses("Ask for a review")
    label = author.called("%(name)s (can publish it)", name=words.publisher)
    author.page.get_by_label(author.called("Who should review it?")).select_option(label=label)
    author.page.get_by_label(author.called("Note to the reviewer")).fill(note)
    author.presses("Ask for a review")
    author.is_told("In review. %(name)s was asked.", name=words.publisher)
    # It is the reviewer's now: until it comes back its author reads it.
    expect(author.page.locator(".ProseMirror")).to_have_count(0)


def it_is_previewed_from_what_is_typed(day: Day) -> None:
    author, words = day.author, day.words
    author.opens_to_write(day.title)
    author.types(words.typed_over)
    with author.context.expect_page() as opened:
        author.button("Preview").click()
    preview = opened.value
    expect(preview.locator(".preview")).to_contain_text(author.called("Preview, not public."))
    expect(preview.locator("article")).to_contain_text(words.typed_over)
    with preview.expect_navigation():
        preview.get_by_role("link", name=author.called("As on a phone"), exact=True).click()
    phone = preview.frame_locator("iframe")
    expect(phone.locator("article")).to_contain_text(words.typed_over)
    assert phone.locator("body").evaluate("() => window.innerWidth") == 390
    preview.close()

    # It was not saved by that, and is thrown away.
    author.opens(day.title)
    expect(author.text()).not_to_contain_text(words.typed_over)
    author.presses("Throw it away")
    expect(author.page.locator(".offer")).to_have_count(0)


def a_stranger_reads_it_by_a_link(day: Day) -> None:
    author, words = day.author, day.words
    author.opens(day.title)
    author.follows("Share")
    author.presses("Make a link for %(hours)s hours", hours=48)
    day.link = author.page.locator(f"#link-{words.language}").input_value()

    stranger = Reader(day.strangers, day.server.url, words.language)
    text = words.first + words.more + words.source
    stranger.finds(day.link, text, without=words.typed_over)
    answer = stranger.context.request.get(day.link)
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "no-store" in answer.headers["cache-control"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    stranger.context.close()
    day.reader.finds_nothing_of(day.title, words.first)


def it_is_published_under_an_embargo(day: Day) -> None:
    publisher, words = day.publisher, day.words
    ask(day, words.by_friday)
    publisher.opens_to_write(day.title)
    ends = timezone.localtime(timezone.now() + timedelta(hours=1))
    publisher.page.locator("#id_published_at_0").fill(f"{ends:%Y-%m-%d}")
    publisher.page.locator("#id_published_at_1").fill(f"{ends:%H:%M}")
    day.address = publisher.publishes()

    scheduled = publisher.looks_at_the_desk("scheduled")
    expect(scheduled).to_contain_text(day.title)
    for city in ("Seoul", "Geneva", "New York"):
        expect(scheduled.locator(".board-clocks")).to_contain_text(publisher.called(city))
    day.reader.is_answered(404, day.address, without=words.first)
    day.reader.finds_nothing_of(day.title, words.first)


def the_embargo_ends(day: Day) -> None:
    reader, words = day.reader, day.words
    day.hours_pass(2)
    assert reader.finds_in_the_list(day.title) == day.address
    reader.finds(day.address, words.first + words.more + words.source)
    reader.finds_in_the_feed(day.title, words.wrong)
    expect(day.publisher.looks_at_the_desk("scheduled")).not_to_contain_text(day.title)
    expect(day.publisher.looks_at_the_desk("recent")).to_contain_text(day.title)


def it_is_corrected(day: Day) -> None:
    """By the author; readers have the old text until the publisher has seen it."""
    author, publisher, reader, words = day.author, day.publisher, day.reader, day.words
    author.opens_to_change(day.title)
    author.replaces(words.wrong, words.right)
    author.presses("Save changes")
    reader.finds(day.address, words.wrong, without=words.right)

    publisher.opens_to_change(day.title)
    publisher.publishes(correction=words.correction)
    reader.finds(day.address, words.right, without=words.wrong, note=words.correction)
    reader.finds_in_the_feed(words.right, words.correction)


def it_is_revised_a_little(day: Day) -> None:
    """Without a note: readers see the new words, and no second correction."""
    publisher, words = day.publisher, day.words
    publisher.opens_to_change(day.title)
    publisher.types(words.flourish)
    publisher.publishes(is_small=True)
    day.reader.finds(day.address, words.right, words.flourish, note=words.correction)


def an_old_version_is_brought_back(day: Day) -> None:
    publisher, reader, words = day.publisher, day.reader, day.words
    publisher.opens(day.title)
    publisher.follows("History")
    versions = publisher.page.locator("tr.published")
    expect(versions).to_have_count(3)  # the embargoed text, the corrected, the revised
    versions.nth(1).locator("input[name=before]").check()
    versions.nth(0).locator("input[name=after]").check()
    publisher.presses("Compare the two chosen versions")
    expect(publisher.page.locator("ins")).to_contain_text(words.flourish.strip())
    publisher.presses("Go back to this version")
    expect(publisher.text()).not_to_contain_text(words.flourish)
    reader.finds(day.address, words.flourish, note=words.correction)
    publisher.publishes(is_small=True)
    reader.finds(day.address, words.right, without=words.flourish, note=words.correction)


def it_is_withdrawn(day: Day) -> None:
    publisher, reader, words = day.publisher, day.reader, day.words
    publisher.opens(day.title)
    with publisher.page.expect_navigation():
        publisher.page.locator("button[formaction$='/withdraw/']").click()
    publisher.is_told("Withdrawn: “%s”. Its address says it is gone.", day.title)
    reader.is_answered(410, day.address, without=words.first)
    reader.is_answered(404, day.link, without=words.first)
    reader.finds_nothing_of(day.title, words.first)


def it_is_thrown_away_and_brought_back(day: Day) -> None:
    author, publisher, reader, words = day.author, day.publisher, day.reader, day.words
    publisher.opens(day.title)
    publisher.presses("Move to the trash")
    publisher.is_told("In the trash. It can be brought back from there.")
    publisher.page.goto("/admin/news/article/")
    expect(publisher.page.get_by_role("link", name=day.title, exact=True)).to_have_count(0)
    reader.is_answered(410, day.address, without=words.first)
    author.page.goto("/admin/trash/")
    expect(author.page.locator("#content")).to_contain_text(day.title)
    # What readers knew is the publisher's to bring back.
    expect(author.page.get_by_role("button", name=day.title)).to_have_count(0)

    publisher.page.goto("/admin/trash/")
    with publisher.page.expect_navigation():
        publisher.page.get_by_role("button", name=day.title).click()
    publisher.is_told("Brought back from the trash.")
    reader.is_answered(410, day.address, without=words.first)

    publisher.opens_to_change(day.title)
    publisher.publishes()
    reader.finds(day.address, words.right, note=words.correction)
    assert reader.finds_in_the_list(day.title) == day.address
    reader.finds_in_the_feed(day.title, words.right)
