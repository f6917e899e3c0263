from django.urls import path

from . import held, views

app_name = "protection"
urlpatterns = [
    path("admin/protected/", views.index, name="index"),
    path("admin/protected/add/", views.add, name="add"),
    path("admin/protected/officers/", views.officers, name="officers"),
    path("admin/protected/<int:pk>/", views.person, name="person"),
    path("admin/protected/<int:pk>/remove/", views.remove, name="remove"),
    path("admin/protected/<int:pk>/consent/", views.consent, name="consent"),
    path("admin/protected/consents/<int:pk>/approve/", views.approve, name="approve"),
    path("admin/protected/consents/<int:pk>/end/", views.end, name="end"),
    path("admin/protected/held/<uuid:uuid>/", held.override, name="held"),
    path("admin/protected/search/", views.search, name="search"),
    path("admin/protected/alerts/<int:pk>/seen/", views.seen, name="seen"),
]
