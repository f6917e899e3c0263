from django.urls import path

from . import views

app_name = "meetings"
urlpatterns = [
    path("<lang:language>/meetings/", views.index, name="index"),
    path("<lang:language>/meetings/<uslug:slug>/", views.detail, name="detail"),
    path("<lang:language>/meetings/<uslug:slug>/cite.<citation:ending>", views.cite, name="cite"),
]
