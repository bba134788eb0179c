"""Accreditation in the staff panel: what is set up here, and read-only lists of what came of it. Nothing is decided
here: a decision has one door, the desk."""

from accreditation.admin import categories, desk, gates, organizations, pools, records

__all__ = ["categories", "desk", "gates", "organizations", "pools", "records"]
