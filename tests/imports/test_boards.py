"""Each of the old boards gives its posts, and nothing that is nobody's business."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.imports.boards import gnuboard, xe, zeroboard
from advocacy.imports.dumps import Dump
from advocacy.imports.records import Form, Post, Skipped
from tests.imports import dumps
from tests.imports.dumps import STYLES, Table, board_file, dump, post, write

TITLE = "북한인권 '결의안' \"채택\" 🕊️ \\ 끝"
BODY = "제네바에서\n둘째 줄\0 <b>굵게</b>; (1, 'x');"


def posts(found) -> list[Post]:
    return [one for one in found if isinstance(one, Post)]


def skipped(found) -> list[Skipped]:
    return [one for one in found if isinstance(one, Skipped)]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
@pytest.mark.parametrize("name", ["site.sql", "site.sql.gz"])
def test_a_post_of_gnuboard_comes_whole_out_of_every_style(tmp_path, style, encoding, name):
    title = TITLE if encoding == "utf-8" else TITLE.replace("🕊️", "")
    columns = dumps.WRITE_4 if encoding == "cp949" else dumps.WRITE_5
    table = write(columns=columns, prefix="g4").add(
        **post(
            15,
            title,
            BODY,
            wr_option="html1",
            ca_name="유엔",
            wr_link1="http://www.ohchr.org/?a=1&b=2",
        )
    )
    path = dump(tmp_path / name, table, encoding=encoding, style=style)
    (found,) = gnuboard.read(Dump(path), ["news"])
    assert found.text.title == " ".join(title.split())
    assert found.text.body == BODY.replace("\0", "")
    assert found.text.form == Form.HTML
    assert found.text.byline == "NKHR"
    assert found.written == datetime(2015, 4, 8, 12, 1, tzinfo=UTC)
    assert (found.source, found.key, found.hits) == ("gnuboard:news", "15", 1234)
    assert (found.category, found.links) == ("유엔", ("http://www.ohchr.org/?a=1&b=2",))
    assert "/bbs/board.php?bo_table=news&wr_id=15" in found.addresses
    assert found.public


@pytest.mark.parametrize("reader", [gnuboard, xe, zeroboard])
def test_no_password_address_e_mail_or_account_is_ever_read(tmp_path, reader):
    private = {"SECRETHASH", "someone@example.org", "203.0.113.7", "admin-account"}
    tables = [
        write().add(**post(1)),
        Table("xe_documents", dumps.DOCUMENT).add(
            document_srl=1, module_srl=2, title="A title", content="Words",
            password="SECRETHASH", user_id="admin-account", user_name="admin-account",
            email_address="someone@example.org", ipaddress="203.0.113.7", status="PUBLIC",
        ),
        Table("zetyx_board_news", dumps.ZERO).add(
            no=1, subject="A title", memo="Words", password="SECRETHASH", ismember=9,
            email="someone@example.org", ip="203.0.113.7",
        ),
    ]  # fmt: skip
    dumped = Dump(dump(tmp_path / "site.sql", *tables))
    held: list[object] = []
    rows = dumped.rows

    def watched(*args):
        for row in rows(*args):
            held.append(row)
            yield row

    dumped.rows = watched
    found = list(reader.read(dumped, []))
    assert posts(found)
    assert not [word for word in private if word in repr(held) + repr(found)]


def test_files_stand_with_their_post_by_their_shown_names(tmp_path):
    for number, (columns, style) in enumerate(
        [(dumps.FILE_12, "mysqldump"), (dumps.FILE_15, "mysqldump"), (dumps.FILE_15, "heidisql")]
    ):
        files = Table("g5_board_file", columns)
        files.add(**board_file(1, "b_second.hwp", "둘째.hwp", bf_no=1, bf_content="it's"))
        files.add(**board_file(1, "a_first.pdf", "성명서 (최종).pdf"))
        files.add(**board_file(1, "x.pdf", "of another board", bo_table="free"))
        # Columns are told by their number where there is nothing else.
        made = dumps.sql(files, style=style, created=False) + dumps.sql(
            write().add(**post(1)), style="phpmyadmin"
        )
        path = tmp_path / f"{number}.sql"
        path.write_text(made, encoding="utf-8")
        (found,) = gnuboard.read(Dump(path), ["news"])
        assert [(one.shown, one.path, one.downloads) for one in found.files] == [
            ("성명서 (최종).pdf", "file/news/a_first.pdf", 77),
            ("둘째.hwp", "file/news/b_second.hwp", 77),
        ]
        assert "/bbs/download.php?bo_table=news&wr_id=1&no=1" in found.files[1].addresses


def test_comments_are_skipped_and_secrets_stay_secret(tmp_path):
    table = write()
    table.add(**post(1, wr_option="html2,secret"))
    table.add(**post(2, wr_is_comment=1, wr_parent=1))
    table.add(**post(3, "", " "))
    table.add(**post("x"))
    found = list(gnuboard.read(Dump(dump(tmp_path / "s.sql", table)), ["news"]))
    (secret,) = posts(found)
    assert not secret.public
    assert secret.reason
    assert secret.text.form == Form.BREAKS
    assert [one.key for one in skipped(found)] == ["2", "3", ""]
    assert all(one.reason and one.line for one in skipped(found))


@pytest.mark.parametrize(
    ("datetime_", "last", "written"),
    [
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", None),
        ("0000-00-00 00:00:00", "2015-04-09 08:00:00", datetime(2015, 4, 8, 23, tzinfo=UTC)),
        ("2015-13-45 00:00:00", "no date", None),
        ("2015-04-08", "", datetime(2015, 4, 7, 15, tzinfo=UTC)),
    ],
)
def test_dates_are_those_of_clocks_in_seoul_or_unknown(tmp_path, datetime_, last, written):
    table = write().add(**post(1, wr_datetime=datetime_, wr_last=last))
    (found,) = gnuboard.read(Dump(dump(tmp_path / "s.sql", table)), ["news"])
    assert found.written == written


def test_only_the_boards_that_were_asked_for_are_read(tmp_path):
    tables = [write(board).add(**post(1)) for board in ("news", "free", "news_en")]
    path = dump(tmp_path / "s.sql", *tables)
    found = list(gnuboard.read(Dump(path), ["news", "news_en", "gone"]))
    assert {one.source for one in posts(found)} == {"gnuboard:news", "gnuboard:news_en"}
    assert [one.key for one in skipped(found)] == ["gone"]
    assert len(posts(gnuboard.read(Dump(path), []))) == 3


def test_a_dump_of_something_else_says_that_there_is_nothing(tmp_path):
    path = dump(tmp_path / "s.sql", Table("wp_posts", ["ID"]).add(ID=1))
    for reader in (gnuboard, xe, zeroboard):
        (found,) = reader.read(Dump(path), [])
        assert isinstance(found, Skipped)


def test_bytes_that_are_no_letters_are_told(tmp_path):
    table = write().add(**post(1, "북한", "인권\udcff\udcfe 결의"))
    (found,) = gnuboard.read(Dump(dump(tmp_path / "s.sql", table)), ["news"])
    assert "\ufffd" in found.text.body
    assert found.dropped


def test_an_address_like_a_path_out_of_the_folder_is_only_a_name(tmp_path):
    files = Table("g5_board_file", dumps.FILE_15).add(**board_file(1, "../../../etc/passwd", "x"))
    table = write().add(**post(1))
    (found,) = gnuboard.read(Dump(dump(tmp_path / "s.sql", files, table)), ["news"])
    assert found.files[0].path == "file/news/../../../etc/passwd"


@pytest.mark.parametrize("style", STYLES)
def test_a_document_of_xe_with_its_files_tags_and_category(tmp_path, style):
    tables = [
        Table("xe_documents", dumps.DOCUMENT)
        .add(
            document_srl=501, module_srl=70, category_srl=9, title=TITLE, content="<p>본문</p>",
            readed_count=321, nick_name="북한인권시민연합", tags="유엔, 인권", status="PUBLIC",
            regdate="20150408210100", last_update="20150409080000",
        )
        .add(document_srl=502, module_srl=70, title="A secret", content="x", status="SECRET")
        .add(document_srl=503, module_srl=71, title="Elsewhere", content="x", status="PUBLIC"),
        Table("xe_document_categories", ["category_srl", "module_srl", "title"]).add(
            category_srl=9, module_srl=70, title="활동"
        ),
        Table("xe_files", dumps.XE_FILE).add(
            file_srl=8, upload_target_srl=501, sid="abc123", download_count=5,
            source_filename="성명.pdf", uploaded_filename="./files/attach/binaries/70/501/x.pdf",
            isvalid="Y",
        ),
        Table("xe_modules", ["module_srl", "module", "mid"])
        .add(module_srl=70, module="board", mid="news")
        .add(module_srl=71, module="board", mid="free"),
    ]  # fmt: skip
    found = list(xe.read(Dump(dump(tmp_path / "s.sql", *tables, style=style)), ["news"]))
    one, secret = posts(found)
    assert (one.text.title, one.text.byline) == (TITLE, "북한인권시민연합")
    assert one.written == datetime(2015, 4, 8, 12, 1, tzinfo=UTC)
    assert (one.hits, one.category, one.tags) == (321, "활동", ("유엔", "인권"))
    assert one.files[0].path == "files/attach/binaries/70/501/x.pdf"
    assert one.files[0].downloads == 5
    assert one.addresses == ("/?document_srl=501", "/news/501")
    assert not secret.public


@pytest.mark.parametrize("style", STYLES)
def test_a_post_of_zeroboard_with_its_two_files(tmp_path, style):
    tables = [
        Table("zetyx_board_category_news", ["no", "num", "name"]).add(no=2, num=0, name="자료"),
        Table("zetyx_board_comment_news", ["no", "parent", "memo"]).add(no=1, parent=7, memo="x"),
        Table("zetyx_board_news", dumps.ZERO)
        .add(
            no=7, subject="It\\'s 제목", memo="첫 줄\n둘째 줄", use_html=2, name="사무국", hit=99,
            category=2, reg_date=1428494460, file_name1="data/news/a.pdf", s_file_name1="첨부.pdf",
            file_name2="data/news/b.hwp", s_file_name2="b.hwp", download1=3, sitelink1="http://a.org/",
        )
        .add(no=8, subject="A secret", memo="x", is_secret=1, reg_date=0),
    ]  # fmt: skip
    path = dump(tmp_path / "s.sql", *tables, style=style, encoding="cp949")
    one, secret = posts(zeroboard.read(Dump(path), ["news"]))
    assert (one.text.title, one.text.byline, one.category) == ("It's 제목", "사무국", "자료")
    assert one.written == datetime(2015, 4, 8, 12, 1, tzinfo=UTC)
    assert one.text.form == Form.BREAKS
    assert [(f.shown, f.path, f.downloads) for f in one.files] == [
        ("첨부.pdf", "data/news/a.pdf", 3),
        ("b.hwp", "data/news/b.hwp", 0),
    ]
    assert one.links == ("http://a.org/",)
    assert "/bbs/zboard.php?id=news&no=7" in one.addresses
    assert (secret.public, secret.written) == (False, None)


def test_reading_twice_gives_the_same_fingerprints_whatever_was_counted_since(tmp_path):
    def read(hits: int, downloads: int):
        files = Table("g5_board_file", dumps.FILE_15)
        files.add(**board_file(1, "a.pdf", "a.pdf", bf_download=downloads))
        table = write().add(**post(1, wr_hit=hits))
        return posts(gnuboard.read(Dump(dump(tmp_path / "s.sql", files, table)), []))[0]

    assert read(1, 1).fingerprint == read(500, 9).fingerprint


@given(
    st.sampled_from([gnuboard, xe, zeroboard]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 5), st.binary(max_size=4)), max_size=8),
)
def test_a_dump_damaged_anywhere_is_read_as_far_as_it_goes(tmp_path_factory, reader, damage):
    files = Table("g5_board_file", dumps.FILE_15).add(**board_file(1, "a.pdf", "a.pdf"))
    document = {"document_srl": 1, "module_srl": 2, "title": TITLE, "content": BODY}
    tables = [
        files,
        write().add(**post(1, TITLE, BODY)).add(**post(2, wr_is_comment=1)),
        Table("xe_documents", dumps.DOCUMENT).add(**document, status="PUBLIC"),
        Table("zetyx_board_news", dumps.ZERO).add(no=1, subject=TITLE, memo=BODY, reg_date=2**70),
    ]
    content = bytearray(dumps.sql(*tables).encode())
    for where, taken, put in damage:
        at = int(where * len(content))
        content[at : at + taken] = put
    path = tmp_path_factory.mktemp("dump") / "s.sql"
    path.write_bytes(content)
    for one in reader.read(Dump(path), []):
        assert isinstance(one, Post | Skipped)
        repr(one).encode()


@pytest.mark.parametrize("harm", ["cut", "flipped", "begun"])
def test_a_packed_dump_that_is_damaged_says_so(tmp_path, harm):
    table = write()
    for number in range(1, 3000):
        table.add(**post(number, f"{number}", str(number**40)))
    path = dump(tmp_path / "site.sql.gz", table)
    packed = bytearray(path.read_bytes())
    half = len(packed) // 2
    if harm == "flipped":
        packed[half : half + 20] = bytes(20)
    path.write_bytes({"cut": packed[:half], "flipped": packed, "begun": packed[:5]}[harm])
    found = list(gnuboard.read(Dump(path), ["news"]))
    assert bool(posts(found)) == (harm != "begun")
    assert any("is damaged" in one.reason for one in skipped(found))
