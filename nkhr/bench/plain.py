"""What the framework alone costs: one query and one template, as `startproject` sets Django up."""

from __future__ import annotations

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates
from django.test import override_settings
from django.urls import path

from advocacy.news.models import Article

PATH = "/"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
_ENGINE = DjangoTemplates(
    {
        "NAME": "plain",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    }
)
_TEMPLATE = _ENGINE.from_string(
    "<!DOCTYPE html><title>{{ article.title }}</title>"
    "<h1>{{ article.title }}</h1><p>{{ article.summary }}</p>{{ article.body|safe }}"
)


def newest_article(request: HttpRequest) -> HttpResponse:
    article = Article.objects.latest("published_at")
    return HttpResponse(_TEMPLATE.render({"article": article}, request))


urlpatterns = [path("", newest_article)]


class _Request(WSGIRequest):
    urlconf = __name__  # Django asks a request for its own before it takes the site's


class _Handler(WSGIHandler):
    request_class = _Request


def handler() -> WSGIHandler:
    """Answers PATH, through none of the site's own middleware, addresses and templates."""
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        return _Handler()
