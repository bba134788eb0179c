"""The advisory's own words: states, kinds, roles. Imports nothing of ours; models, forms and renditions ask here."""

from django.db.models import TextChoices


class MeetingStatus(TextChoices):
    DRAFT = "draft", "Draft"
    CONFIRMED = "confirmed", "Going ahead"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"


class AdvisoryForm(TextChoices):
    MEDIA_ADVISORY = "media_advisory", "Media advisory"
    NOTE_TO_CORRESPONDENTS = "note_to_correspondents", "Note to correspondents"
    INFORMATION_FOR_MEDIA = "information_for_media", "Information for accredited media"
    INVITATION = "invitation", "Invitation to the press"


class MeetingKind(TextChoices):
    PLENARY = "plenary", "Plenary meeting"
    HIGH_LEVEL = "high_level", "High-level meeting"
    DIALOGUE = "dialogue", "Interactive dialogue"
    COMMITTEE = "committee", "Committee or board session"
    CONFERENCE = "conference", "Conference"
    SUMMIT = "summit", "Summit"
    BRIEFING = "briefing", "Briefing"
    PRESS_CONFERENCE = "press_conference", "Press conference"
    LAUNCH = "launch", "Launch of a report"
    ROUND_TABLE = "round_table", "Round table"
    SIDE_EVENT = "side_event", "Side event"
    CEREMONY = "ceremony", "Ceremony"
    VISIT = "visit", "Visit"
    OTHER = "other", "Meeting"


class Attendance(TextChoices):
    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    HYBRID = "hybrid", "In person and online"


class Precision(TextChoices):
    EXACT = "exact", "exact"
    ABOUT = "about", "about"
    FOLLOWING = "following", "following the item above"
    TO_BE_CONFIRMED = "to_be_confirmed", "to be confirmed"


class PressAccess(TextChoices):
    OPEN = "open", "Open to the press"
    POOL = "pool", "Press pool only"
    PHOTO = "photo", "Photo opportunity only"
    CLOSED = "closed", "Closed to the press"


class SpeakerKind(TextChoices):
    PERSON = "person", "A person"
    OFFICE = "office", "An office"
    GROUP = "group", "A group"


class SpeakerRole(TextChoices):
    SPEAKER = "speaker", "Speaker"
    CHAIR = "chair", "Chair"
    MODERATOR = "moderator", "Moderator"
    PANELLIST = "panellist", "Panellist"
    PARTICIPANT = "participant", "Participant"


class Attending(TextChoices):
    CONFIRMED = "confirmed", "confirmed"
    TO_BE_CONFIRMED = "to_be_confirmed", "to be confirmed"
    BY_VIDEO = "by_video", "by video link"


class ContactRole(TextChoices):
    MEDIA = "media", "Media inquiries"
    SUBSTANCE = "substance", "On the subject"
    ACCREDITATION = "accreditation", "Accreditation"
    TECHNICAL = "technical", "Broadcast and technical"
    ACCESSIBILITY = "accessibility", "Accessibility"


class DocumentRole(TextChoices):
    MAIN = "main", "Considered at the meeting"
    BACKGROUND = "background", "Background"
    STATEMENT = "statement", "Statement made at the meeting"
    OUTCOME = "outcome", "Outcome of the meeting"


class WebcastKind(TextChoices):
    LIVE = "live", "Live"
    RECORDING = "recording", "Recording"


class StakeoutKind(TextChoices):
    PRESS_CONFERENCE = "press_conference", "Press conference"
    STAKEOUT = "stakeout", "Media stakeout"
    PHOTO_OPPORTUNITY = "photo_opportunity", "Photo opportunity"


class NoticeCategory(TextChoices):
    """Whom an access notice concerns."""

    PRESS = "press", "Press"
    CIVIL_SOCIETY = "civil_society", "Civil society"
    DELEGATION_MEDIA = "delegation_media", "Delegation media"
    PUBLIC = "public", "Public"


class EditionKind(TextChoices):
    FIRST = "first", "First issue"
    UPDATE = "update", "Update"
    CORRECTION = "correction", "Correction"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"
    REMINDER = "reminder", "Reminder"
    TYPO = "typo", "Typing error mended"
    TRANSLATION = "translation", "Translation"


class LanguageState(TextChoices):
    """How far one language of an advisory has come; what is outdated shows by itself, from the source's digest."""

    DRAFT = "draft", "Draft"
    REVIEWED = "reviewed", "Reviewed"
    PUBLISHED = "published", "Published"
