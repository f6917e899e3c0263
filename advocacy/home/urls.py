from django.urls import path

from . import views

app_name = "home"
urlpatterns = [
    path("", views.choose_language, name="choose-language"),
    path("<lang:language>/", views.index, name="index"),
]
