"""Posts, pages and files out of an export of WordPress."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from advocacy.imports.records import Kind, Post, Skipped
from advocacy.imports.wordpress import read, stream
from tests.imports.wxr import SITE, UPLOADS, attachment, cdata, item, meta, term, wxr


def posts(*items: str, **more) -> list[Post]:
    return [one for one in read(wxr(*items, **more)) if isinstance(one, Post)]


def skipped(*items: str, **more) -> list[Skipped]:
    return [one for one in read(wxr(*items, **more)) if isinstance(one, Skipped)]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_a_post_of_every_version_is_read_whole(version):
    (post,) = posts(
        item(
            7,
            "Commission & inquiry: “heard” 😀",
            "<p>북한 &amp; the <em>UN</em></p>",
            excerpt="In <b>short</b>.",
            more=term("category", "news", "News")
            + "<category>News</category>"
            + term("post_tag", "geneva", "Geneva")
            + meta(views="1234", _edit_last="1"),
        ),
        version=version,
    )
    assert (post.source, post.key, post.kind) == ("wordpress:old.example.org", "7", Kind.ARTICLE)
    assert post.text.title == "Commission & inquiry: “heard” 😀"
    assert post.text.body == "<p>북한 &amp; the <em>UN</em></p>"
    assert (post.text.summary, post.text.byline) == ("In short.", "Joanna H.")
    assert (post.category, post.tags, post.hits) == ("News", ("Geneva",), 1234)
    assert post.written == datetime(2015, 4, 8, 12, 1, tzinfo=UTC)
    assert post.public
    assert post.addresses == (f"{SITE}/2015/04/7/", "/?p=7")


def test_prefixes_are_what_the_document_says_they_are():
    text = wxr(item(7)).getvalue().replace(b"wp:", b"press:").replace(b":wp=", b":press=")
    assert [one.key for one in read(BytesIO(text))] == ["7"]


def test_a_page_is_a_page_and_keeps_its_address_by_number():
    (page,) = posts(item(9, kind="page"))
    assert page.kind == Kind.PAGE
    assert "/?page_id=9" in page.addresses


@pytest.mark.parametrize("key", ["views", "post_views_count", "_count-views_all"])
def test_the_counts_of_the_usual_plugins_are_hits(key):
    (post,) = posts(item(7, more=meta(**{key: "56"})))
    assert post.hits == 56


def test_a_count_that_is_no_number_counts_nothing():
    (post,) = posts(item(7, more=meta(views="1' OR '1'='1")))
    assert post.hits == 0


@pytest.mark.parametrize("status", ["draft", "pending", "future", "private", "odd"])
def test_what_readers_could_not_open_stays_a_draft_with_the_reason(status):
    (post,) = posts(item(7, status=status))
    assert not post.public
    assert post.reason


def test_a_post_behind_a_password_stays_a_draft_and_the_password_is_not_read():
    (post,) = posts(item(7, password="open sesame"))
    assert not post.public
    assert "open sesame" not in repr(post)


def test_a_draft_has_the_time_of_clocks_in_seoul():
    zero = "0000-00-00 00:00:00"
    text = item(7, status="draft", gmt=zero).replace("Wed, 08 Apr 2015", "Mon, 30 Nov -0001")
    (post,) = posts(text)
    assert post.written == datetime(2015, 4, 8, 21, 1, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.mark.parametrize("kind", ["revision", "nav_menu_item", "custom_css", "product"])
def test_what_is_no_text_of_a_person_is_skipped_with_the_reason(kind):
    (one,) = skipped(item(7, kind=kind))
    assert (one.key, bool(one.reason), one.line > 0) == ("7", True, True)


def test_a_type_of_a_plugin_is_taken_over_where_it_was_asked_for():
    (post,) = read(wxr(item(7, kind="press")), {"press": Kind.ARTICLE})
    assert post.kind == Kind.ARTICLE


def test_comments_and_mail_addresses_are_never_read():
    comment = (
        "<wp:comment><wp:comment_author_email>who@example.org</wp:comment_author_email>"
        "<wp:comment_content>Spam</wp:comment_content></wp:comment>"
    )
    author = "<dc:creator>who@example.org</dc:creator>"
    (post,) = posts(item(7, more=comment + author))
    assert post.text.byline == ""
    assert "@example.org" not in repr(post)
    assert "Spam" not in repr(post)


def test_one_bad_item_stops_no_other():
    found = list(read(wxr(item(1), item(1), item(2, "", ""), item(3))))
    assert [one.key for one in found if isinstance(one, Post)] == ["1", "3"]
    assert [one.key for one in found if isinstance(one, Skipped)] == ["1", "2"]


def test_translations_name_their_original():
    both = term("post_translations", "pll_1", "pll_1")
    first, second = posts(
        item(1, more=both + term("language", "ko", "한국어")),
        item(2, more=both + term("language", "en", "English")),
    )
    assert (first.text.language, second.text.language) == ("ko", "en")
    assert (first.translates, second.translates) == ("", "1")


# Files


def test_the_files_of_a_post_are_those_it_shows_leads_to_and_holds():
    (post,) = posts(
        item(
            1,
            content=f'<p><img src="{UPLOADS}/2015/04/hall-300x200.jpg">'
            f'<a href="{UPLOADS}/2015/04/a%20b.pdf">PDF</a>'
            '<a href="https://un.example.org/files/other.pdf">UN</a></p>',
            more=meta(_thumbnail_id="4"),
        ),
        attachment(2, "2015/04/hall.jpg"),
        attachment(3, "2015/04/statement.pdf", parent=1, title="The statement"),
        attachment(4, "2015/04/front.png"),
    )
    assert [file.path for file in post.files] == [
        "2015/04/hall.jpg",
        "2015/04/a b.pdf",
        "2015/04/front.png",
        "2015/04/statement.pdf",
    ]
    assert post.files[3].shown == "The statement.pdf"
    assert f"{UPLOADS}/2015/04/statement.pdf" in post.files[3].addresses
    assert "/?attachment_id=3" in post.files[3].addresses
    assert f'src="{UPLOADS}/2015/04/hall.jpg"' in post.text.body


def test_a_file_no_post_uses_is_named_in_the_report():
    (one,) = skipped(item(1), attachment(2, "2015/04/lost.pdf"))
    assert "2015/04/lost.pdf" in one.reason


def test_a_gallery_shows_its_pictures_and_the_posts_own_without_numbers():
    files = [
        attachment(2, "a.jpg", parent=1),
        attachment(3, "b.jpg"),
        attachment(4, "c.pdf", parent=1),
    ]
    (chosen,) = posts(item(1, content='[gallery ids="3"]'), *files)
    (own,) = posts(item(1, content="[gallery]"), *files)
    assert chosen.text.body.count("<img") == 1
    assert f"{UPLOADS}/b.jpg" in chosen.text.body
    assert f"{UPLOADS}/a.jpg" in own.text.body
    assert "c.pdf" not in own.text.body


# What is not what it seems


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_a_doctype_is_refused_before_anything_is_read(doctype):
    (one,) = read(wxr(item(1, "&x;&b;"), before=doctype))
    assert isinstance(one, Skipped)
    assert "DOCTYPE" in one.reason


def test_an_entity_nobody_declared_costs_no_post():
    found = [post.key for post in posts(item(1, "a").replace("<title>a", "<title>&nope;"), item(2))]
    assert found[-1] == "2"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<html></html>",
        b"<rss></rss>",
        b"<?xml version='1.0'?><!-- never ends",
        wxr(item(1), version="1.3").getvalue(),
        wxr(item(1), version="9").getvalue(),
    ],
)
def test_what_is_no_export_is_refused_with_one_sentence(content):
    (one,) = read(BytesIO(content))
    assert isinstance(one, Skipped)
    assert one.reason


def test_what_was_cut_off_gives_what_came_before():
    content = wxr(item(1), item(2), item(3)).getvalue()
    found = list(read(BytesIO(content[: content.rindex(b"<wp:post_id>")])))
    assert [one.key for one in found if isinstance(one, Post)] == ["1", "2"]
    assert isinstance(found[-1], Skipped)


def test_bytes_that_are_no_letters_are_replaced_and_told():
    content = (
        wxr(item(1, "Broken", "a\x00b\x08c \ufffe d")).getvalue().replace(b"Broken", b"Br\xffken")
    )
    (post,) = read(BytesIO(content))
    assert post.text.title == "Br\ufffdken"
    assert "a\ufffdb" in post.text.body
    assert post.dropped


def test_a_path_that_climbs_is_handed_on_as_it_is_and_sql_is_text():
    (post,) = posts(
        item(1, "'; DROP TABLE news_article; --"), attachment(2, "../../etc/passwd", parent=1)
    )
    assert post.text.title == "'; DROP TABLE news_article; --"
    assert [file.path for file in post.files] == ["../../etc/passwd"]


@pytest.mark.long
def test_an_export_of_half_a_gigabyte_is_read_in_little_memory():
    script = (
        "import re, django; django.setup()\n"
        "from advocacy.imports.wordpress import read\n"
        "from tests.imports.wxr import Endless\n"
        "print(sum(bool(one.key) for one in read(Endless(5000, 100_000))))\n"
        # Not getrusage: that begins with the memory of whoever started this process.
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "nkhr.settings"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    number, most = map(int, done.stdout.split())
    assert number == 5000
    assert most < 300_000  # KiB


def test_one_post_without_end_is_given_up_on(monkeypatch):
    monkeypatch.setattr(stream, "LARGEST", 1_000_000)
    endless = item(1).replace("<wp:is_sticky>", "<x/>" * 400_000 + "<wp:is_sticky>")
    found = list(read(wxr(item(2), endless, item(3))))
    assert [one.key for one in found] == ["2", ""]


_PIECES = st.sampled_from(
    [
        *("<item>", "</item>", "</channel>", "</rss>", "<![CDATA[", "]]>", "<wp:post_id>", "&amp;"),
        *(
            "</wp:post_id>",
            "&x;",
            "&#0;",
            "<!DOCTYPE a>",
            "<?php ?>",
            "<!--",
            "-->",
            "\x00",
            "\ud800",
        ),
        *('<wp:postmeta a="', "<wp:post_date>2015-99-99", "[gallery ids=", "<!-- wp:embed {", "'"),
        *(item(1), attachment(2, "a/b.jpg", parent=1), cdata("x"), "9" * 30, "<wp:comment>"),
    ]
)


@given(st.lists(_PIECES | st.text(max_size=20), max_size=12))
def test_no_export_hangs_or_breaks_it(pieces):
    for one in read(wxr("".join(pieces))):
        assert isinstance(one, Post | Skipped)


@given(st.binary(max_size=400), st.integers(min_value=0, max_value=3000))
def test_no_bytes_in_an_export_break_it(garbage, place):
    content = wxr(item(1), item(2)).getvalue()
    for one in read(BytesIO(content[:place] + garbage + content[place:])):
        assert isinstance(one, Post | Skipped)
