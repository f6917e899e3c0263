import pytest

from advocacy.attachments import figures
from advocacy.publishing.richtext import clean

from . import makers, records

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    return makers.attachment("picture", alt_en="A hall in Geneva", alt_ko="제네바의 회의장")


def test_a_figure_is_drawn_with_every_format_and_its_size(picture):
    drawn = figures.render(records.figure(picture, "The <em>hall</em>"), "en")
    stem = f"/pictures/{picture.uuid}/{picture.sha256[:8]}"
    assert drawn == (
        "<figure><picture>"
        f'<source type="image/avif" srcset="{stem}-320.avif 320w, {stem}-640.avif 640w, '
        f'{stem}-1200.avif 1200w" sizes="{figures.SIZES}">'
        f'<source type="image/webp" srcset="{stem}-320.webp 320w, {stem}-640.webp 640w, '
        f'{stem}-1200.webp 1200w" sizes="{figures.SIZES}">'
        f'<img src="{stem}-1200.jpg" width="1200" height="800" alt="A hall in Geneva" '
        'loading="lazy" decoding="async">'
        "</picture><figcaption>The <em>hall</em></figcaption></figure>"
    )


def test_the_description_is_in_the_readers_language(picture):
    assert 'alt="제네바의 회의장"' in figures.render(records.figure(picture), "ko")


def test_decoration_is_silent_and_descriptions_are_escaped():
    decoration = makers.attachment("picture", decorative=True)
    spoken = makers.attachment("picture", alt_en="A hall")
    assert 'alt="A hall" lang="en"' in figures.render(records.figure(spoken), "ko")
    assert " lang=" not in figures.render(records.figure(spoken), "en")
    assert 'alt=""' in figures.render(records.figure(decoration), "en")
    quoted = makers.attachment("picture", alt_en='A "hall" <script>')
    assert 'alt="A &quot;hall&quot; &lt;script&gt;"' in figures.render(records.figure(quoted), "en")


def test_a_missing_picture_leaves_its_caption_and_no_broken_image(picture):
    body = records.figure(picture, "The hall")
    picture.delete()
    assert figures.render(body, "en") == "<figure><figcaption>The hall</figcaption></figure>"
    bare = f'<p>a</p><figure data-attachment="{picture.uuid}"></figure>'
    assert figures.render(bare, "en") == "<p>a</p>"


def test_a_document_is_never_drawn_as_a_picture():
    pdf = makers.attachment()
    assert "<picture>" not in figures.render(records.figure(pdf), "en")


def test_a_caption_without_its_tags_is_a_caption(picture):
    body = f'<figure data-attachment="{picture.uuid}">The hall</figure>'
    assert "<figcaption>The hall</figcaption></figure>" in figures.render(body, "en")


def test_what_the_sanitiser_stores_is_what_is_found_and_drawn(picture):
    stored = clean(
        f'<figure class="x" data-attachment="{str(picture.uuid).upper()}">'
        "<figcaption>The hall</figcaption></figure>"
    )
    assert figures.uuids(stored) == [picture.uuid]
    assert "<picture>" in figures.render(stored, "en")


def test_a_body_takes_one_query_and_one_without_pictures_none(picture, django_assert_num_queries):
    other = makers.attachment("picture", alt_en="A room")
    body = records.figure(picture) + records.figure(other) + records.figure(picture)
    with django_assert_num_queries(1):
        figures.render(body, "en")
    with django_assert_num_queries(0):
        figures.render("<p>Words.</p>", "en")
    with django_assert_num_queries(0):
        assert figures.render(body, "en", [picture, other]).count("<picture>") == 3


def test_uses_follow_the_body_each_time_it_is_saved(picture):
    other = makers.attachment("picture", alt_en="A room")
    article = records.article(body=records.figure(picture) + records.figure(picture))
    assert [use.attachment for use in article.figures.all()] == [picture]
    article.body = records.figure(other)
    article.save()
    assert [use.attachment for use in article.figures.all()] == [other]
    article.body = "<p>None.</p>"
    article.save()
    assert not article.figures.exists()


def test_saving_an_unchanged_body_keeps_its_uses(picture):
    article = records.article(body=records.figure(picture))
    use = article.figures.get()
    article.save()
    assert article.figures.get() == use


def test_a_body_may_name_what_is_not_there():
    body = '<figure data-attachment="not-a-uuid-but-as-long-as-one-is-123"></figure>'
    assert figures.uuids(body) == []
    assert not records.article(body=body).figures.exists()
