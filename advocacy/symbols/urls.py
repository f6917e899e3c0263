from django.urls import path

from . import views

app_name = "symbols"
urlpatterns = [
    path("un/", views.choose_language, name="choose-language"),
    path("un/<path:asked>/", views.choose_language),
    path("<lang:language>/un/", views.index, name="index"),
    # As advocacy.un writes it: Symbol.page().
    path("<lang:language>/un/<path:asked>/", views.detail, name="detail"),
]
