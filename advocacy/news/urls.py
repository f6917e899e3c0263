from django.urls import path

from . import views

app_name = "news"
urlpatterns = [
    path("<lang:language>/news/", views.index, name="index"),
    path("<lang:language>/news/<int:year>/<uslug:slug>/", views.detail, name="detail"),
    path(
        "<lang:language>/news/<int:year>/<uslug:slug>/cite.<citation:ending>",
        views.cite,
        name="cite",
    ),
    path("<lang:language>/tags/", views.tags, name="tags"),
    path("<lang:language>/tags/<uslug:slug>/", views.tag, name="tag"),
]
