"""Exports of WordPress, made by hand: the parts of which a test needs one."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

CDATA = "<![CDATA[{}]]>"
SITE = "https://old.example.org"
UPLOADS = f"{SITE}/wp-content/uploads"


def cdata(text: str) -> str:
    return CDATA.format(text.replace("]]>", "]]]]><![CDATA[>"))


def meta(**pairs: str) -> str:
    return "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
        for key, value in pairs.items()
    )


def term(domain: str, slug: str, name: str) -> str:
    return f'<category domain="{domain}" nicename="{slug}">{cdata(name)}</category>'


def item(
    number: int,
    title: str = "A statement",
    content: str = "Words.",
    *,
    kind: str = "post",
    status: str = "publish",
    more: str = "",
    gmt: str = "2015-04-08 12:01:00",
    local: str = "2015-04-08 21:01:00",
    parent: int = 0,
    password: str = "",
    excerpt: str = "",
    link: str = "",
) -> str:
    return f"""<item>
    <title>{escape(title)}</title><link>{link or f"{SITE}/2015/04/{number}/"}</link>
    <pubDate>Wed, 08 Apr 2015 12:01:00 +0000</pubDate><dc:creator>{cdata("jo")}</dc:creator>
    <guid isPermaLink="false">{SITE}/?p={number}</guid>
    <content:encoded>{cdata(content)}</content:encoded>
    <excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>
    <wp:post_id>{number}</wp:post_id><wp:post_date>{local}</wp:post_date>
    <wp:post_date_gmt>{gmt}</wp:post_date_gmt><wp:post_name>statement</wp:post_name>
    <wp:status>{status}</wp:status><wp:post_parent>{parent}</wp:post_parent>
    <wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password>
    <wp:is_sticky>1</wp:is_sticky>{more}</item>"""


def attachment(number: int, path: str, *, parent: int = 0, title: str = "") -> str:
    url = f"<wp:attachment_url>{UPLOADS}/{path}</wp:attachment_url>"
    return item(
        number,
        title or path.rpartition("/")[2],
        "",
        kind="attachment",
        status="inherit",
        parent=parent,
        more=url + meta(_wp_attached_file=path),
        link=f"{SITE}/file-{number}/",
    )


def wxr(*items: str, version: str = "1.2", before: str = "", head: str = "") -> BytesIO:
    export = f"http://wordpress.org/export/{version}/"
    text = f"""<?xml version="1.0" encoding="UTF-8" ?>
    {before}<!-- generator="WordPress/5.9" -->
    <rss version="2.0" xmlns:excerpt="{export}excerpt/"
      xmlns:content="http://purl.org/rss/1.0/modules/content/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{export}">
    <channel><title>Old</title><link>{SITE}</link><wp:wxr_version>{version}</wp:wxr_version>
    <wp:base_site_url>{SITE}</wp:base_site_url><wp:base_blog_url>{SITE}</wp:base_blog_url>
    <wp:author><wp:author_login>jo</wp:author_login><wp:author_email>jo@example.org</wp:author_email>
    <wp:author_display_name>{cdata("Joanna H.")}</wp:author_display_name></wp:author>
    {head}{"".join(items)}</channel></rss>"""
    return BytesIO(text.encode(errors="surrogatepass"))


class Endless:
    """An export of so many posts of so many letters, none of which is kept."""

    def __init__(self, posts: int, letters: int) -> None:
        self.posts, self.body = posts, "word " * (letters // 5)
        self.before, self.after = wxr("<!--posts-->").getvalue().split(b"<!--posts-->")
        self.seek(0)

    def seek(self, place: int) -> int:
        self.number, self.waiting = 0, self.before
        return place

    def read(self, size: int) -> bytes:
        while len(self.waiting) < size and self.number < self.posts:
            self.number += 1
            self.waiting += item(self.number, content=self.body).encode()
            if self.number == self.posts:
                self.waiting += self.after
        said, self.waiting = self.waiting[:size], self.waiting[size:]
        return said
