"""What a site shows, and what an archive holds."""

from __future__ import annotations

import re
from pathlib import Path

from django.test import Client

from advocacy.backup.archive import Archive
from tests.test_channels import crawl

DIFFERS = re.compile(rb'(?<=<dd data-reads>)[^<]*|(?<= nonce=")[^"]*')
# Tables say the moment they were made, and the hits of each day are those folded by then.
TELLS_TIME = re.compile(r"/export\.|^/api/v1/hits")
STARTS = [
    "/",
    "/en/",
    "/ko/",
    "/robots.txt",
    "/sitemap.xml",
    "/feeds/all.atom",
    "/feeds/all.json",
    "/en/search/?q=resolution",
    "/ko/search/?q=인권",
]


def pages(starts: list[str] = STARTS) -> dict[str, tuple[int, bytes]]:
    """Every public answer by address, without its number of reads and the nonce of its scripts. Of
    what TELLS_TIME, not the content.
    """
    client = Client(HTTP_HOST="127.0.0.1:8000", HTTP_PURPOSE="prefetch")  # not counted
    return {
        path: (
            answer.status_code,
            b"" if TELLS_TIME.search(path) else DIFFERS.sub(b"", answer.body),
        )
        for path, answer in crawl(client, starts).items()
    }


def tables(path: Path) -> dict[str, bytes]:
    with Archive(path) as archive:
        return {one.key: content.read() for one, content in archive.members() if one.is_table}
