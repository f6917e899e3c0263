"""What the staff desk is called; its look is in templates/admin and static/admin-theme.css."""

# These register models at the desk, which the next lines take back.
import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401
import taggit.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

admin.site.unregister(Tag)  # articles have tags of their own, named in both languages
admin.site.unregister(Group)  # what people may do is said by their role (accounts.roles)
admin.site.unregister([EmailAddress, Authenticator])  # theirs alone (accounts.views)
admin.site.site_header = _("NKHR Staff desk")
admin.site.site_title = _("NKHR Staff desk")
admin.site.index_title = _("Desk")
admin.site.enable_nav_sidebar = False  # the bar at the top leads everywhere
