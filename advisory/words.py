"""The advisory's own words: states, kinds, roles. Imports nothing of ours; models, forms and renditions ask here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    CONFIRMED = "confirmed", _("Going ahead")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class AdvisoryForm(TextChoices):
    MEDIA_ADVISORY = "media_advisory", _("Media advisory")
    NOTE_TO_CORRESPONDENTS = "note_to_correspondents", _("Note to correspondents")
    INFORMATION_FOR_MEDIA = "information_for_media", _("Information for accredited media")
    INVITATION = "invitation", _("Invitation to the press")


class MeetingKind(TextChoices):
    PLENARY = "plenary", _("Plenary meeting")
    HIGH_LEVEL = "high_level", _("High-level meeting")
    DIALOGUE = "dialogue", _("Interactive dialogue")
    COMMITTEE = "committee", _("Committee or board session")
    CONFERENCE = "conference", _("Conference")
    SUMMIT = "summit", _("Summit")
    BRIEFING = "briefing", _("Briefing")
    PRESS_CONFERENCE = "press_conference", _("Press conference")
    LAUNCH = "launch", _("Launch of a report")
    ROUND_TABLE = "round_table", _("Round table")
    SIDE_EVENT = "side_event", _("Side event")
    CEREMONY = "ceremony", _("Ceremony")
    VISIT = "visit", _("Visit")
    OTHER = "other", _("Meeting")


class Attendance(TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class Precision(TextChoices):
    EXACT = "exact", _("exact")
    ABOUT = "about", _("about")
    FOLLOWING = "following", _("following the item above")
    TO_BE_CONFIRMED = "to_be_confirmed", _("to be confirmed")


class PressAccess(TextChoices):
    OPEN = "open", _("Open to the press")
    POOL = "pool", _("Press pool only")
    PHOTO = "photo", _("Photo opportunity only")
    CLOSED = "closed", _("Closed to the press")


class SpeakerKind(TextChoices):
    PERSON = "person", _("A person")
    OFFICE = "office", _("An office")
    GROUP = "group", _("A group")


class SpeakerRole(TextChoices):
    SPEAKER = "speaker", _("Speaker")
    CHAIR = "chair", _("Chair")
    MODERATOR = "moderator", _("Moderator")
    PANELLIST = "panellist", _("Panellist")
    PARTICIPANT = "participant", _("Participant")


class Attending(TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    TO_BE_CONFIRMED = "to_be_confirmed", _("to be confirmed")
    BY_VIDEO = "by_video", _("by video link")


class ContactRole(TextChoices):
    MEDIA = "media", _("Media inquiries")
    SUBSTANCE = "substance", _("On the subject")
    ACCREDITATION = "accreditation", _("Accreditation")
    TECHNICAL = "technical", _("Broadcast and technical")
    ACCESSIBILITY = "accessibility", _("Accessibility")


class DocumentRole(TextChoices):
    MAIN = "main", _("Considered at the meeting")
    BACKGROUND = "background", pgettext_lazy("document", "Background")
    STATEMENT = "statement", _("Statement made at the meeting")
    OUTCOME = "outcome", _("Outcome of the meeting")


class WebcastKind(TextChoices):
    LIVE = "live", _("Live")
    RECORDING = "recording", _("Recording")


class StakeoutKind(TextChoices):
    PRESS_CONFERENCE = "press_conference", _("Press conference")
    STAKEOUT = "stakeout", _("Media stakeout")
    PHOTO_OPPORTUNITY = "photo_opportunity", _("Photo opportunity")


class NoticeCategory(TextChoices):
    """Whom an access notice concerns."""

    PRESS = "press", _("Press")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    DELEGATION_MEDIA = "delegation_media", _("Delegation media")
    PUBLIC = "public", _("Public")


class EditionKind(TextChoices):
    FIRST = "first", _("First issue")
    UPDATE = "update", _("Update")
    CORRECTION = "correction", _("Correction")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    REMINDER = "reminder", _("Reminder")
    TYPO = "typo", _("Typing error mended")
    TRANSLATION = "translation", _("Translation")


class LanguageState(TextChoices):
    """How far one language of an advisory has come; what is outdated shows by itself, from the source's digest."""

    DRAFT = "draft", pgettext_lazy("translation", "Draft")
    REVIEWED = "reviewed", pgettext_lazy("translation", "Reviewed")
    PUBLISHED = "published", pgettext_lazy("translation", "Published")
