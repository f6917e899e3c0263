"""What a test reads in an answer of the site, and what the answer cost."""

import json
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext


def html(response):
    return response.content.decode()


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", html(response)).split())


def nodes(response):
    """The page's schema.org nodes by type."""
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html(response))
    return {node["@type"]: node for node in json.loads(block)["@graph"]}


def queries(client, path):
    client.get(path)  # whatever is remembered is remembered now
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
