"""What was published, when and by whom; each edition as the text it was."""

from django.http import Http404, HttpResponse

from advisory import renditions
from advisory.admin.pages import meeting_page, show


@meeting_page("advisory.view_edition")
def editions(model_admin, request, meeting):
    rows = list(meeting.editions.select_related("by"))
    visible = set(meeting.editions.visible().values_list("pk", flat=True))
    return show(
        model_admin,
        request,
        "editions",
        title="Editions",
        meeting=meeting,
        editions=[(row, row.pk in visible) for row in rows],
        address=model_admin.get_view_on_site_url(meeting),
    )


@meeting_page("advisory.view_edition")
def edition(model_admin, request, meeting, sequence):
    """One edition in plain text, in the meeting's original language."""
    row = meeting.editions.filter(sequence=sequence).first()
    if row is None:
        raise Http404
    people = {str(person.id): person.content for person in row.people.filter(blanked_at__isnull=True)}
    body = renditions.render(row, people, meeting.original_language, "txt", at=row.published_at)
    return HttpResponse(body, content_type=renditions.FORMATS["txt"].media_type)
