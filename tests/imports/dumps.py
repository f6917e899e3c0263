"""Dumps as the programs of twenty years have written them, made in a line."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STYLES = ("mysqldump", "phpmyadmin", "heidisql", "one row a statement", "hexadecimal")


def columns(names: str) -> list[str]:
    return names.split()


#: As GNUboard's install makes the table of a board, 4 and 5.
WRITE_4 = columns(
    "wr_id wr_num wr_reply wr_parent wr_is_comment wr_comment wr_comment_reply ca_name "
    "wr_option wr_subject wr_content wr_link1 wr_link2 wr_link1_hit wr_link2_hit wr_trackback "
    "wr_hit wr_good wr_nogood mb_id wr_password wr_name wr_email wr_homepage wr_datetime "
    "wr_last wr_ip wr_1 wr_2 wr_3 wr_4 wr_5 wr_6 wr_7 wr_8 wr_9 wr_10"
)
WRITE_5 = columns(
    "wr_id wr_num wr_reply wr_parent wr_is_comment wr_comment wr_comment_reply ca_name "
    "wr_option wr_subject wr_content wr_seo_title wr_link1 wr_link2 wr_link1_hit wr_link2_hit "
    "wr_hit wr_good wr_nogood mb_id wr_password wr_name wr_email wr_homepage wr_datetime "
    "wr_file wr_last wr_ip wr_facebook_user wr_twitter_user wr_1 wr_2 wr_3 wr_4 wr_5 wr_6 "
    "wr_7 wr_8 wr_9 wr_10"
)
FILE_12 = columns(
    "bo_table wr_id bf_no bf_source bf_file bf_download bf_content bf_filesize bf_width "
    "bf_height bf_type bf_datetime"
)
FILE_15 = [*FILE_12[:7], "bf_fileurl", "bf_thumburl", "bf_storage", *FILE_12[7:]]
DOCUMENT = columns(
    "document_srl module_srl category_srl lang_code is_notice title title_bold title_color "
    "content readed_count voted_count blamed_count comment_count password user_id user_name "
    "nick_name member_srl email_address homepage tags extra_vars regdate last_update "
    "last_updater ipaddress list_order update_order status"
)
XE_FILE = columns(
    "file_srl upload_target_srl upload_target_type sid module_srl member_srl download_count "
    "direct_download source_filename uploaded_filename file_size comment isvalid regdate "
    "ipaddress"
)
ZERO = columns(
    "no division headnum arrangenum depth prev_no next_no father child ismember memo islevel "
    "ip password name homepage email subject use_html reply_mail category is_secret sitelink1 "
    "sitelink2 file_name1 file_name2 s_file_name1 s_file_name2 download1 download2 reg_date "
    "hit vote total_comment x y"
)

#: What a comment, a quoted name or a value may hold, to lead a reader astray.
PREAMBLE = {
    "mysqldump": (
        "-- MySQL dump 10.13  Distrib 5.1.73; it's one (of many);\n"
        "/*!40101 SET NAMES utf8 */;\n/* INSERT INTO `g4_write_news` VALUES (1); */\n"
    ),
    "phpmyadmin": (
        "-- phpMyAdmin SQL Dump\n-- 생성 시간: 15-04-08\n\n"
        'SET SQL_MODE="NO_AUTO_VALUE_ON_ZERO";\n# it\'s old\n'
    ),
    "heidisql": "-- --------------------------------\n/*!40014 SET FOREIGN_KEY_CHECKS=0 */;\n",
    "one row a statement": "#--\nDELIMITER ;;\nDELIMITER ;\n",
    "hexadecimal": "\ufeff",
}


@dataclass
class Table:
    name: str
    columns: Sequence[str]
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, **values: Any) -> Table:
        self.rows.append(values)
        return self


def sql(
    *tables: Table,
    style: str = "mysqldump",
    named: bool | None = None,
    created: bool = True,
    encoding: str = "utf-8",
) -> str:
    """`named`: whether the columns are named before the values; without, as the program does it."""
    says = {"mysqldump": False, "one row a statement": False}.get(style, True)
    named = says if named is None else named
    parts = [PREAMBLE[style] if encoding == "utf-8" else PREAMBLE[style].lstrip("\ufeff")]
    for table in tables:
        if created:
            parts.append(_create(table))
        parts.append(_insert(table, style, named, encoding))
    return "".join(parts)


def dump(path: Path, *tables: Table, encoding: str = "utf-8", **how: Any) -> Path:
    content = sql(*tables, encoding=encoding, **how).encode(encoding, errors="surrogateescape")
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def _create(table: Table) -> str:
    defined = ",\n".join(
        f"  `{name}` varchar(255) NOT NULL DEFAULT '0' COMMENT 'it''s; (one), `two`'"
        for name in table.columns
    )
    return (
        f"DROP TABLE IF EXISTS `{table.name}`;\nCREATE TABLE `{table.name}` (\n{defined},\n"
        f"  PRIMARY KEY (`{table.columns[0]}`),\n  KEY `k` (`{table.columns[0]}`(10),`x`)\n"
        ") ENGINE=MyISAM AUTO_INCREMENT=2 DEFAULT CHARSET=euckr;\n"
    )


def _insert(table: Table, style: str, named: bool, encoding: str) -> str:
    names = " (" + ", ".join(f"`{name}`" for name in table.columns) + ")" if named else ""
    start = f"INSERT INTO `{table.name}`{names} VALUES"
    rows = [
        "(" + ", ".join(_value(row.get(name), style, encoding) for name in table.columns) + ")"
        for row in table.rows
    ]
    if not rows:
        return ""
    match style:
        case "mysqldump":
            start = start.replace(" VALUES", " VALUES ")
            return f"LOCK TABLES `{table.name}` WRITE;\n{start}{','.join(rows)};\nUNLOCK TABLES;\n"
        case "one row a statement":
            return "".join(f"{start} {row};\n" for row in rows)
        case "heidisql":
            return f"{start}\n\t" + ",\n\t".join(rows) + ";\n"
    return f"{start}\n" + ",\n".join(rows) + ";\n"


def _value(value: Any, style: str, encoding: str) -> str:
    if value is None:
        return "''"
    if isinstance(value, int | float):
        return str(value)
    if style == "hexadecimal":
        return "0x" + value.encode(encoding, errors="surrogateescape").hex() if value else "''"
    doubled = "''" if style == "phpmyadmin" else "\\'"
    for letter, written in (
        *(("\\", "\\\\"), ("\0", "\\0"), ("\n", "\\n"), ("\r", "\\r"), ("\x1a", "\\Z")),
        *(("'", doubled), ('"', '\\"')),
    ):
        value = value.replace(letter, written)
    introducer = "_binary " if style == "heidisql" else ""
    return f"{introducer}'{value}'"


def write(board: str = "news", prefix: str = "g5", columns: Sequence[str] = WRITE_5) -> Table:
    return Table(f"{prefix}_write_{board}", columns)


def post(
    number: int, title: str = "A title", body: str = "Words.", **values: Any
) -> dict[str, Any]:
    return {
        "wr_id": number,
        "wr_parent": number,
        "wr_subject": title,
        "wr_content": body,
        "wr_name": "NKHR",
        "wr_password": "*SECRETHASH",
        "wr_email": "someone@example.org",
        "wr_ip": "203.0.113.7",
        "mb_id": "admin-account",
        "wr_hit": 1234,
        "wr_is_comment": 0,
        "wr_datetime": "2015-04-08 21:01:00",
        "wr_last": "2015-04-09 08:00:00",
        **values,
    }


def board_file(number: int, stored: str, shown: str, **values: Any) -> dict[str, Any]:
    return {
        "bo_table": "news",
        "wr_id": number,
        "bf_no": 0,
        "bf_source": shown,
        "bf_file": stored,
        "bf_download": 77,
        "bf_datetime": "2015-04-08 21:01:00",
        **values,
    }
