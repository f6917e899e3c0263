"""What the site does once a day by itself, and when it is due."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from advocacy.publishing import actions
from advocacy.tasks import daily
from advocacy.tasks.models import KEEP_DONE, Task
from nkhr import daily as of_the_site
from tests.attachments.records import article

from .work import do_all, now, queued, taken

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
ALL = 7  # that the site does daily


def test_it_is_due_at_the_first_start_and_then_once_a_day():
    start = timezone.now()
    assert daily.enqueue_due(start) == ALL
    assert do_all() == ALL + 1  # links are found by one task, and looked at by the next
    assert daily.enqueue_due(start + 23 * HOUR) == 0
    assert daily.enqueue_due(start + 25 * HOUR) == ALL
    assert daily.EVERY < KEEP_DONE  # the rows that say when it was are still there


def test_a_machine_that_was_off_for_a_week_does_it_once():
    daily.enqueue_due()
    do_all()
    assert daily.enqueue_due(timezone.now() + timedelta(days=7)) == ALL
    assert Task.objects.filter(status="READY").count() == ALL


@pytest.mark.parametrize("is_at_work", [False, True], ids=["waiting", "being done"])
def test_what_is_still_in_the_queue_after_a_day_is_not_put_there_twice(is_at_work):
    task = queued(of_the_site.empty_trash)
    if is_at_work:
        taken(task)
    assert daily.enqueue_due(timezone.now() + 30 * HOUR) == ALL - 1
    assert Task.objects.filter(task_path=task.task_path).count() == 1


def test_what_was_given_up_is_tried_again_the_next_day():
    task = queued(of_the_site.empty_trash)
    Task.objects.filter(pk=task.pk).update(status="FAILED")
    assert daily.enqueue_due(timezone.now() + 30 * HOUR) == ALL


def test_asking_costs_one_query_where_nothing_is_due(django_assert_num_queries):
    daily.enqueue_due()
    with django_assert_num_queries(1):
        daily.enqueue_due()


def test_the_trash_is_emptied_of_what_has_lain_there_long_enough():
    late, early = article("Late"), article("Early")
    actions.trash(record=late, at=timezone.now() - type(late).KEPT_IN_TRASH - HOUR)
    actions.trash(record=early)
    daily.enqueue_due()
    do_all()
    assert list(type(late).objects.all()) == [early]


def test_files_that_nothing_names_are_swept():
    key = default_storage.save("ab/cd/" + "0" * 32 + ".pdf", ContentFile(b"orphan"))
    daily.enqueue_due()
    do_all()
    assert default_storage.exists(key)  # an upload that is on its way looks just like it
    before = (timezone.now() - 2 * HOUR).timestamp()
    os.utime(default_storage.path(key), (before, before))
    task = queued(of_the_site.sweep_files)
    do_all()
    assert not default_storage.exists(key)
    assert now(task).return_value == 1


def test_staff_are_told_in_words_what_could_not_be_done():
    assert str(queued(of_the_site.empty_trash)) == (
        "to remove what has been in the trash for long enough"
    )
    assert str(queued(of_the_site.look_for_protected_names)) == (
        "to see whether what is public has to be searched for protected names"
    )
    assert str(queued(of_the_site.sweep_files)) == "to remove stored files that nothing names"
    assert str(queued(of_the_site.back_up)) == "to back up the site"
