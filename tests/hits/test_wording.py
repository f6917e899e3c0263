"""The public number in words."""

import pytest
from django.template import Context, Template
from django.utils import translation

from advocacy.hits.wording import reads


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 0, "0 times"),
        ("en", 1, "1 time"),
        ("en", 4312, "4,312 times"),
        ("ko", 1, "1회"),
        ("ko", 4312, "4,312회"),
    ],
)
def test_the_number_of_reads_is_said_in_the_language_of_the_page(language, number, words):
    with translation.override(language):
        assert reads(number) == words
        assert Template("{% load hits %}{% reads n %}").render(Context({"n": number})) == words
