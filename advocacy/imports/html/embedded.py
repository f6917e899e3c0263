"""Where what was embedded in a page can be seen by itself."""

from __future__ import annotations

import re

_OF_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{5,20})", re.IGNORECASE
)
_OF_VIMEO = re.compile(r"(?:https?:)?//player\.vimeo\.com/video/(\d{1,15})", re.IGNORECASE)
_WEB = re.compile(r"(?:https?:)?//[^\s\"'<>]+", re.IGNORECASE)


def address_of(attributes: dict[str, str]) -> str:
    """Of an `iframe`, `embed`, `object`, `param` or `video`; empty where it names no page."""
    source = attributes.get("src") or attributes.get("data") or ""
    if not source and attributes.get("name", "").lower() in ("movie", "src"):
        source = attributes.get("value", "")
    source = source.strip()
    if match := _OF_YOUTUBE.match(source):
        return f"https://www.youtube.com/watch?v={match[1]}"
    if match := _OF_VIMEO.match(source):
        return f"https://vimeo.com/{match[1]}"
    if not _WEB.fullmatch(source):
        return ""
    return f"https:{source}" if source.startswith("//") else source
