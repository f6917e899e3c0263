from django.urls import path

from . import views

app_name = "pages"
urlpatterns = [  # comes last on the site: every word after the language might be a page
    path("<lang:language>/<uslug:slug>/", views.detail, name="detail"),
]
