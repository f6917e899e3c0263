"""Documents beside a record, in the admin of the slices above."""

from django.contrib import admin


class DocumentInline(admin.TabularInline):
    extra = 0
    fields = ("attachment", "title", "position")
    autocomplete_fields = ("attachment",)
