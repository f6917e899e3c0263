from django.urls import path

from . import views

app_name = "reach"
#: Before the admin's own addresses, which answer everything below /admin/.
urlpatterns = [path("admin/reach/", views.monthly, name="monthly")]
