"""The description in OpenAPI and the page for people: both say what is served."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from advocacy.api import openapi
from advocacy.api.resources import RESOURCES
from tests.answers import html
from tests.site.pages import Page

from .asking import asked

pytestmark = pytest.mark.django_db


def test_the_description_is_openapi_and_names_every_address_there_is(client):
    said = asked(client, "openapi.json")
    assert said["openapi"] == "3.1.0"
    assert said["servers"] == [{"url": "http://127.0.0.1:8000/api/v1"}]
    namespace = get_resolver().namespace_dict["api"][1]
    routes = {str(pattern.pattern) for pattern in namespace.url_patterns}
    served = {
        route.removeprefix("api/v1").replace("<uuid:identifier>", "{id}")
        for route in routes
        if route.startswith("api/v1/") and not route.endswith((".json", "/"))
    }
    assert {*said["paths"]} == served
    assert len(served) == 10


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)
def test_the_description_names_each_parameter_and_each_field(resource):
    said = openapi.document()
    given = {one["name"] for one in said["paths"][f"/{resource.name}"]["get"]["parameters"]}
    assert given == {one.name for one in resource.parameters}
    properties = said["components"]["schemas"][resource.name]["properties"]
    assert [*properties] == [field.name for field in resource.fields]
    assert all(one["description"] for one in properties.values())


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_for_people_names_every_list_parameter_and_field(client, language):
    page = Page(client, f"/{language}/api/")
    said = page.said("code")
    for resource in RESOURCES:
        assert f"/api/v1/{resource.name}" in page.of("a[href]", "href")
        for one in (*resource.parameters, *resource.fields):
            assert one.name in said
            assert str(one.says)
    assert not page.all("script[src]")


def test_the_page_for_people_is_in_their_language(client):
    english, korean = html(client.get("/en/api/")), html(client.get("/ko/api/"))
    assert "Votes in favour" in english
    assert "Votes in favour" not in korean


@pytest.mark.parametrize("path", ["/api/", "/api/v1/"])
def test_who_opens_the_interface_in_a_browser_is_led_to_that_page(client, path):
    answer = client.get(path, headers={"accept-language": "ko"})
    assert (answer.status_code, answer["Location"]) == (302, "/ko/api/")


def test_an_example_on_the_page_is_answered(client):
    example = Page(client, "/en/api/").of("p a[href*='fields=']", "href")[0]
    assert asked(client, example.removeprefix("http://127.0.0.1:8000"))["items"] == []
