"""What could not be done is told to staff, and to machines that ask after our health."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.tasks import names
from advocacy.tasks.models import OVERDUE, PAUSES, Task

from .work import THERE, do_all, fail, let_pass, note, now, queued, taken

pytestmark = pytest.mark.django_db

TASKS = reverse("admin:tasks_task_changelist")


def given_up(word="luck") -> Task:
    task = queued(fail, word)
    for _attempt in range(len(PAUSES) + 1):
        let_pass(task)
        do_all()
    return now(task)


def waiting_since(task: Task, age: timedelta) -> Task:
    Task.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - age)
    return now(task)


def health(client) -> tuple[int, list[str]]:
    answer = client.get("/healthz")
    return answer.status_code, answer.json()["wrong"]


def test_work_that_waits_or_is_being_done_troubles_nobody(admin_client):
    queued(note, "one")
    taken(queued(note, "two"), THERE)
    again = queued(fail, "luck")
    do_all()
    assert now(again).status == "READY"
    assert not Task.objects.stuck()
    assert "Not done" not in admin_client.get("/admin/").content.decode()
    assert health(admin_client) == (200, [])


def test_what_was_given_up_is_told_on_the_desk_and_to_machines(admin_client):
    given_up()
    page = admin_client.get("/admin/").content.decode()
    assert "Not done after 6 attempts: fail." in page
    assert f"{TASKS}?state=stuck" in page
    assert health(admin_client) == (200, ["tasks"])


@pytest.mark.parametrize("state", ["fresh", "to be tried again", "running"])
def test_work_that_no_worker_takes_up_is_told_after_an_hour(admin_client, state):
    task = queued(note, "one")
    if state == "to be tried again":
        taken(task, at=timezone.now())
        now(task).fail(ValueError(), timezone.now() - PAUSES[0])
    if state == "running":
        taken(task, THERE)
    at = timezone.now()
    assert not Task.objects.stuck(at)
    assert not Task.objects.stuck(at + OVERDUE - timedelta(minutes=1))
    assert list(Task.objects.stuck(at + OVERDUE + timedelta(minutes=1))) == [task]
    Task.objects.update(
        enqueued_at=at - 2 * OVERDUE,
        started_at=at - 2 * OVERDUE,
        **({"run_after": at - 2 * OVERDUE} if state == "to be tried again" else {}),
    )
    page = admin_client.get("/admin/").content.decode()
    assert "Waiting for more than an hour: note." in page


def test_a_pause_of_hours_is_not_taken_for_standstill():
    task = waiting_since(queued(note, "one"), timedelta(hours=20))
    taken(task, at=timezone.now())
    now(task).fail(ValueError())
    assert not Task.objects.stuck()


def test_the_desk_tells_of_the_newest_and_counts_the_others(admin_client):
    for number in range(8):
        given_up(f"{number}")
    page = admin_client.get("/admin/").content.decode()
    assert page.count("Not done after") == 5
    assert "And 3 others." in page


def test_a_slice_says_what_its_tasks_are(admin_client, monkeypatch):
    monkeypatch.setattr(names, "_says", {})
    names.register(fail, lambda word: f"to fail at {word}")
    task = given_up()
    assert str(task) == "to fail at luck"
    names.register(fail, lambda: "nothing")  # with other arguments, of another release
    assert str(task) == "fail"


def test_staff_look_and_have_it_tried_again(admin_client):
    task, waiting = given_up(), queued(note, "one")
    page = admin_client.get(f"{TASKS}?state=stuck").content.decode()
    assert "ValueError: no luck" in page
    assert "given up" in page
    form = {"action": "try_again", "_selected_action": [str(task.pk), str(waiting.pk)]}
    answer = admin_client.post(TASKS, form, follow=True)
    assert "1 task will be tried again at once." in answer.content.decode()
    assert (now(task).status, now(task).attempts) == ("READY", 0)
    assert health(admin_client) == (200, [])


def test_every_state_is_shown_and_filtered(admin_client):
    failed = given_up()
    done = queued(note, "one")
    do_all()
    running = taken(queued(note, "two"))
    waiting = queued(note, "three")
    states = {"SUCCESSFUL": done, "RUNNING": running, "READY": waiting}
    states |= {"FAILED": failed, "stuck": failed}
    for state, task in states.items():
        answer = admin_client.get(TASKS, {"state": state})
        assert list(answer.context["cl"].result_list) == [task]
    assert len(admin_client.get(TASKS, {"state": "x"}).context["cl"].result_list) == 4


def test_tasks_are_neither_made_nor_changed_nor_deleted_by_hand(admin_client):
    task = given_up()
    assert admin_client.get(f"{TASKS}add/").status_code == 403
    for verb in ("change", "delete"):
        url = reverse(f"admin:tasks_task_{verb}", args=[task.pk])
        assert admin_client.post(url, {"post": "yes"}).status_code == 403
    assert now(task) == task


def test_staff_who_may_not_look_are_told_and_offered_no_more(client, django_user_model):
    task = given_up()
    client.force_login(django_user_model.objects.create_user("x", password="x"))
    assert "Not done after" in client.get("/admin/").content.decode()
    assert TASKS not in client.get("/admin/").content.decode()
    assert client.get(TASKS).status_code == 403
    client.post(TASKS, {"action": "try_again", "_selected_action": [str(task.pk)]})
    assert now(task).is_given_up
