from django.urls import path, register_converter

from . import feeds


class FormConverter:
    """The two forms of a feed, by the ending of its address."""

    regex = "atom|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormConverter, "feedform")

app_name = "feeds"
urlpatterns = [
    path("feeds/all.<feedform:form>", feeds.everything, name="all"),
    path("<lang:language>/news/feed.<feedform:form>", feeds.of_language, name="news"),
    path("<lang:language>/tags/<uslug:slug>/feed.<feedform:form>", feeds.of_tag, name="tag"),
]
