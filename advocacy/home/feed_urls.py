from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import feeds


class FormConverter(StringConverter):
    """The two forms of a feed, by the ending of its address."""

    regex = "atom|json"


register_converter(FormConverter, "feedform")

app_name = "feeds"
urlpatterns = [
    path("feeds/all.<feedform:form>", feeds.everything, name="all"),
    path("<lang:language>/news/feed.<feedform:form>", feeds.of_language, name="news"),
    path("<lang:language>/tags/<uslug:slug>/feed.<feedform:form>", feeds.of_tag, name="tag"),
]
