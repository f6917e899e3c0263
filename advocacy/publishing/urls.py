from django.urls import path

from . import staff

app_name = "publishing"
#: Before the admin's own addresses, which answer everything below /admin/.
urlpatterns = [
    path("admin/trash/", staff.trash, name="trash"),
    path("admin/roles/", staff.roles, name="roles"),
    path("admin/r/<int:content_type_id>/<path:object_id>/", staff.on_site, name="on_site"),
]
