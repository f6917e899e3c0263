from django.urls import path

from . import views

app_name = "links"
#: Before the admin's own addresses, which answer everything below /admin/.
urlpatterns = [path("admin/links/", views.index, name="index")]
