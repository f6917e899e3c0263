"""Addresses that only machines read: robots.txt, security.txt, sitemaps, icon, health."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sitemaps import Sitemap, views
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache

from advocacy.hits import trouble
from advocacy.meetings.sitemaps import MeetingTextSitemap
from advocacy.milestones.sitemaps import MilestoneTextSitemap
from advocacy.news.sitemaps import ArticleSitemap
from advocacy.pages.models import Organisation, StandingPage
from advocacy.pages.sitemaps import StandingPageSitemap
from advocacy.pages.views import CONTACT
from advocacy.publishing.head import absolute
from advocacy.publishing.models import Language
from advocacy.publishing.views import published_page, read_only
from advocacy.symbols.sitemaps import SymbolSitemap
from advocacy.tasks.models import Task


class ListSitemap(Sitemap):
    """The front page and the lists, in every language."""

    names = (
        "home:index",
        "news:index",
        "news:tags",
        "milestones:index",
        "meetings:index",
        "attachments:index",
        "symbols:index",
        "api:about",
    )

    def items(self) -> list[str]:
        return list(self.names)

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        rows = []
        for name in self.names:
            addresses = {code: absolute(reverse(name, args=[code])) for code in Language.values}
            alternates = [{"lang_code": c, "location": a} for c, a in addresses.items()]
            rows += [{"location": a, "alternates": alternates} for a in addresses.values()]
        return rows


SITEMAPS = {
    "lists": ListSitemap,
    "news": ArticleSitemap,
    "pages": StandingPageSitemap,
    "meetings": MeetingTextSitemap,
    "milestones": MilestoneTextSitemap,
    "un": SymbolSitemap,
}


@published_page()
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """One entry for each thousand addresses of a section."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
    for section, sitemap in SITEMAPS.items():
        address = absolute(reverse("sitemap-section", args=[section]))
        for number in sitemap().paginator.page_range:
            suffix = f"?p={number}" if number > 1 else ""
            lines.append(f"<sitemap><loc>{address}{suffix}</loc></sitemap>")
    lines.append("</sitemapindex>")
    return HttpResponse("\n".join(lines), content_type="application/xml")


@published_page("p")
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    response = views.sitemap(request, {**SITEMAPS}, section=section)
    response.render()
    return response


@published_page()
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@published_page()
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Where staff have named no contact, our contact page is the way to reach us."""
    rows = Organisation.objects.exclude(security_contact="")
    contacts = list(rows.values_list("security_contact", flat=True))
    if not contacts:
        pages = StandingPage.objects.published().filter(key=CONTACT).order_by("language")
        contacts = [absolute(page.get_absolute_url()) for page in pages] or [absolute("/")]
    # A whole year from the start of this month, so that the answer is the same all month long.
    month = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    expires = (month + timedelta(days=365)).isoformat().replace("+00:00", "Z")
    lines = [f"Contact: {contact}" for contact in dict.fromkeys(contacts)]
    lines += [f"Expires: {expires}", "Preferred-Languages: en, ko"]
    lines += [f"Canonical: {absolute('/.well-known/security.txt')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@read_only
def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the site's sign beside a document or a feed, which name none."""
    response = redirect(static("favicon.ico"))
    patch_cache_control(response, public=True, max_age=24 * 60 * 60)
    return response


@never_cache
@read_only
def health(request: HttpRequest) -> JsonResponse:
    """200 while pages can be read, 503 when not; either way with all that is wrong."""
    problems = {"counting": trouble.recent(), "tasks": Task.objects.stuck()}
    try:
        wrong = [name for name, found in problems.items() if found.exists()]
        status = 200
    except Error:
        wrong, status = ["database"], 503
    return JsonResponse({"status": "trouble" if wrong else "ok", "wrong": wrong}, status=status)


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security"),
    path("favicon.ico", icon, name="icon"),
    path("healthz", health, name="health"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap-section"),
]
