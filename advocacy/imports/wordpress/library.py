"""The files of an export. They are items of it, before or after the posts that show them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from posixpath import basename
from urllib.parse import unquote, urlsplit

from ..addresses import host_of
from ..records import File
from .items import ATTACHED_FILE, Item

#: Where WordPress keeps files below its address; the second of a network of sites, before 2012.
_UPLOADS = re.compile(r"/(?:wp-content/uploads|files)/(?:sites/\d+/)?(.+)")
#: A picture in another size, or as it was cut down when it came in.
_SIZE = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated)(?=\.\w{2,5}$)")
_IN_BODY = re.compile(r"""\b(?:src|href)\s*=\s*(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})')""")


@dataclass(slots=True)
class Stored:
    """A file of the library."""

    number: str
    path: str
    url: str
    title: str
    parent: str
    addresses: tuple[str, ...]
    line: int
    is_used: bool = False

    def file(self) -> File:
        self.is_used = True
        return File(
            shown=self.title or basename(self.path), path=self.path, addresses=self.addresses
        )


@dataclass(slots=True)
class Library:
    by_number: dict[str, Stored] = field(default_factory=dict)
    by_path: dict[str, Stored] = field(default_factory=dict)
    by_parent: dict[str, list[Stored]] = field(default_factory=lambda: defaultdict(list))
    hosts: set[str] = field(default_factory=set)  # of the site itself

    def know(self, url: str) -> None:
        """That this is an address of the site."""
        if host := host_of(url):
            self.hosts.add(host)

    def add(self, item: Item) -> None:
        path = item.meta.get(ATTACHED_FILE, "").strip() or path_of(item.file_url)
        if not path or not item.number:
            return
        self.know(item.file_url)
        pages = (item.link, f"/?attachment_id={item.number}")
        addresses = (item.file_url, item.guid, *pages)
        stored = Stored(
            number=item.number,
            path=path,
            url=item.file_url,
            title=_shown(item.title, path),
            parent=item.parent,
            addresses=tuple(dict.fromkeys(one for one in addresses if one)),
            line=item.line,
        )
        self.by_number.setdefault(item.number, stored)
        self.by_path.setdefault(path, stored)
        if item.parent:
            self.by_parent[item.parent].append(stored)

    def path_in(self, url: str) -> str:
        """Below the folder, of an address of this site; others keep their files there as well."""
        return path_of(url) if host_of(url) in {"", *self.hosts} else ""

    def find(self, url: str) -> Stored | None:
        """The file shown or led to by an address, in whichever size."""
        path = self.path_in(url)
        for one in (path, _SIZE.sub("", path), _SIZE.sub("-scaled", path)):
            if one and one in self.by_path:
                return self.by_path[one]
        return None

    def pictures(self, post: str, numbers: tuple[str, ...]) -> list[str]:
        """The addresses a gallery shows: of these files, or of the post's own pictures."""
        if numbers:
            found = [self.by_number[one] for one in numbers if one in self.by_number]
        else:
            found = [one for one in self.by_parent.get(post, ()) if is_picture(one.path)]
        return [one.url for one in found if one.url]

    def of_body(self, html: str) -> list[File]:
        """What a body shows or leads to: of the library, or at least below the same folder."""
        found: dict[str, File] = {}
        for match in _IN_BODY.finditer(html):
            url = match[1] or match[2]
            if stored := self.find(url):
                found.setdefault(stored.path, stored.file())
            elif path := self.path_in(url):
                found.setdefault(path, File(shown=basename(path), path=path, addresses=(url,)))
        return list(found.values())

    def originals(self, html: str) -> str:
        """A body that shows each picture in its first size, the one that was uploaded."""

        def whole(match: re.Match[str]) -> str:
            url = match[1] or match[2]
            stored = self.find(url)
            return match[0].replace(url, stored.url) if stored and stored.url else match[0]

        return _IN_BODY.sub(whole, html)

    def unused(self) -> list[Stored]:
        return [one for one in self.by_number.values() if not one.is_used]


def path_of(url: str) -> str:
    """Below the folder of uploads; empty for an address that leads elsewhere."""
    below = _UPLOADS.search(path_on_site(url.replace("&amp;", "&")))
    return unquote(below[1]) if below else ""


def path_on_site(url: str) -> str:
    """As it stands in an address; empty for what is none."""
    try:
        return urlsplit(url.strip()).path
    except ValueError:
        return ""


def is_picture(path: str) -> bool:
    return path.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp"))


def _shown(title: str, path: str) -> str:
    """What readers saw, with the ending of the file's name: the title alone says no kind."""
    name = basename(path)
    stem, dot, ending = name.rpartition(".")
    if not title or title in (name, stem):
        return name
    return title if title.lower().endswith(f".{ending.lower()}") else f"{title}{dot}{ending}"
