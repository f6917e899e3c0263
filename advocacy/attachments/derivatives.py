"""What is made of a file when it comes in: the words of its pages, and pictures in other sizes."""

from __future__ import annotations

from django.db import models


class PageText(models.Model):
    """The words on one page of a PDF, counted from 1."""

    attachment = models.ForeignKey("Attachment", models.CASCADE, related_name="page_texts")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    # What the page shows, where the document has replaced words that say something else.
    drawn = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["attachment", "number"], name="attachments_pagetext_once_a_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attachment}, {self.number}"


class Rendition(models.Model):
    """A picture redrawn in one format and width; of a PDF, its first page."""

    class Format(models.TextChoices):
        AVIF = "avif", "AVIF"
        WEBP = "webp", "WebP"
        JPEG = "jpeg", "JPEG"

    attachment = models.ForeignKey("Attachment", models.CASCADE, related_name="renditions")
    format = models.CharField(max_length=4, choices=Format)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    key = models.CharField(max_length=200)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["format", "width"]
        constraints = [
            models.UniqueConstraint(
                fields=["attachment", "format", "width"], name="attachments_rendition_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attachment} {self.format} {self.width}"
