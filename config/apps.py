"""The staff panel is the Django admin under our own site: sign-in at /accounts/login/, answered from grants."""

from django.contrib.admin.apps import AdminConfig
from django.utils.translation import trans_real


class PanelConfig(AdminConfig):
    default_site = "office.panel.Panel"

    def ready(self):
        super().ready()
        give_chinese_its_own_words()


def give_chinese_its_own_words():
    """Libraries keep their Chinese under zh_Hans, and Django looks under zh alone: what we do not say, they say."""
    trans_real.translation("zh")._fallback = trans_real.translation("zh-hans")
