"""What of a query has a part in a page."""

from __future__ import annotations

import random

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from nkhr.store.admission import Admission
from tests.facts import article
from tests.store.conftest import Site, environ

pytestmark = pytest.mark.django_db


def test_undeclared_parameters_are_no_cache_buster(site):
    path = article().get_absolute_url()
    site.get(path)
    for junk in ("?fbclid=abc", "?utm_source=x&utm_medium=y", "?", "?&&", "?page=7", "?%00=%ff"):
        assert site.renders(path + junk) == 0, junk


def test_declared_parameters_are_further_pages_in_whatever_order_they_come(site):
    for year in (2014, 2015):
        article(f"Of {year}", published_at=f"{year}-05-05T00:00:00Z")
    whole = site.get("/en/news/").text
    assert "Of 2014" in whole
    only = site.get("/en/news/?year=2015&fbclid=1").text
    assert "Of 2014" not in only
    assert site.renders("/en/news/?utm=1&year=2015") == 0
    assert site.renders("/en/news/?year=2015&page=1") == 1
    assert site.renders("/en/news/?page=1&x=2&year=2015") == 0
    assert site.get("/en/news/").text == whole


def test_a_declared_parameter_given_twice_passes_by(site):
    article("Of 2015", published_at="2015-05-05T00:00:00Z")
    assert site.passed_by("/en/news/?year=2015&year=2015")
    assert site.passed_by("/en/news/?year=2014&%79ear=2015")
    assert not site.passed_by("/en/news/?x=1&x=2")


def test_a_query_of_more_than_two_kilobytes_passes_by(site):
    path = article().get_absolute_url()
    assert not site.passed_by(path + "?" + "a" * 2048)
    assert site.passed_by(path + "?" + "a" * 2049)


NAMES = ["year", "tag", "page", "ye%61r", "junk", "YEAR", "", "%00"]
VALUES = ["2015", "%32015", "", "+", "%ff", "%ed%95%9c", "한", "a;b", "%26", "=", "\x7f"]


@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["=", ""]), st.sampled_from(VALUES)),
        max_size=5,
    ),
    st.sampled_from(["&", "&&", ";"]),
)
@example([("year", "", "")], "&")
def test_declared_parameters_are_read_as_django_reads_them(pairs, between):
    query = between.join("".join(pair) for pair in pairs).encode().decode("latin-1")
    asked = WSGIRequest(environ("/en/news/") | {"QUERY_STRING": query}).GET
    declared = ("tag", "year", "page")
    canonical = Admission().canonical("/en/news/", query) if query else ""
    if any(len(asked.getlist(name)) > 1 for name in declared):
        assert canonical is None
    else:
        read = QueryDict(canonical)
        assert {name: read.getlist(name) for name in declared} == {
            name: asked.getlist(name) for name in declared
        }
        assert set(read) <= set(declared)


def test_eight_thousand_distinct_queries_push_out_no_page():
    site = Site(capacity=4_000_000)
    paths = [article(f"Number {n}").get_absolute_url() for n in range(12)]
    before = {path: site.get(path).body for path in paths}
    chance = random.Random(1997)
    renders = len(site.below.asked)
    for n in range(8000):
        path = chance.choice(paths)
        site.store.admission.key(environ(f"{path}?x{n}={chance.random()}"))
        site.get(f"{path}?x{n}={chance.random()}", method="HEAD")
    assert len(site.below.asked) == renders
    for n in range(100):
        assert site.get(f"/en/news/?tag=x{n}").status == 404
    for n in range(9):  # as many ways to ask for the first page
        assert site.get(f"/en/news/?page={'0' * n}1").status in (200, 404)
    assert all(site.renders(path) == 0 for path in paths)
    assert site.store.pages.queried.size <= 1_000_000
    assert site.store.pages.size <= 4_000_000
    assert {path: site.get(path).body for path in paths} == before
