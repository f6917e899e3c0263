from django.urls import path

from . import views

app_name = "casework"
urlpatterns = [
    path("admin/protected/withdrawals/", views.index, name="index"),
    path("admin/protected/withdrawals/add/", views.take_out, name="take_out"),
    path("admin/protected/<int:pk>/take-out/", views.take_out, name="take_out_person"),
    path("admin/protected/withdrawals/<int:pk>/", views.withdrawal, name="withdrawal"),
    path("admin/protected/withdrawals/<int:pk>/drop/", views.drop, name="drop"),
]
