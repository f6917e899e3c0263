"""Text kept from an open form."""

from __future__ import annotations

import json

from django.urls import reverse

from tests.publishing.browsing import Opened

ADD = reverse("admin:news_article_add")


def keep(form: Opened, user, **changes):
    """As the script of an open form does."""
    seen = json.loads(form["seen"] or '{"record": null, "row": null}')
    body = {
        "user": str(user.pk),
        "kind": "news.article",
        "record": seen["record"],
        "row": seen["row"],
        "fields": {
            name: values
            for name, values in form.fields.items()
            if name not in ("csrfmiddlewaretoken", "unsaved")
        },
        **changes,
    }
    address = reverse("publishing:keep", args=[form["unsaved"]])
    return form.client.post(address, json.dumps(body), "application/json")
