from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("<lang:language>/search/", views.index, name="index"),
    path("<lang:language>/search/suggest/", views.suggest, name="suggest"),
]
