"""Addresses written without asking Django each time are the ones Django writes."""

import uuid

import pytest
from django.urls import NoReverseMatch, reverse

from advocacy.publishing.addresses import path_of

ADDRESSES = [
    ("news:detail", "en", 2015, "an-inquiry"),
    ("news:detail", "ko", 2015, "한글-주소"),
    ("news:tag", "en", "제네바"),
    ("news:index", "ko"),
    ("meetings:detail", "en", "geneva"),
    ("milestones:detail", "ko", "결의"),
    ("pages:detail", "en", "about_us"),
    ("attachments:file", uuid.UUID(int=7), "유엔-100.pdf"),
    ("attachments:rendition", uuid.UUID(int=7), "7b647b64-160.jpg"),
    ("sitemap",),
]


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[0])
def test_it_is_the_address_django_writes(address):
    name, *args = address
    path = path_of(name, *args)
    assert path == reverse(name, args=args)


def test_what_may_not_stand_in_an_address_is_quoted():
    assert path_of("news:tag", "en", "a?b#c d%") == "/en/tags/a%3Fb%23c%20d%25/"


@pytest.mark.parametrize("address", [("news:nothing", "en"), ("news:index",), ("nothing",)])
def test_an_address_that_is_not_there_is_an_error(address):
    with pytest.raises(NoReverseMatch):
        path_of(*address)
