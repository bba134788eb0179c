"""How a meeting's badges are printed: the card, the paper, and where each part stands."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accreditation import badge_layouts
from advisory.models import Meeting
from office.privacy import declare


class BadgeLayout(models.Model):
    """The row without a meeting is the house's own; a meeting without a row prints as that one says (``layout_of``)."""

    cloned_with_meeting = True

    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="badge_layout"
    )
    preset = models.CharField(
        _("card"),
        max_length=10,
        choices=[(code, card.name) for code, card in badge_layouts.PRESETS.items()],
        default="a6",
    )
    paper = models.CharField(
        _("paper"), max_length=10, choices=list(badge_layouts.PAPERS.items()), default=badge_layouts.ALONE
    )
    has_back = models.BooleanField(_("prints the back"), default=True)
    note = models.TextField(
        _("words of the house"), max_length=600, blank=True, help_text=_("On the back: what to do, whom to call.")
    )
    translations = models.JSONField(
        default=dict, blank=True, help_text="{language: words of the house}, beside those of ``note``."
    )
    design = models.JSONField(default=dict, blank=True, help_text="As ``badge_layouts`` says; empty: the preset's own.")

    class Meta:
        verbose_name = _("badge layout")
        verbose_name_plural = _("badge layouts")
        constraints = [
            models.UniqueConstraint(Coalesce("meeting", Value(0)), name="one_badge_layout_of_the_house"),
            models.CheckConstraint(condition=Q(preset__in=list(badge_layouts.PRESETS)), name="badge_preset_known"),
            models.CheckConstraint(condition=Q(paper__in=list(badge_layouts.PAPERS)), name="badge_paper_known"),
        ]

    def __str__(self):
        return str(self.meeting or "")

    @property
    def sides(self):
        """{"front" | "back": {part: place}} to print."""
        design = self.design or badge_layouts.PRESETS[self.preset].design
        return {side: design[side] for side in badge_layouts.SIDES if side in design and self._prints(side)}

    def note_in(self, language):
        """The words of the house in a language, or as they were first written."""
        return self.translations.get(language) or self.note

    @property
    def note_language(self):
        """In which ``note`` is written."""
        return self.meeting.original_language if self.meeting else settings.LANGUAGE_CODE

    def _prints(self, side):
        return self.has_back or side == badge_layouts.FRONT

    def clean(self):
        if self.design and self.preset in badge_layouts.PRESETS:
            try:
                badge_layouts.check(self.design, self.preset)
            except ValidationError as error:
                raise ValidationError({"design": error.messages}) from error

    privacy = declare(plain="meeting preset paper has_back note translations design")
