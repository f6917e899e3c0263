"""What the check says of a record, and when publishing is refused."""

from __future__ import annotations

import pytest
from pikepdf import Dictionary, Name, String

from advocacy.attachments import actions as attachments
from advocacy.meetings.models import Participant
from advocacy.news.models import Article, Tag
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions, checks
from advocacy.publishing.models import Publication
from tests.attachments import makers
from tests.facts import article, meeting, milestone
from tests.protection.texts import NAME, blocks, draft, with_body

from .entries import protect

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])


def warnings(record) -> list[str]:
    return [one.sentence for one in checks.report(record).consider if "protected" in one.sentence]


def test_the_check_says_where_and_never_whose(key):
    protect("신동혁")
    one = with_body(f"<p>First.</p><p>Second.</p><p>Then {NAME} spoke.</p>")
    assert blocks(one) == ["A protected name: text, paragraph 3."]


def test_a_record_with_a_protected_name_is_not_published(key):
    protect("신동혁")
    one = with_body(f"<p>{NAME}</p>")
    with pytest.raises(actions.NotPublishable) as refused:
        actions.publish(record=one)
    assert refused.value.problems == ["A protected name: text, paragraph 1."]
    one.refresh_from_db()
    assert one.status == Publication.Status.DRAFT
    one.body = "<p>A survivor</p>"
    one.save()
    assert actions.publish(record=one).is_public()


def planted_article(place: str) -> Article:
    one = draft()
    match place:
        case "title" | "summary" | "kicker" | "byline":
            setattr(one, place, NAME)
        case "slug":
            one.slug = "shin-dong-hyuk"
        case "link text":
            one.body = f'<p><a href="https://example.org/">{NAME}</a></p>'
        case "address of a link":
            one.body = '<p><a href="https://example.org/?q=%EC%8B%A0%EB%8F%99%ED%98%81">x</a></p>'
        case "footnote":
            one.body = f'<p>x<span data-note="{NAME}"></span></p>'
        case "in parts":
            one.body = "<p>Sh<em>in</em> Dong-<strong>hyuk</strong></p>"
        case "over paragraphs":
            one.body = "<p>Shin</p><p>Dong-hyuk</p>"
        case "entities":
            one.body = "<p>&amp;#49888;&amp;#46041;&amp;#54785;</p>"
        case "caption":
            shown = makers.attachment("picture", alt_en="A hall")
            one.body = (
                f'<figure data-attachment="{shown.uuid}"><figcaption>{NAME}</figcaption></figure>'
            )
        case "alternative text" | "file name":
            named = {"alt_en": NAME} if place == "alternative text" else {"name": "donghyuk-shin"}
            shown = makers.attachment("picture", **{"alt_en": "A hall", **named})
            one.body = f'<figure data-attachment="{shown.uuid}"></figure>'
        case "coverage":
            one.coverage.create(outlet="A paper", headline=NAME)
        case "address of coverage":
            one.coverage.create(outlet="A paper", url="https://example.org/shin-dong-hyuk")
        case "correction":
            one.corrections.create(note=f"It was {NAME}.")
        case "tag":
            one.tags.add(Tag.objects.create(name="신동혁"))
        case "title of a document":
            one.documents.create(attachment=pdf("The words."), title=NAME)
        case "words of a document":
            one.documents.create(attachment=pdf("The words.", NAME))
        case "link in a document":
            one.documents.create(attachment=pdf("The words.", link="https://example.org/#신동혁"))
    one.save()
    return one


def pdf(*pages: str, link: str = ""):
    made = makers.pdf(*pages)
    if link:
        makers.annotate(
            made, makers.annotation("Link", A=makers.action("URI", URI=makers.String(link)))
        )
    stored = makers.attachment(content=makers.saved(made), title="A letter")
    for number, words in enumerate(pages, 1):
        stored.page_texts.update_or_create(number=number, defaults={"text": words})
    return stored


def test_a_name_is_found_in_a_body_without_any_paragraph(key):
    protect("신동혁")
    assert len(blocks(with_body(f"{NAME} spoke."))) == 1
    assert blocks(with_body("Nobody spoke.")) == []


PLACES = ["title", "summary", "kicker", "byline", "slug", "link text", "address of a link"]
PLACES += ["footnote", "in parts", "over paragraphs", "entities", "caption", "alternative text"]
PLACES += ["file name", "coverage", "address of coverage", "correction", "tag"]
PLACES += ["title of a document", "words of a document", "link in a document"]


@pytest.mark.parametrize("place", PLACES)
def test_a_name_is_found_wherever_it_is_put(key, place):
    clean = draft()
    assert blocks(clean) == []
    planted = planted_article(place)
    assert blocks(planted) == []  # nobody is protected yet
    protect("신동혁")
    assert len(blocks(planted)) == 1, place


def test_a_picture_is_mended_where_the_text_shows_it(key):
    protect("신동혁")
    assert blocks(planted_article("alternative text")) == ["A protected name: text."]


