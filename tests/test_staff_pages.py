"""Every page of the real desk: lists and empty forms of whatever the slices have registered."""

import pytest
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import expect

from advocacy.news.models import Article
from advocacy.publishing import actions
from tests.attachments import makers, records
from tests.browser import accessibility_problems, is_wider_than_its_window

pytestmark = pytest.mark.browser

VIEWS = [(1280, "light"), (390, "dark")]
MODELS = {model._meta.label_lower: model for model in admin.site._registry}


def look(page) -> None:
    problems = accessibility_problems(page, VIEWS)
    assert not problems, "\n".join(problems)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert not is_wider_than_its_window(page), f"{page.url} at {width}"
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_lists_and_new_forms_are_accessible_and_keep_the_policy(staff_page, rf, model):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    staff_page.goto(reverse(f"{name}_changelist"))
    look(staff_page)
    request = rf.get("/")
    request.user = staff_page.staff
    if not admin.site._registry[model].has_add_permission(request):
        return
    staff_page.goto(reverse(f"{name}_add"))
    staff_page.wait_for_load_state("networkidle")
    for adding in staff_page.locator(".add-row a").all():
        adding.click()
    look(staff_page)


def test_a_public_text_is_shown_to_staff_as_readers_see_it(staff_page):
    picture = makers.attachment("picture", alt_en="A hall", content=makers.jpeg())
    body = f"<p>Words <strong>of weight</strong></p>{records.figure(picture)}"
    article = actions.publish(record=Article.objects.create(title="Public", body=body))
    staff_page.goto(reverse("admin:news_article_change", args=[article.pk]))
    expect(staff_page.locator(".field-body strong")).to_have_text("of weight")
    expect(staff_page.locator(".field-body img")).to_have_attribute("alt", "A hall")
    look(staff_page)


def test_on_a_telephone_a_value_stands_behind_the_name_of_its_column(staff_page):
    article = Article.objects.create(title="Draft")
    article.documents.create(attachment=makers.attachment(content=b"x"))
    staff_page.set_viewport_size({"width": 390, "height": 800})

    def said_before(selector: str) -> str:
        cell = staff_page.locator(selector).first
        assert cell.bounding_box()["width"] < 390
        return cell.evaluate("(cell) => getComputedStyle(cell, '::before').content")

    staff_page.goto(reverse("admin:news_article_changelist"))
    assert said_before("#result_list td.field-language") == '"Language: "'
    staff_page.goto(reverse("admin:news_article_change", args=[article.pk]))
    assert said_before("#documents-0 td.field-title") == '"Title on this page"'
    assert said_before("#documents-0 td.delete") == '"Delete?"'
