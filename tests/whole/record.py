"""A site with everything on it: the first-run record, and what that does not have yet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from django.test import Client
from django.utils import timezone
from PIL import Image

from advocacy.attachments import actions as attachments
from advocacy.home import first_run
from advocacy.meetings.models import MeetingText
from advocacy.milestones.models import MilestoneText
from advocacy.news.models import Article, Tag, TaggedArticle
from advocacy.pages.models import StandingPage
from advocacy.publishing import actions, generation
from advocacy.publishing.models import Translatable
from tests.uncommitted import uncommitted

LANGUAGES = ("en", "ko")
STANDING = ("introduction", "contact", "record", "privacy", "accessibility")
KINDS = (
    *("front page", "news", "news of a tag", "news of a year", "news, second page"),
    *("article", "article with everything", "tag", "tags"),
    *(f"page: {key}" for key in STANDING),
    *("milestones", "milestones of a body", "milestones, none", "milestones, newest first"),
    *("milestone", "milestone of our own", "meetings", "meeting", "documents", "data"),
    *("UN documents", "UN document"),
)
#: Pages that answer with another status than 200.
ELSEWHERE = {"missing": 404, "gone": 410, "refused": 400}
EMPTY = ("", "news/", "tags/", "milestones/", "meetings/", "documents/", "un/")

BODY = """
<h2>{heading}</h2>
<p>One note<span data-note="Of one kind, see A/HRC/25/63."></span> and another<span
data-note="Of another kind."></span>; <a href="https://www.ohchr.org/">a link</a>,
<strong>weight</strong>, <em>stress</em>, <span lang="{other}">{foreign}</span>, A/HRC/RES/22/13.</p>
<figure data-attachment="{picture}"><figcaption>A caption.</figcaption></figure>
<blockquote><p>Quoted.</p></blockquote>
<h3>{heading} 2</h3>
<ul><li><p>One</p></li><li><p>Two</p></li></ul>
<ol><li><p>First</p></li><li><p>Second</p></li></ol>
<table><tbody><tr><th><p>Year</p></th><th><p>Votes</p></th></tr>
<tr><td><p>2014</p></td><td><p>116</p></td></tr></tbody></table>
<hr><p>The end.</p>
"""


@contextmanager
def loaded(place: Path) -> Iterator[Record]:
    """The whole site, as `uncommitted`."""
    with uncommitted(place):
        yield Record(place)


class Record:
    """Loads the site into an empty database and knows where its pages are."""

    def __init__(self, place: Path) -> None:
        client = Client()
        #: The lists of a site without any content: HTML by path.
        self.empty = {
            path: client.get(path).content.decode()
            for path in (f"/{language}/{path}" for language in LANGUAGES for path in EMPTY)
        }
        first_run.load()
        self._add(place)
        self.paths = {
            (language, kind): path
            for language in LANGUAGES
            for kind, path in self._paths_of(language).items()
        }
        assert {kind for _language, kind in self.paths} == {*KINDS, *ELSEWHERE}

    def _add(self, place: Path) -> None:
        """One article with everything an article may have, enough for a second page, one gone."""
        file = place / "picture.png"
        buffer = io.BytesIO()
        Image.linear_gradient("L").resize((700, 400)).convert("RGB").save(buffer, "PNG")
        file.write_bytes(buffer.getvalue())
        picture = attachments.store(
            source=file, title="A picture", name="picture", alt_en="Shades", alt_ko="명암"
        )
        document = Article.objects.published().first().documents.first().attachment
        tag = Tag.objects.create(name="Whole", slug="whole", name_ko="전체")
        everything = self._in_both(
            lambda language: Article(
                title="Everything an article may have" if language == "en" else "기사의 모든 것",
                kicker="Geneva",
                summary="It has all its parts.",
                body=BODY.format(
                    heading="Heading" if language == "en" else "제목",
                    other="ko" if language == "en" else "en",
                    foreign="인권" if language == "en" else "Human rights",
                    picture=picture.uuid,
                ),
                byline="NKHR",
                place="Geneva",
                event_date="2014-03",
            )
        )
        for article in everything:
            article.tags.add(tag)
            article.documents.create(attachment=document, title="A title of its own")
            article.corrections.create(corrected_on=date(2020, 5, 6), note="A number was wrong.")
            article.coverage.create(
                outlet="An outlet",
                headline="A headline",
                url="https://example.org/a?b=c&d=e",
                archived_url="https://example.org/archived",
                date="2014-03-18",
                language="en",
            )
            actions.publish(record=article)
        self._fill(tag)
        for article in self._in_both(lambda language: Article(title="Gone", body="<p>Short.</p>")):
            actions.withdraw(publication=actions.publish(record=article))

    def _fill(self, tag: Tag) -> None:
        """Short articles, enough for a second page; published the quick way, as the bench does."""
        shown = timezone.now() - timedelta(days=400)
        articles = Article.objects.bulk_create(
            Article(
                language=language,
                title=f"Article {number}",
                slug=f"article-{number}",
                body="<p>Short.</p>",
                status=Article.Status.PUBLISHED,
                published_at=shown,
                first_published_at=shown,
            )
            for language in LANGUAGES
            for number in range(1, 22)
        )
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=article, tag=tag) for article in articles
        )
        generation.bump()

    def _in_both(self, make) -> list[Translatable]:
        made = []
        for language in LANGUAGES:
            article = make(language)
            article.language = language
            if made:
                article.translation_group = made[0].translation_group
            article.save()
            made.append(article)
        return made

    def _paths_of(self, language: str) -> dict[str, str]:
        articles = Article.objects.published().filter(language=language)
        milestones = MilestoneText.objects.published().filter(language=language)
        meeting = MeetingText.objects.published().get(language=language)
        standing = StandingPage.objects.published().filter(language=language)
        assert {page.key for page in standing} == {*STANDING}
        of_a_day = milestones.filter(fact__own_step=False, fact__votes_for__isnull=False).first()
        lists = f"/{language}"
        return {
            "front page": f"{lists}/",
            "news": f"{lists}/news/",
            "news of a tag": f"{lists}/news/?tag=geneva",
            "news of a year": f"{lists}/news/?year=2015",
            "news, second page": f"{lists}/news/?page=2",
            "article": articles.tagged("commission-of-inquiry").get().get_absolute_url(),
            "article with everything": articles.get(
                byline="NKHR", kicker="Geneva"
            ).get_absolute_url(),
            "tag": f"{lists}/tags/whole/",
            "tags": f"{lists}/tags/",
            **{f"page: {page.key}": page.get_absolute_url() for page in standing},
            "milestones": f"{lists}/milestones/",
            "milestones of a body": f"{lists}/milestones/?body=hrc",
            "milestones, none": f"{lists}/milestones/?body=sc&decade=2000",
            "milestones, newest first": f"{lists}/milestones/?order=newest",
            "milestone": of_a_day.get_absolute_url(),
            "milestone of our own": milestones.filter(fact__own_step=True)[0].get_absolute_url(),
            "meetings": f"{lists}/meetings/",
            "meeting": meeting.get_absolute_url(),
            "documents": f"{lists}/documents/",
            "UN documents": f"{lists}/un/",
            "UN document": f"{lists}/un/A/HRC/RES/25/25/",
            "data": f"{lists}/api/",
            "missing": f"{lists}/nothing/",
            "gone": Article.objects.get(language=language, title="Gone").get_absolute_url(),
            "refused": f"{lists}/news/?{'a&' * 5001}",
        }
