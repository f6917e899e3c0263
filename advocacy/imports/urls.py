from django.urls import path

from . import views
from .copied import views as copied

app_name = "imports"
#: Before the admin's own addresses, which answer everything below /admin/.
urlpatterns = [
    path("admin/import/", views.index, name="index"),
    path("admin/import/copied/", copied.copied, name="copied"),
    path("admin/import/<uuid:uuid>/", views.run, name="run"),
    path("admin/import/<uuid:uuid>/report/", views.report, name="report"),
    path("admin/import/held/<uuid:uuid>/", views.held, name="held"),
    path("admin/import/text/<uuid:uuid>/", views.text, name="text"),
]
