"""A desk with one editor on it and a library of three pictures, in front of the site's own addresses."""

from django.contrib import admin
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.i18n import set_language

from advocacy.meetings.models import Meeting
from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from nkhr import urls
from nkhr.urls import handler400, handler403, handler404, handler500  # noqa: F401  Django asks for them here

PICTURES = [
    {
        "uuid": f"0000000{n}-0000-4000-8000-000000000000",
        "title": title,
        "alt": f"What {title} shows",
        "thumbnail": "/static/og.png",
        "width": 1200,
        "height": 630,
    }
    for n, title in enumerate(("Palais des Nations", "대표단", "A signed statement"), 1)
]


def library(request: HttpRequest) -> JsonResponse:
    words = request.GET["q"].lower()
    page = int(request.GET.get("page", 1))
    found = [p for p in PICTURES if words in p["title"].lower() or words == p["uuid"]]
    some = found[2 * page - 2 : 2 * page]
    return JsonResponse({"results": some, "has_next": len(found) > 2 * page})


class PageAdmin(ModelAdmin):
    fields = ("language", "title", "body")


class ArticleAdmin(ModelAdmin):
    fields = ("title", "published_at")
    list_display = ("title", "published_at")
    list_filter = ("status",)
    search_fields = ("title",)
    date_hierarchy = "published_at"
    ordering = ("title",)


class MeetingAdmin(ModelAdmin):
    fields = ("date", "articles")
    autocomplete_fields = ("articles",)


site = AdminSite(name="admin")
site.enable_nav_sidebar = admin.site.enable_nav_sidebar
site.site_header = admin.site.site_header
site.index_title = admin.site.index_title
site.register(StandingPage, PageAdmin)
site.register(Group, GroupAdmin)
site.register(Article, ArticleAdmin)
site.register(Meeting, MeetingAdmin)

urlpatterns = [
    path("admin/attachments/library.json", library),
    path("admin/language/", set_language, name="set_language"),
    path("", include("advocacy.accounts.urls")),
    path("admin/", site.urls),
    *urls.urlpatterns,  # what the desk's pages lead to
]
