"""“Send me my links”: one e-mail to the address that was typed, whatever it has. The mailbox alone learns what."""

from django.db import transaction

from accreditation import emails, identifying, intake
from accreditation.models import Category, Registration
from advisory import emails as announcements

MOST = 50


@transaction.atomic
def send(email, *, language):
    """Queue the mail. Known or not, and of however many meetings: the same statements.

    Looked up by the keyed digests, one a meeting, so that somebody under protection, whose column of addresses holds
    another, finds the own application too. An address without any is written to all the same: whoever typed it learns
    nothing, and somebody who mistook the address learns that.
    """
    email = identifying.tidy(email)
    meetings = Category.objects.order_by().values_list("meeting_id", flat=True).distinct()
    keys = [identifying.email_key(meeting, email) for meeting in meetings]
    rows = Registration.objects.select_related("category", "meeting").filter(email_key__in=[*keys, "none"])
    found = [row for row in rows.order_by("-created_at")[:MOST] if intake.is_kept(row)]
    titles = announcements.titles_of([row.meeting_id for row in found] or [0], language)
    codes = {row.meeting_id: row.meeting.code for row in found}
    to = next((row.email for row in found if row.is_protected), email)  # or the outbox would join address and alias
    return emails.queue_links(to, language, found, codes | titles)
