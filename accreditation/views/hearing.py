"""What is held against somebody before a badge is lost, on their own pages, and their answer."""

from django.utils.translation import get_language

from accreditation import grounds
from accreditation.desk import notice
from accreditation.forms.desk.second import AnswerForm
from accreditation.views.status import about, opened, show, to_page
from accreditation.workflow import TransitionRefused


@opened
def answer(request, registration):
    """The words of the desk, what was answered so far, and a form; no mail ever holds them."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            notice.answer(registration, form.cleaned_data["words"])
            return to_page("sent")
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
    given = notice.last(registration)
    if given is None and not form.is_bound:
        return to_page()
    context = {
        "form": form,
        "about": about(registration),
        "given": given,
        "ground": grounds.told(given.code, get_language()) if given else "",
        "answers": notice.answers(registration, given.at) if given else [],
    }
    return show(request, registration, "notice.html", context, status=422 if form.errors else 200)
