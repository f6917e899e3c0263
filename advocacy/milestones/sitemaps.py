from advocacy.publishing.sitemaps import PublicationSitemap

from .models import MilestoneText


class MilestoneTextSitemap(PublicationSitemap):
    model = MilestoneText
    group = "fact_id"
