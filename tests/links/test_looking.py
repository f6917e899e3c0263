"""All links, one after the other: in the background, by the command, and on the desk."""

from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from advocacy.links import gathering, looking, needs
from advocacy.links import tasks as of_links
from advocacy.links.checking import Checker
from advocacy.links.models import Link
from advocacy.links.pace import Pace
from advocacy.locks import locked
from advocacy.news.models import Article, Coverage
from advocacy.pages.models import MenuItem
from advocacy.publishing import actions
from advocacy.tasks.models import Task
from tests.facts import article, meeting
from tests.people import person
from tests.tasks.work import do_all, queued

from .sites import checker, web

pytestmark = pytest.mark.django_db

FOREVER = float("inf")


def linking(*urls: str, title="An article", **fields) -> Article:
    body = "".join(f'<p><a href="{url}">A link</a></p>' for url in urls)
    one = article(title, public=False, **fields)
    one.body = body
    one.save()
    return actions.publish(record=one)


def states() -> dict[str, str]:
    return dict(Link.objects.values_list("url", "state"))


def test_every_link_is_looked_at_and_what_was_found_is_kept(site):
    site.pages["/there"] = 200
    own = article("Other").get_absolute_url()
    linking(site.url("/there"), site.url("/gone"), "http://10.0.0.1/", own, "/en/news/2013/none/")
    gathering.gather()
    looked = looking.look(checker(site), seconds=FOREVER)
    assert (looked.number, looked.is_done) == (5, True)
    assert states() == {
        site.url("/there"): "works",
        site.url("/gone"): "failing",
        "http://10.0.0.1/": "refused",
        own: "works",
        "/en/news/2013/none/": "dead",
    }


def test_what_was_looked_at_lately_is_left_out(site):
    linking(site.url("/a"), site.url("/b"))
    gathering.gather()
    site.pages["/a"] = site.pages["/b"] = 200
    looking.look(checker(site), seconds=FOREVER)
    asked = len(site.asked)
    assert looking.look(checker(site), seconds=FOREVER).number == 0
    assert len(site.asked) == asked


def test_who_is_out_of_time_goes_on_later_where_it_stopped(site):
    urls = [site.url(f"/{number}") for number in range(5)]
    site.pages |= {f"/{number}": 200 for number in range(5)}
    linking(*urls)
    gathering.gather()
    hasty = Checker(web(site), Pace(25.0, sleep=lambda seconds: None))
    first = looking.look(hasty, seconds=60.0)
    assert 0 < first.number < 5 and not first.is_done
    second = looking.look(checker(site), seconds=FOREVER)
    assert (second.number, second.is_done) == (5 - first.number, True)
    asked = [path for method, path in site.asked if method == "HEAD"]
    assert sorted(asked) == sorted(set(asked))


def test_a_kill_loses_nothing_of_what_was_found(site, monkeypatch):
    linking(*(site.url(f"/{number}", f"s{number}.example") for number in range(6)))
    gathering.gather()
    noted, note = [], looking.note

    def killed_at_the_third(pk, found, at):
        if len(noted) == 3:
            raise KeyboardInterrupt
        noted.append(pk)
        return note(pk, found, at)

    monkeypatch.setattr(looking, "note", killed_at_the_third)
    with suppress(KeyboardInterrupt):
        looking.look(checker(site), seconds=FOREVER)
    monkeypatch.undo()
    assert looking.look(checker(site), seconds=FOREVER).number == 3


def test_many_links_of_one_site_keep_no_other_waiting(site):
    linking(*(site.url(f"/{number}", "large.example") for number in range(30)))
    linking(site.url("/only", "small.example"), title="Another")
    gathering.gather()
    first_round = looking._round(timezone.now())
    assert [len(links) for links in first_round] == [looking.LINKS_OF_A_HOST, 1]


def test_two_do_not_look_at_once(settings, site):
    linking(site.url("/a"))
    gathering.gather()
    with locked(settings.VAR_DIR / "links.lock", wait=True):
        looked = looking.look(checker(site), seconds=FOREVER)
        assert (looked.is_busy, looked.is_done, looked.number) == (True, False, 0)
        with pytest.raises(CommandError, match="already"):
            call_command("check_links", "--own", stdout=StringIO())


# --- In the background ----------------------------------------------------------------------------


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_in_the_background_all_other_work_goes_first(queue, settings, site, monkeypatch):
    settings.CHECK_LINKS = True
    monkeypatch.setattr(of_links, "_others", lambda: checker(site))
    linking(site.url("/a"))
    queued(of_links.look_after_links)
    assert do_all() >= 2
    assert states() == {site.url("/a"): "failing"}
    assert of_links.go_on.priority < 0


