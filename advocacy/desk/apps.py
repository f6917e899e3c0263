from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "advocacy.desk"
    label = "desk"
    verbose_name = _("Desk")
    default = True


class DeskAdminConfig(admin.AdminConfig):
    """Django's admin, whose front page is the desk."""

    default_site = "advocacy.desk.site.DeskSite"
    default = False
