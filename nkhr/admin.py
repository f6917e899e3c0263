"""What the staff desk is called; its look is in templates/admin and static/admin-theme.css."""

import taggit.admin  # noqa: F401  registers its tags, which the next lines take back
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

admin.site.unregister(Tag)  # articles have tags of their own, named in both languages
admin.site.site_header = _("NKHR Staff desk")
admin.site.site_title = _("NKHR Staff desk")
admin.site.index_title = _("Desk")
admin.site.enable_nav_sidebar = False  # the bar at the top leads everywhere
