from django.urls import path

from . import views
from .resources import RESOURCES

app_name = "api"
urlpatterns = [
    path("api/", views.door, name="door"),
    path("api/v1/", views.door, name="v1"),
    path("<lang:language>/api/", views.about, name="about"),
    path("api/v1/openapi.json", views.description, name="openapi"),
    *(
        path(f"api/v1/{one.name}", views.collection, {"resource": one}, name=one.name)
        for one in RESOURCES
    ),
    *(
        path(f"api/v1/{one.name}/<uuid:identifier>", views.item, {"resource": one})
        for one in RESOURCES
        if one.has_items
    ),
]
