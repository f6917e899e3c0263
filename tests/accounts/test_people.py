"""Who can be somebody here."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from advocacy.accounts.models import User

pytestmark = pytest.mark.django_db


def test_everybody_with_an_account_is_staff():
    assert User.objects.create_user("somebody").is_staff
    assert User.objects.create_user("somebody else").role == User.Role.AUTHOR


def test_a_superuser_is_an_administrator_and_nobody_else_is_one():
    assert User.objects.create_superuser("chief").role == User.Role.ADMINISTRATOR
    assert [User(role=role).is_superuser for role in User.Role] == [False, False, False, True]


@pytest.mark.parametrize("other", ["Minji", "MINJI", "minji"])
def test_two_people_do_not_share_a_name_whatever_its_letters(other):
    User.objects.create_user("minji")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(other)


def test_two_people_do_not_share_an_address_but_several_may_have_none():
    User.objects.create_user("one", "minji@example.org")
    User.objects.create_user("two")
    User.objects.create_user("three")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("four", "MINJI@example.org")


def test_a_user_name_cannot_pretend_to_be_an_address():
    with pytest.raises(ValidationError, match="has no @"):
        User(username="minji@example.org", password="x").full_clean()


def test_people_are_never_deleted():
    user = User.objects.create_user("minji")
    with pytest.raises(TypeError, match="off-boarded"):
        user.delete()
    with pytest.raises(TypeError, match="off-boarded"):
        User.objects.all().delete()
    assert User.objects.get() == user


@pytest.mark.parametrize("typed", ["minji", "Minji", "minji@example.org", "MinJi@Example.org"])
def test_somebody_signs_in_by_name_or_address_whatever_the_letters(typed):
    user = User.objects.create_user("minji", "minji@example.org", "orbit mango candle river")
    assert authenticate(username=typed, password="orbit mango candle river") == user
    assert authenticate(username=typed, password="Orbit mango candle river") is None


def test_who_has_no_address_is_not_found_by_an_empty_one():
    User.objects.create_user("minji", password="orbit mango candle river")
    assert authenticate(username="", password="orbit mango candle river") is None
    assert authenticate(username="@", password="orbit mango candle river") is None
