"""The staff panel is the Django admin under our own site: sign-in at /accounts/login/, answered from grants."""

from django.contrib.admin.apps import AdminConfig


class PanelConfig(AdminConfig):
    default_site = "office.panel.Panel"
