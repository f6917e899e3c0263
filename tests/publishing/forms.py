"""What is sent by the forms of the desk, and where they are."""

from django.urls import reverse

EMPTY_INLINES = {
    f"{prefix}-{field}": "0"
    for prefix in ("documents", "coverage", "corrections")
    for field in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def form(**fields) -> dict:
    return {
        "language": "en",
        "title": "A statement in Geneva",
        "body": "<p>Words.</p>",
        **EMPTY_INLINES,
        **fields,
    }


def change_url(record, verb="change") -> str:
    return reverse(
        f"admin:{record._meta.app_label}_{record._meta.model_name}_{verb}", args=[record.pk]
    )


def texts_form(fact, texts: list[dict], **fields) -> dict:
    """The form of a meeting with these texts, those it has already named by their id."""
    known = [row for row in texts if "id" in row]
    typed = {
        "date": "2012-12",
        "seen_version": fact.version,
        "texts-TOTAL_FORMS": len(texts),
        "texts-INITIAL_FORMS": len(known),
        **{
            f"{prefix}-{name}": "0"
            for prefix in ("participants", "documents", "corrections")
            for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        },
    }
    for number, row in enumerate(texts):
        typed |= {f"texts-{number}-{name}": value for name, value in row.items()}
        typed[f"texts-{number}-fact"] = fact.pk
    return typed | fields


def words(answer) -> str:
    return " ".join(answer.content.decode().split())
