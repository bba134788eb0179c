"""The press office's pages of the staff panel. ``advisory`` above draws nothing here."""

from advisory.admin import bodies, documents, email_texts, meeting, subscribers

__all__ = ["bodies", "documents", "email_texts", "meeting", "subscribers"]
