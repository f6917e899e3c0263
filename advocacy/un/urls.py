from django.urls import path

from advocacy.forms import answering

from .fields import SymbolFormField

app_name = "un"
#: Before the admin's own addresses, which answer everything below /admin/.
urlpatterns = [
    path("admin/understood/symbol", answering(SymbolFormField), name="understood"),
]
