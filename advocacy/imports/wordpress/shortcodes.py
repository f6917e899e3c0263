"""Shortcodes, `[name attribute="…"]…[/name]`: what WordPress and its plugins fill in when a page is shown.

Captions, galleries and embedded films become plain HTML. Of every other the words within it stay. What
merely stands in brackets, such as [sic], is text: a shortcode has attributes, or an end, or is one
that every WordPress knows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from html import escape, unescape

from .paragraphs import link

#: The pictures that a gallery shows, as addresses: those of these numbers, or of the post itself.
Pictures = Callable[[tuple[str, ...]], list[str]]

_TOKEN = re.compile(
    r"(?P<literal>\[)?\[(?P<end>/)?(?P<name>[A-Za-z][\w-]{0,60})"
    r"(?P<attributes>[\s=/][^\[\]]{0,2000})?\](?P<last>\])?",
    re.ASCII,
)
# Without spaces around the sign: "[I knew x = y]" is said by people.
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])([A-Za-z_][\w-]*)=(?:"([^"]*)"|'([^']*)'|&quot;([^&]*)&quot;|([^\s"'&]+))""",
    re.ASCII,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'\[\]]{4,2000}", re.IGNORECASE)
_PICTURE = re.compile(r"\s*((?:<a\b[^<>]*>)?\s*<img\b[^<>]*>\s*(?:</a>)?)", re.IGNORECASE)
_FILMS = {
    "youtube": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
    "dailymotion": "https://www.dailymotion.com/video/",
}
_EMBEDS = {"embed", "video", "audio", "soundcloud", "ted", "tweet", "slideshare", "googlevideo"}
_EMBEDS |= {"fvplayer", "flv", "mp3", "mp4", "wpvideo", "youtube_sc", "su_youtube", "su_vimeo"}
_CAPTIONS = {"caption", "wp_caption"}
#: Those of WordPress itself, which need no attributes to be one.
_PLAIN = {"gallery", "playlist", "caption", "wp_caption", "embed", "video", "audio", "toc"}


def expand(text: str, pictures: Pictures, dropped: list[str]) -> str:
    """`text` without shortcodes; the names of those that nothing stands for any more are added to
    `dropped`.
    """
    return _Reading(text, pictures, dropped).within(0, len(text), depth=0)


class _Reading:
    def __init__(self, text: str, pictures: Pictures, dropped: list[str]) -> None:
        self.text, self.pictures, self.dropped = text, pictures, dropped
        self.tokens = list(_TOKEN.finditer(text))
        self.starts = [token.start() for token in self.tokens]
        self.ends: dict[str, list[re.Match[str]]] = {}
        for token in self.tokens:
            if token["end"] and not token["literal"]:
                self.ends.setdefault(token["name"].lower(), []).append(token)

    def within(self, start: int, stop: int, *, depth: int) -> str:
        out: list[str] = []
        done = start
        for at in range(bisect_left(self.starts, start), bisect_left(self.starts, stop)):
            token = self.tokens[at]
            if token.start() < done:
                continue
            out.append(self.text[done : token.start()])
            said, done = self._shown(token, stop, depth)
            out.append(said)
        out.append(self.text[done:stop])
        return "".join(out)

    def _shown(self, token: re.Match[str], stop: int, depth: int) -> tuple[str, int]:
        """What stands for it, and where the text goes on."""
        name = token["name"].lower()
        if token["literal"] and token["last"]:  # [[name]] is how one writes about it
            return token[0][1:-1], token.end()
        opens, closes = ("[" if token["literal"] else ""), ("]" if token["last"] else "")
        if token["end"]:
            known = name in _PLAIN or name in _EMBEDS or name in _FILMS
            return ("" if known else token[0]), token.end()
        said = (token["attributes"] or "").rstrip()
        end = None if said.endswith("/") else self._end_of(name, token.end(), stop)
        attributes = _attributes(said)
        is_one = name in _PLAIN or name in _FILMS or attributes or end
        if not is_one or depth > 20:
            return token[0], token.end()
        inner, goes_on = "", token.end()
        if end:
            inner = self.within(token.end(), end.start(), depth=depth + 1)
            goes_on = end.end()
        shown = self._replaced(name, attributes, said, inner)
        return f"{opens}{shown}{closes}", goes_on

    def _end_of(self, name: str, start: int, stop: int) -> re.Match[str] | None:
        ends = self.ends.get(name, [])
        at = bisect_left(ends, start, key=lambda token: token.start())
        return ends[at] if at < len(ends) and ends[at].end() <= stop else None

    def _replaced(self, name: str, attributes: dict[str, str], said: str, inner: str) -> str:
        if name in _CAPTIONS:
            return _caption(inner, attributes.get("caption", ""))
        if name == "gallery":
            asked = attributes.get("ids") or attributes.get("include") or ""
            shown = self.pictures(tuple(re.findall(r"\d+", asked)))
            if shown:
                return "".join(f'<figure><img src="{escape(one)}"></figure>' for one in shown)
        elif (address := _address(name, attributes, said, inner)) and (
            name in _EMBEDS or name in _FILMS
        ):
            return f"\n\n{link(address)}\n\n"
        self.dropped.append(name)
        return inner


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1].lower(): unescape(next((one for one in match.groups()[1:] if one), ""))
        for match in _ATTRIBUTE.finditer(text)
    }


def _caption(inner: str, said: str) -> str:
    picture = _PICTURE.match(inner)
    if not picture:
        return inner
    words = escape(said, quote=False) or inner[picture.end() :].strip()
    below = f"<figcaption>{words}</figcaption>" if words else ""
    return f"<figure>{picture[1]}{below}</figure>"


def _address(name: str, attributes: dict[str, str], said: str, inner: str) -> str:
    """Of what is shown there: written within, or in any attribute, or known by its number."""
    for text in (inner, said):
        if match := _ADDRESS.search(unescape(text)):
            return match[0]
    number = attributes.get("id") or attributes.get("v") or said.strip(" =/\"'")
    if name in _FILMS and re.fullmatch(r"[\w-]{4,40}", number, re.ASCII):
        return _FILMS[name] + number
    return ""
