"""Asking as a program does."""

from __future__ import annotations

from typing import Any

ROOT = "/api/v1"


def asked(client, path: str, status: int = 200, **params: Any) -> dict:
    """The content of an answer, or of what is wrong."""
    answer = client.get(path if path.startswith(("/", "http")) else f"{ROOT}/{path}", params)
    assert answer.status_code == status, answer.content
    return answer.json()


def items(client, path: str, **params: Any) -> list[dict]:
    return asked(client, path, **params)["items"]


def pages(client, path: str, **params: Any):
    """Each page of a list as it is asked for, by the address that the one before names."""
    content = asked(client, path, **params)
    yield content["items"]
    while content["next"]:
        content = asked(client, content["next"].removeprefix("http://127.0.0.1:8000"))
        yield content["items"]
