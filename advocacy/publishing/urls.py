from django.urls import path

from . import autosave, shared, staff, typed_pages

app_name = "publishing"
public_urlpatterns = [
    path("<lang:language>/preview/<str:token>/", shared.page, name="shared"),
]
#: Before the admin's own addresses, which answer everything below /admin/.
staff_urlpatterns = [
    path("admin/trash/", staff.trash, name="trash"),
    path("admin/roles/", staff.roles, name="roles"),
    path("admin/r/<int:content_type_id>/<path:object_id>/", staff.on_site, name="on_site"),
    path("admin/session.json", autosave.session, name="session"),
    path("admin/here.json", autosave.here, name="here"),
    path("admin/unsaved/<uuid:key>.json", autosave.keep, name="keep"),
    path("admin/unsaved/<uuid:key>/throw_away/", autosave.throw_away, name="throw_away"),
    path("admin/preview/<uuid:key>/<lang:language>/", typed_pages.page, name="preview"),
    path(
        "admin/preview/<uuid:key>/<lang:language>/phone/",
        typed_pages.on_phone,
        name="preview_phone",
    ),
]
urlpatterns = [*public_urlpatterns, *staff_urlpatterns]