def test_the_page_of_a_document_is_named(key):
    protect("신동혁")
    assert blocks(planted_article("words of a document")) == [
        "A protected name: documents, page 2."
    ]


def tagged(entry: str):
    """A name in what a document says to those who cannot see it: in a tag, which is no page's text."""
    made = makers.pdf()
    said = {entry: String(NAME)}
    element = made.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, **said))
    made.Root.StructTreeRoot = made.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))
    return made


def marked(entry: str):
    """The same where the page is drawn."""
    words = b"BT /F1 14 Tf 72 700 Td (x) Tj ET"
    said = b"/Span <</%s (%s)>> BDC " % (entry.encode(), NAME.encode())
    return makers.drawing(said + words + b" EMC")


def leading_to(name: str):
    """Where links lead, called by the name: the first PDFs wrote that so."""
    made = makers.pdf()
    made.Root.Dests = Dictionary({f"/{name}": [made.pages[0].obj, Name.Fit]})
    return made


def commented(name: str):
    return makers.drawing(b"% drawn for " + name.encode() + b"\nBT /F1 14 Tf (x) Tj ET")


def shown_and_said_otherwise(entry: str):
    """The page shows the name, and its text says another word in its place."""
    words = b"BT /F1 14 Tf 72 700 Td (%s) Tj ET" % NAME.encode()
    return makers.drawing(b"/Span <</ActualText (a survivor)>> BDC " + words + b" EMC")


@pytest.mark.parametrize(
    ("make", "entry"),
    [
        *((make, entry) for make in (tagged, marked) for entry in ("Alt", "ActualText", "E")),
        (shown_and_said_otherwise, ""),
        (leading_to, "ShinDongHyuk"),
        (commented, NAME),
    ],
)
def test_a_name_in_what_a_document_says_beside_its_text_is_found(key, tmp_path, make, entry):
    protect("신동혁")
    path = tmp_path / "tagged.pdf"
    path.write_bytes(makers.saved(make(entry)))
    one = draft()
    one.documents.create(attachment=attachments.take(source=path, filename="a.pdf").attachment)
    assert [said for said in blocks(one) if said.startswith("A protected name: documents")]


def test_a_document_that_cannot_be_searched_blocks(key):
    one = draft()
    broken = makers.attachment(content=b"no PDF at all", title="A letter")
    broken.page_texts.create(number=1, text="The words.")
    one.documents.create(attachment=broken)
    [sentence] = blocks(one)
    assert sentence.startswith("A document could not be searched")


def test_former_addresses_are_looked_at(key):
    one = article("Shin Dong-hyuk in Geneva")
    copy = actions.open_working_copy(record=one)
    copy.title, copy.slug = "A survivor in Geneva", "a-survivor-in-geneva"
    copy.save()
    live = actions.publish(record=copy)
    protect("신동혁")
    assert blocks(live) == ["A protected name: address."]


def test_the_page_is_looked_at_as_readers_would_get_it(key):
    """An article that is public names somebody, and stands on the page of the meeting."""
    told = article("신동혁 in Geneva")
    one = meeting(public=False)
    one.articles.add(told)
    assert blocks(one) == []
    protect("신동혁")
    assert blocks(one) == [
        "A protected name: what readers would get of it, on its page, in lists, feeds, data or the search."
    ]


def test_the_texts_and_parts_of_facts_are_looked_at(key):
    one = meeting(public=False, titles={"en": "A meeting", "ko": "만남"})
    Participant.objects.create(meeting=one, name_en=NAME)
    step = milestone(public=False, our_part=f"<p>x</p><p>{NAME}</p>")
    protect("신동혁")
    assert blocks(one) == ["A protected name: participants."]
    assert blocks(step) == ["A protected name: our part, paragraph 2."]


def test_a_given_name_alone_and_details_are_to_be_considered(key):
    protect("신동혁", identifiers=("Musan", "14 March 1987"))
    given = with_body("<p>Dong-hyuk said</p>")
    assert warnings(given) == ["Close to a protected name, or a part of one: text, paragraph 1."]
    assert warnings(with_body("<p>born in Musan</p>")) == []
    told = with_body("<p>born in Musan</p><p>on 14 March 1987</p>")
    assert warnings(told)[0].startswith("Several details together may tell who")
    assert actions.publish(record=given).is_public()


# --- Failing closed -------------------------------------------------------------------------------


def test_without_a_register_everything_goes_on_as_before():
    assert blocks(with_body(f"<p>{NAME}</p>")) == []
    assert actions.publish(record=with_body(f"<p>{NAME}</p>")).is_public()


def test_a_register_that_cannot_be_read_stops_publishing_and_not_saving(key, settings):
    protect("신동혁")
    settings.REGISTER_KEYS = ["wrong"]
    one = draft()
    [sentence] = blocks(one)
    assert sentence.startswith("The register of protected persons cannot be read")
    with pytest.raises(actions.NotPublishable):
        actions.publish(record=one)
    one.title = "Saved all the same"
    one.save()
