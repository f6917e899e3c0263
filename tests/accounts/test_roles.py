"""What each role may do, and that nothing is forgotten."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission

from advocacy.accounts import roles
from advocacy.accounts.models import User

AUTHOR, EDITOR, PUBLISHER, ADMINISTRATOR = User.Role
ROLES = list(User.Role)
REGISTERED = {model._meta.label_lower: desk for model, desk in admin.site._registry.items()}

#: permission: the first role that has it
PROMISED = {
    "news.add_article": AUTHOR,
    "news.change_coverage": AUTHOR,
    "pages.change_standingpage": AUTHOR,
    "meetings.add_meeting": AUTHOR,
    "milestones.view_milestone": AUTHOR,
    "attachments.add_attachment": AUTHOR,
    "attachments.change_attachment": AUTHOR,
    "attachments.delete_attachment": EDITOR,
    "hits.view_dailycount": EDITOR,
    "publishing.edit_all_texts": EDITOR,
    "publishing.review_text": EDITOR,
    "publishing.publish_text": PUBLISHER,
    "accounts.view_user": ADMINISTRATOR,
    "accounts.change_user": ADMINISTRATOR,
    "pages.change_organisation": ADMINISTRATOR,
    "pages.view_menuitem": ADMINISTRATOR,
    "news.delete_tag": ADMINISTRATOR,
    "symbols.view_undocument": AUTHOR,
    "symbols.change_undocument": PUBLISHER,
}


def parts(desk) -> set[str]:
    return {inline.model._meta.label_lower for inline in desk.inlines}


def test_every_model_at_the_desk_has_a_rule():
    at_the_desk = set(REGISTERED).union(*(parts(desk) for desk in REGISTERED.values()))
    assert at_the_desk - set(roles.MODELS) == set()


def test_every_rule_is_about_a_model_there_is():
    assert {apps.get_model(name)._meta.label_lower for name in roles.MODELS} == set(roles.MODELS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("permission", "first"), PROMISED.items())
def test_a_role_may_do_what_it_and_those_before_it_may(permission, first, role):
    expected = ROLES.index(role) >= ROLES.index(first)
    assert User(username="a", role=role).has_perm(permission) is expected


@pytest.mark.parametrize("role", [AUTHOR, EDITOR, PUBLISHER])
def test_what_the_table_does_not_name_is_refused(role):
    user = User(username="a", role=role)
    for permission in ("news.invent_article", "auth.change_group", "publishing.", "", "nonsense"):
        assert not user.has_perm(permission)
    assert not user.has_module_perms("accounts")
    assert user.has_module_perms("news")


@pytest.mark.django_db
def test_what_a_role_may_do_needs_no_row_of_a_permission():
    Permission.objects.filter(codename="publish_text").delete()
    assert User(username="a", role=PUBLISHER).has_perm("publishing.publish_text")


@pytest.mark.parametrize("role", ROLES)
def test_who_is_not_active_may_do_nothing(role):
    user = User(username="a", role=role, is_active=False)
    assert not any(user.has_perm(permission) for permission in PROMISED)
    assert not user.has_module_perms("news")


def test_a_single_record_gives_no_permission_that_the_role_does_not():
    """Whose draft it is, is settled where it is fetched."""
    assert not User(username="a", role=AUTHOR).has_perm("news.change_article", User())


@pytest.mark.django_db
def test_whoever_has_a_permission_can_be_found():
    for role in ROLES:
        User.objects.create_user(f"{role}", role=role)
    User.objects.create_user("gone", role=PUBLISHER, is_active=False)
    may_review = User.objects.with_perm("publishing.review_text")
    assert {user.role for user in may_review} == {EDITOR, PUBLISHER, ADMINISTRATOR}
    assert "gone" not in [user.username for user in may_review]
    assert [user.role for user in User.objects.with_perm("accounts.view_user")] == [ADMINISTRATOR]


@pytest.mark.django_db
def test_each_role_sees_its_own_desk(client):
    def lists(role) -> set[str]:
        client.force_login(User.objects.create_user(f"a {role}", role=role))
        return {
            model["object_name"]
            for app in client.get("/admin/").context["available_apps"]
            for model in app["models"]
        }

    written = {"Article", "StandingPage", "Meeting", "Milestone", "Attachment", "Tag"}
    written |= {"UNDocument"}
    assert lists(AUTHOR) == written
    written |= {"Held"}  # files of the old site that wait to be made PDFs
    assert lists(EDITOR) == lists(PUBLISHER) == written
    assert lists(ADMINISTRATOR) == {*written, "Organisation", "MenuItem", "User", "Task"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [AUTHOR, EDITOR, PUBLISHER])
@pytest.mark.parametrize("path", ["accounts/user/", "pages/organisation/", "pages/menuitem/add/"])
def test_people_and_settings_are_closed_to_all_but_administrators(client, role, path):
    client.force_login(User.objects.create_user("a", role=role))
    assert client.get(f"/admin/{path}").status_code == 403
