"""Addresses of old sites: the form in which one is known, whatever folder and host it was in."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from .models import LONGEST_ADDRESS

#: What is neither kept nor asked for: nothing that long was ever an address of a post.
LONGEST = 2000

_NUMBER = re.compile(r"\d{1,19}", re.ASCII)
_BOARD = re.compile(r"[\w-]{1,60}")
_POSTS = {"p", "page_id", "attachment_id"}  # of WordPress, which counts them together
_DATED = re.compile(r"/(?:[\w-]+/)?(?:19|20)\d\d/\d\d/(?:\d\d/)?[^/]+")
_FOLDERS = re.compile(
    r"/(?:[\w-]+/)?(?:wp-content/uploads|data/(?:file|editor|cheditor\d?|geditor)|files/attach)/"
)
_ASKS = re.compile(r"(?:^|&)(?:p|page_id|attachment_id|document_srl|file_srl)=\d")
_SCRIPTS = {"board.php", "zboard.php", "view.php", "download.php"}


def normal(address: str) -> str:
    """The name an old address is known by; empty where it is none that could lead anywhere."""
    if len(address) > LONGEST or "\0" in address:
        return ""
    try:
        split = urlsplit(address.strip())
    except ValueError:
        return ""
    path = unquote(split.path)
    asked = dict(parse_qsl(split.query))
    found = _by_query(path, asked) or _by_path(path)
    return found if len(found) <= LONGEST_ADDRESS and "\0" not in found else ""


def host_of(address: str) -> str:
    """Without `www.`; empty for what names none."""
    try:
        return (urlsplit(address.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_of_old_site(path: str, query: str) -> bool:
    """Whether an address has the form that only the old site's had, known or not."""
    asked = dict(parse_qsl(query[:LONGEST]))
    last = path.rpartition("/")[2].lower()
    if last in _SCRIPTS or _by_query(path, asked):
        return True
    return bool(_DATED.fullmatch(path.rstrip("/")) or _FOLDERS.match(path))


def asks_for_post(query: str) -> bool:
    """Whether a query names a post of an old site, whose front page answered for it."""
    return bool(_ASKS.search(query))


def words_of(path: str) -> str:
    """The words of a title, where an address was made of one."""
    if not _DATED.fullmatch(path.rstrip("/")):
        return ""
    return " ".join(re.split(r"[-_]+", unquote(path.rstrip("/").rpartition("/")[2])))[:100]


def _by_query(path: str, asked: dict[str, str]) -> str:
    last = path.rpartition("/")[2].lower()
    board, post = asked.get("bo_table", ""), asked.get("wr_id", "")
    if last in ("board.php", "download.php") and _are(board, post):
        if last == "board.php":
            return f"board.php?bo_table={board}&wr_id={int(post)}"
        place = asked.get("no", "0")
        return f"download.php?bo_table={board}&wr_id={int(post)}&no={place}" if _is(place) else ""
    board, post = asked.get("id", ""), asked.get("no", "")
    if last in ("zboard.php", "view.php", "download.php") and _are(board, post):
        if last != "download.php":
            return f"zboard.php?id={board}&no={int(post)}"
        place = asked.get("filenum", "1")
        return f"download.php?id={board}&no={int(post)}&filenum={place}" if _is(place) else ""
    if asked.get("act") == "procFileDownload" and _is(asked.get("file_srl", "")):
        return f"?file_srl={int(asked['file_srl'])}"
    if _is(asked.get("document_srl", "")):
        return f"?document_srl={int(asked['document_srl'])}"
    if last in ("", "index.php") or path.strip("/") in ("en", "ko"):
        for name in _POSTS:
            if _is(asked.get(name, "")):
                return f"?p={int(asked[name])}"
    return ""


def _by_path(path: str) -> str:
    """As it is; `/` at the end says nothing, and a site's front page is no post."""
    path = re.sub(r"/{2,}", "/", "/" + path.strip("/"))
    return "" if path in ("/", "/index.php", "/index.html") else path


def _are(board: str, post: str) -> bool:
    return bool(_BOARD.fullmatch(board)) and _is(post)


def _is(number: str) -> bool:
    return bool(_NUMBER.fullmatch(number))
