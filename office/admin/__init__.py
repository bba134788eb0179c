"""The staff panel's pages of the office, and the base that all rooms build theirs on."""

from office.admin import mail, officers
from office.admin.base import ByGrant, OfficeAdmin, OfficeInline

__all__ = ["ByGrant", "OfficeAdmin", "OfficeInline", "mail", "officers"]
