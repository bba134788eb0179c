"""The press office's pages of the staff panel. ``advisory`` above draws nothing here."""

from advisory.admin import bodies, documents, meeting, subscribers

__all__ = ["bodies", "documents", "meeting", "subscribers"]
