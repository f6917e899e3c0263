"""WordPress' own export (WXR 1.0 to 1.2), read as a stream. Nothing is fetched, no comment is read."""

from .posts import host, read

__all__ = ["host", "read"]
