from django.urls import path

from . import shared, staff, views

app_name = "attachments"

public_urlpatterns = [
    path("<lang:language>/documents/", views.index, name="index"),
    path("<lang:language>/documents/<uuid:uuid>/cite.<citation:ending>", views.cite, name="cite"),
    path("documents/<uuid:uuid>/<str:filename>", views.file, name="file"),
    path("pictures/<uuid:uuid>/<str:name>", views.rendition, name="rendition"),
    path(
        "preview/<str:token>/documents/<uuid:uuid>/<str:filename>", shared.file, name="shared_file"
    ),
    path(
        "preview/<str:token>/pictures/<uuid:uuid>/<str:name>",
        shared.rendition,
        name="shared_rendition",
    ),
]
#: Before the admin's own addresses, which answer everything below /admin/.
staff_urlpatterns = [
    path("admin/attachments/upload/", staff.upload, name="upload"),
    path("admin/attachments/upload/<uuid:replaced>/", staff.upload, name="replace"),
    path("admin/attachments/chosen/<uuid:uuid>/", staff.chosen, name="chosen"),
    path(
        "admin/attachments/covered/<uuid:uuid>/<int:page>.png", staff.covered_page, name="covered"
    ),
    path("admin/attachments/library.json", staff.library, name="library"),
]
urlpatterns = [*public_urlpatterns, *staff_urlpatterns]
