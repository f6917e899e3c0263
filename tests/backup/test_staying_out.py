"""What was taken out of the site does not come back with a backup."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from advocacy.attachments.models import Attachment
from advocacy.backup import restoring
from advocacy.backup.refused import Refused
from advocacy.casework import ledger, steps
from advocacy.casework.listing import default
from advocacy.casework.models import Tombstone, Withdrawal
from advocacy.casework.scan import scan
from advocacy.news.models import Article
from advocacy.protection.router import ALIAS
from advocacy.publishing.models import LogEntry
from advocacy.publishing.remembered import forget
from tests.casework.plants import pdf
from tests.facts import article
from tests.people import person
from tests.protection.conftest import key  # noqa: F401  a fixture
from tests.tasks.work import do_all

pytestmark = [
    pytest.mark.django_db(databases=["default", ALIAS]),
    pytest.mark.usefixtures("built_once", "key"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="as the drill shows, on both alike"),
]
EN = "Shin Dong-hyuk"
FORMS = ["신동혁", EN]


def planted() -> tuple[Article, Article, Attachment]:
    stays, goes = article(f"{EN} in Geneva"), article(f"{EN} in Seoul")
    stored = pdf(f"Signed, {EN}", alt_en="")
    stays.documents.create(attachment=stored)
    return stays, goes, stored


def take_out() -> None:
    officer = person("author", "officer", is_case_officer=True)
    terms = {"names": ["신동혁"], "en": "a survivor", "ko": "생존자"}
    work = steps.begin(person=None, terms=terms, by=officer)
    do_all()
    work.refresh_from_db()
    goes = str(Article.objects.get(title=f"{EN} in Seoul").uuid)
    chosen = {uuid: default(one) for uuid, one in work.records.items()}
    steps.confirm(work, {**chosen, goes: Withdrawal.Choice.WITHDRAW})
    do_all()


def status(path: str) -> int:
    return Client(HTTP_HOST="127.0.0.1:8000").get(path).status_code


def test_a_backup_of_before_comes_back_without_what_was_taken_out(site):
    stays, goes, stored = planted()
    addresses = [stays.get_absolute_url(), goes.get_absolute_url(), stored.get_absolute_url()]
    before = site.back_up("before.tar.gz")
    take_out()
    after = site.back_up("after.tar.gz")
    kept = ledger.place().read_text()
    site.wipe()
    ledger.place().unlink()
    with pytest.raises(Refused, match="would come back"):
        site.restore(after)
    ledger.place().write_text(kept)  # the ledger alone is left, in its second place
    site.restore(before)
    assert Article.objects.get(pk=stays.pk).title == "a survivor in Geneva"
    assert not Article.objects.filter(pk=goes.pk).exists()
    assert not Attachment.objects.filter(pk=stored.pk).exists()
    assert not default_storage.exists(stored.key)
    assert [status(address) for address in addresses] == [410, 410, 410]
    assert scan(FORMS, [])["found"] == []
    assert ledger.place().read_text().startswith(kept)


@pytest.mark.long
def test_a_case_officer_can_have_a_shorter_ledger_restored_and_the_log_says_so(site):
    planted()
    take_out()
    path = site.back_up()
    ledger.place().unlink()
    site.wipe()
    with pytest.raises(Refused, match="no case officer"):
        restoring.restore(path, confirmed_by="staff")
    restoring.restore(path, confirmed_by="officer")
    forget()
    assert LogEntry.objects.filter(verb="confirm").exists()
    assert Tombstone.objects.count() == len(ledger.read()) > 0
