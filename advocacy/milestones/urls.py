from django.urls import path

from . import views

app_name = "milestones"
urlpatterns = [
    path("<lang:language>/milestones/", views.index, name="index"),
    path("<lang:language>/milestones/<uslug:slug>/", views.detail, name="detail"),
    path("<lang:language>/milestones/<uslug:slug>/cite.<citation:ending>", views.cite, name="cite"),
]