def test_a_site_that_is_not_public_asks_no_others_by_itself(queue, settings, site, monkeypatch):
    assert settings.CHECK_LINKS is False
    monkeypatch.setattr(of_links, "_others", lambda: checker(site))
    linking(site.url("/a"), "/en/news/2013/none/")
    queued(of_links.look_after_links)
    do_all()
    assert states() == {site.url("/a"): "new", "/en/news/2013/none/": "dead"}
    assert site.asked == []


def test_what_could_not_be_finished_is_put_into_the_queue_again(queue, settings, site, monkeypatch):
    settings.CHECK_LINKS = True
    waiting = Pace(3600.0)
    waiting.wait("site.example", until=FOREVER)
    monkeypatch.setattr(of_links, "_others", lambda: Checker(web(site), waiting))
    linking(site.url("/a"))
    gathering.gather()
    queued(of_links.go_on)
    assert do_all() == 1
    assert Task.objects.filter(task_path=of_links.go_on.module_path, status="READY").count() == 1
    assert str(Task.objects.last()) == "to look at the links of public texts"


# --- The command ----------------------------------------------------------------------------------


def told(*arguments: str) -> str:
    output = StringIO()
    call_command("check_links", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_looks_at_all_and_names_what_is_lost(site, monkeypatch):
    monkeypatch.setattr(looking, "checker", lambda: checker(site))
    site.pages["/there"] = 200
    linking(site.url("/there"), "/en/news/2013/none/")
    said = told()
    assert "2 links in public texts, 2 looked at now." in said
    assert "leads nowhere any more: /en/news/2013/none/ (HTTP 404)" in said
    assert "2 links in public texts, 0 looked at now." in told()
    assert "2 links in public texts, 2 looked at now." in told("--again")
    assert "2 links in public texts, 0 looked at now." in told("--own")


# --- The desk -------------------------------------------------------------------------------------


def test_the_desk_lists_what_needs_a_hand_with_the_field_it_stands_in(client):
    one = linking("/en/news/2013/none/", title="With a link")
    fact = meeting(text='<p><a href="/en/news/2013/none/">x</a></p>', titles={"ko": "만남"})
    Coverage.objects.create(article=one, outlet="A", url="https://a.example/")
    item = MenuItem.objects.create(
        place="main", language="en", label="Menu", path="/en/news/2013/none/"
    )
    gathering.gather()
    looking.look(None, seconds=FOREVER)
    Link.objects.filter(host="a.example").update(state="moved", redirected_to="https://b.example/")
    client.force_login(person("author"))
    page = client.get(reverse("links:index")).content.decode()
    assert "/en/news/2013/none/" in page and "There is no such page on this site" in page
    assert f'{reverse("admin:news_article_change", args=[one.pk])}#at-body"' in page
    assert f'{reverse("admin:news_article_change", args=[one.pk])}#coverage-group"' in page
    assert f'{reverse("admin:meetings_meeting_change", args=[fact.pk])}#texts-group"' in page
    assert f'{reverse("admin:pages_menuitem_change", args=[item.pk])}#id_path"' in page
    assert "https://b.example/" in page and "With a link" in page and "만남" in page
    assert page.index("/en/news/2013/none/") < page.index("https://b.example/")
    assert "1 link in public texts leads nowhere" in client.get("/admin/").content.decode()


def test_a_text_that_is_public_no_more_is_named_to_nobody(client):
    one = linking("/en/news/2013/none/", title="Taken away")
    gathering.gather()
    looking.look(None, seconds=FOREVER)
    actions.withdraw(publication=one)
    client.force_login(person("author"))
    assert "Taken away" not in client.get(reverse("links:index")).content.decode()


def test_a_long_list_costs_no_more_queries_than_a_short_one(client, django_assert_max_num_queries):
    for number in range(10):
        linking(f"/en/news/2013/{number}/", title=f"Article {number}")
    gathering.gather()
    looking.look(None, seconds=FOREVER)
    with django_assert_max_num_queries(3):
        assert len(needs.needs(needs.links()[:50])) == 10


def test_where_nothing_is_lost_the_desk_says_so(client):
    client.force_login(person("author"))
    assert (
        "What readers are led to is there." in client.get(reverse("links:index")).content.decode()
    )
