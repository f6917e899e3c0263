"""Each attempt is written down before it begins; one that ends badly is followed by another."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus as Status

from advocacy.tasks import models, worker
from advocacy.tasks.models import PAUSES, Task

from .work import HERE, THERE, do_all, done, fail, leave, let_pass, note, now, queued, taken

pytestmark = pytest.mark.django_db


def test_what_waits_is_done_in_the_order_it_came():
    tasks = [queued(note, word) for word in ("one", "two", "three")]
    assert do_all() == 3
    assert done == ["one", "two", "three"]
    for task in map(now, tasks):
        assert (task.status, task.attempts) == (Status.SUCCESSFUL, 1)
        assert task.finished_at >= task.started_at
    assert now(tasks[0]).return_value == "ONE"
    assert do_all() == 0


def test_nothing_is_asked_of_an_empty_queue_but_whether_it_is_empty(django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        assert not worker.do_next(HERE)
    assert "FOR UPDATE" not in asked[0]["sql"]


@pytest.mark.django_db(transaction=True)
def test_work_for_what_was_not_saved_is_not_there_either():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note.enqueue("one")
        raise ZeroDivisionError
    assert not Task.objects.exists()


def test_an_attempt_that_fails_is_followed_by_another_after_a_pause_that_grows():
    task = queued(fail, "luck")
    pauses = []
    for _attempt in PAUSES:
        before = timezone.now()
        assert do_all() == 1
        task = now(task)
        assert task.status == Status.READY
        assert "ValueError: no luck" in task.traceback
        pauses.append(task.run_after - before)
        assert do_all() == 0  # not before its time
        let_pass(task)
    assert pauses == sorted(pauses)
    assert all(
        planned <= pause < planned + timedelta(seconds=5)
        for pause, planned in zip(pauses, PAUSES, strict=True)
    )


def test_after_the_last_attempt_it_is_given_up():
    task = queued(fail, "luck")
    for _attempt in range(len(PAUSES) + 1):
        let_pass(task)
        assert do_all() == 1
    let_pass(task)
    assert do_all() == 0
    task = now(task)
    assert task.is_given_up
    assert done == ["luck"] * (len(PAUSES) + 1)
    assert task.finished_at is not None


def test_a_later_attempt_that_goes_well_leaves_no_trace_of_the_others():
    task = queued(fail, "luck")
    assert do_all() == 1
    Task.objects.filter(pk=task.pk).update(task_path=note.module_path)
    let_pass(task)
    assert do_all() == 1
    task = now(task)
    assert (task.status, task.attempts, task.traceback) == (Status.SUCCESSFUL, 2, "")


def test_nothing_a_task_raises_ends_the_worker():
    queued(leave)
    queued(note, "after it")
    assert do_all() == 2
    assert done == ["after it"]


def test_a_task_that_an_earlier_release_knew_is_given_up_in_the_end():
    task = queued(note, "one")
    for _attempt in range(len(PAUSES) + 1):
        Task.objects.filter(pk=task.pk).update(
            task_path="advocacy.no_such.work", run_after=timezone.now()
        )
        assert do_all() == 1
    assert now(task).is_given_up
    assert "No module named" in now(task).traceback


def test_staff_may_have_it_tried_again_from_the_start():
    task = queued(fail, "luck")
    assert not task.try_again()
    for _attempt in range(len(PAUSES) + 1):
        let_pass(task)
        do_all()
    assert now(task).try_again()
    task = now(task)
    assert (task.status, task.attempts, task.finished_at) == (Status.READY, 0, None)
    assert do_all() == 1


# Workers that die


def test_what_a_killed_worker_of_this_machine_was_at_is_given_back_at_once():
    task = taken(queued(note, "one"))
    at = timezone.now()
    assert worker.recover(HERE, at) == 1
    task = now(task)
    assert (task.status, task.run_after) == (Status.READY, at + PAUSES[0])
    assert "WorkerDied" in task.exception_class_path
    let_pass(task)
    assert do_all() == 1
    assert done == ["one"]


def test_what_another_machine_is_at_is_left_to_it_until_its_lease_is_over():
    task = taken(queued(note, "one"), THERE)
    at = task.started_at + models.LEASE
    assert worker.recover(HERE, at - timedelta(seconds=1)) == 0
    assert now(task).status == Status.RUNNING
    assert worker.recover(HERE, at + timedelta(seconds=1)) == 1
    assert now(task).status == Status.READY


def test_a_task_that_kills_its_worker_each_time_is_given_up_too():
    task = queued(note, "poison")
    for _attempt in range(len(PAUSES) + 1):
        taken(task)
        assert worker.recover(HERE) == 1
    assert now(task).is_given_up
    assert worker.recover(HERE) == 0


def test_of_two_machines_that_find_a_dead_worker_one_gives_its_task_back():
    task = taken(queued(note, "one"), THERE)
    late = timezone.now() + timedelta(hours=1)
    one, other = now(task), now(task)
    assert one.fail(models.WorkerDied(), late)
    assert not other.fail(models.WorkerDied(), late)
    assert now(task).attempts == 1


def test_a_worker_that_was_only_thought_dead_ends_nothing_of_its_successor():
    slow = taken(queued(note, "one"), THERE)
    worker.recover(HERE, timezone.now() + timedelta(hours=1))
    let_pass(slow)
    successor = taken(slow)
    assert not slow.succeed()
    assert not slow.fail(ValueError())
    assert now(slow).status == Status.RUNNING
    assert successor.succeed()
    assert not slow.fail(ValueError())
    assert now(slow).status == Status.SUCCESSFUL


def test_a_clock_set_back_keeps_nothing_running_for_ever_on_its_machine():
    task = taken(queued(note, "one"), at=timezone.now() + timedelta(days=365))
    assert worker.recover(HERE) == 1
    let_pass(task)
    assert do_all() == 1


def test_a_machine_keeps_its_name_and_a_torn_one_is_made_anew(settings):
    name = worker.machine_name()
    assert len(name) == 16
    assert worker.machine_name() == name
    (settings.VAR_DIR / "machine").write_text("")
    assert worker.machine_name() not in ("", name)


# What is past


def test_what_is_done_is_kept_for_a_while_and_what_was_given_up_longer():
    tasks = [queued(note, "one"), queued(note, "two"), queued(fail, "luck")]
    do_all()
    at = timezone.now()
    ages = (timedelta(days=6), timedelta(days=8), timedelta(days=8))
    for task, age in zip(tasks, ages, strict=True):
        Task.objects.filter(pk=task.pk).update(finished_at=at - age)
    Task.objects.filter(pk=tasks[2].pk).update(status=Status.FAILED)
    assert list(Task.objects.past(at)) == [tasks[1]]
    assert tasks[2] in Task.objects.past(at + timedelta(days=90))
