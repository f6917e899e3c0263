"""Every address of the site. The order matters at the end: standing pages match any word."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from nkhr import machines

urlpatterns = [
    path("", include("advocacy.attachments.urls")),  # some of it below admin/, which takes all else
    path("", include("advocacy.reach.urls")),
    path("", include("advocacy.links.urls")),
    path("", include("advocacy.publishing.urls")),
    path("", include("advocacy.un.urls")),
    path("", include("advocacy.dates.urls")),
    path("", include("advocacy.protection.urls")),
    path("", include("advocacy.imports.urls")),
    path("", include("advocacy.casework.urls")),
    path("", include("advocacy.accounts.urls")),
    path("admin/language/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
    *machines.urlpatterns,
    path("", include("advocacy.home.urls")),
    path("", include("advocacy.home.feed_urls")),
    path("", include("advocacy.exports.urls")),
    path("", include("advocacy.api.urls")),
    path("", include("advocacy.news.urls")),
    path("", include("advocacy.meetings.urls")),
    path("", include("advocacy.milestones.urls")),
    path("", include("advocacy.search.urls")),
    path("", include("advocacy.symbols.urls")),
    path("", include("advocacy.pages.urls")),
]

handler400 = "nkhr.errors.bad_request"
handler403 = "nkhr.errors.forbidden"
handler404 = "nkhr.errors.not_found"
handler429 = "nkhr.errors.too_many"  # asked for by allauth
handler500 = "nkhr.errors.broken"
