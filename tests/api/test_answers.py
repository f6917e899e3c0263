"""How programs are answered: only read, from any site, in JSON, and clear about what is wrong."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from advocacy.api import limits
from advocacy.pages.models import Organisation
from tests.facts import article, milestone
from tests.hits.conftest import FIREFOX

from .asking import asked

pytestmark = pytest.mark.django_db

LIST = "/api/v1/milestones"
PROBLEM = "application/problem+json"


def is_a_problem(answer, status: int) -> dict:
    """RFC 9457, section 3.1."""
    assert answer.status_code == status
    assert answer["Content-Type"] == PROBLEM
    said = json.loads(answer.content)
    assert said["status"] == status
    assert said["title"] and said["detail"].endswith(".")
    return said


BAD = [
    *(
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=",
        "limit=1&limit=2",
        "limit=%EF%BC%91",
        "limit=1e1",
    ),
    *("lang=fr", "lang=", "fields=", "fields=nothing", "fields=title,,date", "since=yesterday"),
    *("since=2014-13-01T00:00:00Z", "since=2014-12-01", "body=nobody", "decade=2015", "body=%00"),
    *("lnag=ko", "a", "fbclid=1", "%00=1", "cursor=!", "cursor=" + "a" * 201),
]


@pytest.mark.parametrize("query", BAD)
def test_what_cannot_be_asked_is_refused_with_a_reason(client, query):
    said = is_a_problem(client.get(f"{LIST}?{query}"), 400)
    name = query.partition("=")[0]
    assert said.get("parameter") == name or "There are: lang, body" in said["detail"]


@pytest.mark.parametrize("cursor", ["a", "W10", "WyJhIl0", "eyJhIjoxfQ", "MTI", "_" * 200])
def test_a_cursor_that_is_none_of_ours_leads_to_no_page(client, cursor):
    assert is_a_problem(client.get(LIST, {"cursor": cursor}), 404)["parameter"] == "cursor"


@pytest.mark.parametrize(
    "since",
    [
        *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2014-12-22t15:00:60z"),
        *(
            "2014-12-22T15:00:00.123456789Z",
            "2014-12-22T15:00:00 09:00",
            "2014-12-22T15:00:00-00:00",
        ),
    ],
)
def test_every_moment_of_the_standard_can_be_asked_for(client, since):
    assert client.get(LIST, {"since": since}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v1/milestones/1", "/api/v2/milestones", "/api/x/", f"{LIST}/"]
)
def test_what_is_not_there_is_said_so_to_programs(client, path):
    answer = client.get(path)
    is_a_problem(answer, 404)
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_nothing_can_be_sent(method):
    client = Client(enforce_csrf_checks=True)
    answer = client.generic(method, LIST, b"a=b", "application/x-www-form-urlencoded")
    is_a_problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("text/html", 406),
        ("application/xml, text/*;q=0.5", 406),
        ("*/*", 200),
        ("application/*", 200),
        ("text/html, application/json;q=0.1", 200),
        ("", 200),
    ],
)
def test_an_answer_is_json_or_none(client, accept, status):
    headers = {"accept": accept} if accept else {}
    answer = client.get(LIST, headers=headers)
    assert answer.status_code == status
    assert "Accept" in answer["Vary"] or status == 406
    if status == 406:
        is_a_problem(answer, 406)


def test_a_request_too_large_to_be_read_is_a_problem_too(client):
    is_a_problem(client.get(LIST, QUERY_STRING="a&" * 5001), 400)


def test_a_mistake_of_ours_is_said_as_a_problem(monkeypatch):
    def fail(*args):
        raise RuntimeError("broken")

    monkeypatch.setattr("advocacy.api.views.page", fail)
    answer = Client(raise_request_exception=False).get(LIST)
    assert "broken" not in is_a_problem(answer, 500)["detail"]


def test_an_answer_that_is_known_is_not_sent_again(client):
    milestone()
    first = client.get(LIST)
    known = {"if-none-match": first["ETag"]}
    again = client.get(LIST, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert again["ETag"] == first["ETag"]
    assert client.head(LIST, headers=known).status_code == 304
    milestone("2014")
    assert client.get(LIST, headers=known).status_code == 200


def test_an_answer_in_two_languages_says_so_and_a_problem_is_in_english(client):
    korean = {"accept-language": "ko"}
    assert client.get(LIST, headers=korean)["Content-Language"] == "en, ko"
    assert client.get(f"{LIST}?a=b", headers=korean)["Content-Language"] == "en"


def test_head_is_answered_as_get_without_the_content(client):
    milestone()
    whole, head = client.get(LIST), client.head(LIST)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Cache-Control", "Content-Length"):
        assert head[name] == whole[name]


def test_pages_of_other_sites_may_read_and_do_nothing_else(client):
    answer = client.get(LIST, headers={"origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "RateLimit" in answer["Access-Control-Expose-Headers"]
    preflight = client.options(
        LIST,
        headers={
            "origin": "https://example.org",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]


def test_an_answer_sets_no_cookie_and_is_no_hit_and_no_page(client):
    article()
    for path in ("/api/v1/articles", "/api/v1/openapi.json"):
        answer = client.get(path, headers={"user-agent": FIREFOX})
        assert not answer.cookies
        assert not hasattr(answer, "counted")
        assert not hasattr(answer, "page_params")
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_an_answer_leads_on_to_the_next_page_and_to_the_description(client):
    for year in (2013, 2014):
        milestone(str(year))
    answer = client.get(LIST, {"limit": 1, "fields": "id"})
    assert answer["Link"] == (
        '<http://127.0.0.1:8000/api/v1/openapi.json>; rel="describedby", '
        f'<{answer.json()["next"]}>; rel="next"'
    )
    assert "fields=id" in answer.json()["next"]


def test_every_list_says_how_the_data_may_be_used(client):
    for language, said in (("en", "Name us."), ("ko", "출처를 밝히십시오.")):
        Organisation.objects.create(
            language=language, name="NKHR", short_name="NKHR", data_terms=said
        )
    assert asked(client, "milestones")["licence"] == "Name us."
    assert asked(client, "milestones", lang="ko")["licence"] == "출처를 밝히십시오."


def test_whoever_asks_too_often_is_told_how_long_to_wait(client, monkeypatch):
    monkeypatch.setattr(limits, "REQUESTS", 3)
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_060.0)
    left = [client.get(LIST)["RateLimit"] for _time in range(3)]
    assert left == [f'"default";r={number};t=20' for number in (2, 1, 0)]
    answer = client.get(LIST)
    is_a_problem(answer, 429)
    assert (answer["Retry-After"], answer["RateLimit"]) == ("20", '"default";r=0;t=20')
    assert answer["RateLimit-Policy"] == '"default";q=3;w=60'
    assert client.get(LIST, REMOTE_ADDR="198.51.100.7").status_code == 200
    assert client.get("/en/milestones/").status_code == 200
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_080.0)
    assert client.get(LIST).status_code == 200
