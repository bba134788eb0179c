"""What was published, when and by whom, and whether it is still what was published; each edition as the text it was."""

from django.db.models.functions import Now
from django.http import Http404, HttpResponse
from django.utils.translation import gettext

from advisory import renditions, verification
from advisory.admin.instants import told
from advisory.admin.pages import meeting_page, show
from advisory.admin.publishing import zone_of
from office import chain


@meeting_page("advisory.view_edition")
def editions(model_admin, request, meeting):
    rows = list(meeting.editions.select_related("by", "approved_by"))
    word, sentence = chain.verdict(list(verification.rows(meeting))) if rows else ("", "")
    return show(
        model_admin,
        request,
        "editions",
        title=gettext("Editions"),
        meeting=meeting,
        editions=listed(meeting, rows),
        verdict=word,
        verdict_sentence=sentence,
        address=model_admin.get_view_on_site_url(meeting),
    )


def listed(meeting, rows):
    """Each row of the chain, newest first, with what the public sees of it and what its notice says."""
    zone = zone_of(meeting)
    waiting = set(
        meeting.editions.filter(superseded_at__isnull=True, visible_from__gt=Now()).values_list("pk", flat=True)
    )
    made = {row.published_at for row in rows}
    current = next((row.pk for row in rows if not row.superseded_at and row.pk not in waiting), None)
    return [
        {
            "edition": row,
            "at": told(row.published_at, zone),
            "state": state(row, waiting, current, made),
            "from": told(row.visible_from, zone),
            "words": row.texts[original].get(f"notices.{row.number}.words", ""),
            "lines": next((n["lines"].get(original, []) for n in row.facts.get("notices", []) if is_own(n, row)), []),
        }
        for row in rows
        for original in [row.facts["original_language"]]
    ]


def is_own(notice, edition):
    return notice["number"] == edition.number


def state(edition, waiting, current, made):
    """``made`` holds the instants at which editions were made: what another replaced was superseded at one of them."""
    if edition.superseded_at:
        return "superseded" if edition.superseded_at in made else "withdrawn"
    if edition.pk in waiting:
        return "waiting"
    return "public" if edition.pk == current else "earlier"


@meeting_page("advisory.view_edition")
def edition(model_admin, request, meeting, sequence):
    """One edition in plain text, in its original language."""
    row = meeting.editions.filter(sequence=sequence).first()
    if row is None:
        raise Http404
    people = {str(person.id): person.content for person in row.people.filter(blanked_at__isnull=True)}
    body = renditions.render(row, people, row.facts["original_language"], "txt", at=row.published_at)
    return HttpResponse(body, content_type=renditions.FORMATS["txt"].media_type)
