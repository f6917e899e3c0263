from advocacy.publishing.sitemaps import PublicationSitemap

from .models import MeetingText


class MeetingTextSitemap(PublicationSitemap):
    model = MeetingText
    group = "fact_id"
