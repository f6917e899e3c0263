from advocacy.publishing.sitemaps import PublicationSitemap

from .models import Article


class ArticleSitemap(PublicationSitemap):
    model = Article
