"""The editor in which staff write rich text: prose-editor's ProseMirror with our own parts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from js_asset import ImportMap, Media

MODULES = (
    "dialogs",
    "figures",
    "held",
    "schema",
    "sending",
    "session",
    "tidy",
    "toolbar",
    "uploads",
)

#: What a field for pictures takes. It names no HEIC, so that iPhones turn theirs into JPEG.
PICTURES = "image/jpeg,image/png,image/webp,image/gif"

#: Module names as the scripts import them. Inline in the page, so it needs the nonce.
IMPORTS = ImportMap(
    {
        "django-prose-editor/editor": "django_prose_editor/editor.js",
        **{f"publishing/{name}": f"publishing/{name}.js" for name in MODULES},
    }
)


class RichTextWidget(forms.Textarea):
    """A textarea of HTML that a script turns into an editor; without it the HTML is edited.

    Its media must be rendered with the request's nonce; that of a TemplateResponse's context is
    (nkhr.headers).
    """

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"class": "vLargeTextField", "rows": 12, **(attrs or {})})

    @property
    def media(self) -> Media:
        return Media(
            importmap=IMPORTS,
            css={"all": ["publishing/editor.css"]},
            js=[Script("publishing/editor.js", type="module")],
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        config = {
            "library": attachments_url("library.json"),
            "upload": attachments_url("upload/"),
            "pictures": PICTURES,
            "labels": labels(),
            "languages": languages(),
        }
        context["widget"]["attrs"]["data-richtext"] = json.dumps(config, ensure_ascii=False)
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: a browser cannot point at a required field that is hidden behind its editor."""
        return False


def attachments_url(page: str) -> str:
    """Where the script finds pictures, and editors upload them: in the attachments' admin."""
    try:
        return f"{reverse('admin:index')}attachments/{page}"
    except NoReverseMatch:  # a form outside the admin: no figures can be chosen there
        return ""


def languages() -> list[tuple[str, str]]:
    """Languages a word or a linked page can be said to be in, each under its own name."""
    return [
        ("ko", "한국어"),
        ("en", "English"),
        ("fr", "Français"),
        ("ja", "日本語"),
        ("zh", "中文"),
        ("es", "Español"),
        ("ru", "Русский"),
        ("ar", "العربية"),
    ]


def labels() -> dict[str, str]:
    """What the editor says, in the language of the request."""
    return {
        "tools": _("Text tools"),
        "heading": _("Heading"),
        "subheading": _("Subheading"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "bullets": _("List"),
        "numbers": _("Numbered list"),
        "quotation": _("Quotation"),
        "source": _("Source of the quotation"),
        "line": _("Dividing line"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "apply": _("Apply"),
        "cancel": _("Cancel"),
        "required": _("Please fill this in."),
        # links
        "link": _("Link"),
        "address": _("Address (https://…)"),
        "badAddress": _(
            "An address begins with https://, with mailto:, or with / for a page here."
        ),
        "linkText": _("Words to show"),
        "targetLanguage": _("Language of the linked page"),
        "unsaid": _("The same, or not known"),
        "removeLink": _("Remove the link"),
        # words in another language
        "language": _("Language"),
        "languageOfWords": _("The chosen words are in"),
        "removeLanguage": _("Remove the language mark"),
        # footnotes
        "footnote": _("Footnote"),
        "noteText": _("Text of the footnote"),
        "removeNote": _("Remove the footnote"),
        # figures
        "figure": _("Figure"),
        "choosePicture": _("Choose a picture from the library"),
        "searchPictures": _("Search by title or description"),
        "changePicture": _("Change the picture"),
        "removeFigure": _("Remove the figure"),
        "pictureMissing": _("This picture is not in the library any more."),
        "noPictures": _("No picture is found."),
        "uploadPictures": _("Upload pictures from this device"),
        "takePhoto": _("Take a photograph"),
        "libraryFailed": _("The library does not answer. Please try again."),
        "loading": _("Loading…"),
        "more": _("Show more"),
        "caption": _("Caption"),
        # uploads
        "sending": _("Sending…"),
        "reading": _("Being checked and cleaned…"),
        "broken": _("The connection broke. Nothing was stored; please try again."),
        "close": _("Close"),
        "describePicture": _("Describe the picture"),
        "describeDocument": _("Title, language and file name"),
        "uploadDocuments": _("Upload documents: drop them here, or choose them"),
        "isDocument": _("It is among the documents of this text."),
        "notADocument": _("This is a picture. Drop it into the text instead."),
        "inLibrary": _("It is in the library."),
        # tables
        "table": _("Table"),
        "tableCaption": _("Caption of the table"),
        "rows": _("Rows, with the heading row"),
        "columns": _("Columns"),
        "rowBelow": _("Add a row"),
        "deleteRow": _("Delete the row"),
        "columnAfter": _("Add a column"),
        "deleteColumn": _("Delete the column"),
        "headerCell": _("Heading cell"),
        "mergeOrSplit": _("Merge or split cells"),
        "deleteTable": _("Delete the table"),
    }
