from django.urls import path

from advocacy.forms import answering

from .forms import EDTFFormField

app_name = "dates"
#: Before the admin's own addresses, which answer everything below /admin/.
urlpatterns = [
    path("admin/understood/date", answering(EDTFFormField), name="understood"),
]
