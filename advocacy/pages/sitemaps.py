from advocacy.publishing.sitemaps import PublicationSitemap

from .models import StandingPage


class StandingPageSitemap(PublicationSitemap):
    model = StandingPage
