from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "advocacy.backup"
    label = "backup"
