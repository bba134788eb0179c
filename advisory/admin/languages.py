"""The translation grid: how far each language has come, and source and translation side by side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from advisory import approval, publishing, translating, word_changes
from advisory.admin.pages import meeting_page, refusal, show
from advisory.admin.places import PARTS
from advisory.admin.publishing import told_of
from advisory.freezing import PART_TEXTS
from advisory.models import LanguageVersion, Meeting, Translation
from advisory.models.languages import digest
from advisory.renditions.dates import language_name
from advisory.words import MeetingStatus
from office import permissions

GROUPS = [
    (_("What is announced"), ["title", "theme", "summary"]),
    (_("Where"), ["room", "building", "address", "city", "country", "entrance", "step_free", "overflow_room"]),
    *[(PARTS[relation], relation) for relation in PARTS],
    (_("Background"), ["background", "arrangements"]),
    (_("After the meeting"), ["outcome"]),
    (_("Small print"), ["boilerplate"]),
]
RIGHT_TO_LEFT = {"ar", "fa"}
LONG = 90  # letters, from which on a text gets more than one line


def direction(language):
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def all_languages(model_admin, request):
    """Meetings to come, soonest first, each with its languages."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied(gettext("Your roles do not let you see advisories."))
    today = timezone.localdate()
    coming = (
        model_admin.get_queryset(request)
        .exclude(status=MeetingStatus.CANCELLED)
        .filter(Q(first_date__isnull=True) | Q(sittings__date__gte=today) | Q(sittings__end_date__gte=today))
        .order_by("first_date", "pk")
        .distinct()
        .prefetch_related(*translating.PARTS)
    )
    page = Paginator(coming, 25).get_page(request.GET.get("p"))
    meetings = list(page.object_list)
    found = translating.progress(meetings)
    columns = translating.all_languages()
    rows = [(meeting, [found[meeting.pk].get(code) for code, _ in columns]) for meeting in meetings]
    return show(
        model_admin, request, "all_languages", title=gettext("Languages"), columns=columns, rows=rows, page=page
    )


@meeting_page("advisory.view_translation")
def languages(model_admin, request, meeting):
    found = translating.progress([meeting])[meeting.pk]
    rows = [(name, found[code]) for code, name in translating.other_languages(meeting)]
    may_change = permissions.may(request.user, "advisory.change_translation", meeting)
    title = gettext("Languages")
    return show(model_admin, request, "languages", title=title, meeting=meeting, rows=rows, may_change=may_change)


@meeting_page("advisory.view_translation")
def language(model_admin, request, meeting, language):
    """Side by side. Saves as a draft, as reviewed, or publishes, as far as the officer may."""
    name = dict(translating.other_languages(meeting)).get(language)
    if name is None:
        raise Http404
    may_change = permissions.may(request.user, "advisory.change_translation", meeting)
    may_publish = may_change and permissions.may(request.user, "advisory.publish_meeting", meeting)
    conflicts, typed = {}, []
    if request.method == "POST":
        wants_publishing = "_publish" in request.POST
        if not may_change or (wants_publishing and not may_publish):
            raise refusal(meeting)
        typed = typed_texts(request.POST)
        try:
            answers_for_all = "_review" in request.POST or wants_publishing
            count = translating.save(meeting, language, typed, by=request.user, as_seen=answers_for_all)
        except translating.Conflicts as found:
            conflicts = found.found
        else:
            act(model_admin, request, meeting, language, name, count)
            return redirect("admin:advisory_meeting_language", meeting.pk, language)
    groups = grouped(meeting, language, conflicts, {text.path: text for text in typed})
    return show(
        model_admin,
        request,
        "language",
        title=gettext("%(language)s: translation") % {"language": name},
        meeting=meeting,
        groups=groups,
        gone=[conflict for path, conflict in conflicts.items() if conflict.is_without_source],
        conflicts=conflicts,
        progress=translating.progress([meeting])[meeting.pk][language],
        language={"code": language, "name": name, "dir": direction(language)},
        source={"code": meeting.original_language, "dir": direction(meeting.original_language)},
        may_change=may_change,
        may_publish=may_publish,
        was_published=meeting.editions.exists(),
    )


def typed_texts(data):
    names = [name.removeprefix("text-") for name in data if name.startswith("text-")]
    return [
        translating.Typed(
            path=path,
            text=data[f"text-{path}"].replace("\r\n", "\n").replace("\0", "").strip(),  # no database takes a NUL
            seen=data.get(f"seen-{path}", ""),
            source_seen=data.get(f"source-{path}", ""),
            is_still_right=f"right-{path}" in data,
        )
        for path in names
    ]


def act(model_admin, request, meeting, language, name, count):
    """After saving: say so, and review or publish where that button was pressed."""
    if count:
        version = LanguageVersion.objects.get(meeting=meeting, language=language)
        model_admin.log_change(request, version, f"Saved {count} text{'s' * (count != 1)}.")
    said = words_of(count)
    if "_review" not in request.POST and "_publish" not in request.POST:
        messages.success(request, f"{said} {gettext('Nothing of it is public.')}")
        return
    if not translating.mark_reviewed(meeting, language):
        why = gettext("There is nothing to mark as reviewed: no text fits the present original.")
        messages.error(request, f"{said} {why}")
        return
    if "_publish" not in request.POST:
        done = gettext("%(language)s is reviewed and goes with the next edition.") % {"language": name}
        messages.success(request, f"{said} {done}")
        return
    if translating.is_published(meeting, language):
        why = gettext("These texts are published already: nothing was published again.")
        messages.warning(request, f"{said} {why}")
        return
    try:
        edition = approval.publish_translation(meeting, language, by=request.user)
    except publishing.PublishRefused as refused:
        messages.error(request, " ".join([said, *refused.messages]))
        return
    with translation.override(None):  # kept in English
        model_admin.log_change(request, meeting, f"Published edition {edition.number}: {language_name(language)}.")
    messages.success(request, told_of(edition))


def words_of(count):
    """How many texts were saved, as a sentence."""
    if not count:
        return gettext("No text was changed.")
    return ngettext("Saved: %(count)s text changed.", "Saved: %(count)s texts changed.", count) % {"count": count}


def grouped(meeting, language, conflicts, typed):
    """[(heading, [entry]), …] in reading order. What was typed stands in place of what is saved."""
    source = translating.sources(meeting)
    saved = {row.path: row for row in Translation.objects.filter(meeting=meeting, language=language)}
    return [
        (heading, [entry(path, label, source[path], saved.get(path), conflicts, typed) for path, label in group])
        for heading, group in labels_of(meeting, source)
        if group
    ]


def labels_of(meeting, source):
    """[(heading, [(path, label), …]), …] of the paths that hold a text."""
    groups = []
    for heading, names in GROUPS:
        if isinstance(names, list):
            group = [(name, _words(Meeting, name)) for name in names if name in source]
        else:
            group = list(_of_parts(meeting, names, source))
        groups.append((heading, group))
    said = [path for path in source if path.startswith("notices.")]
    label = gettext("Sentence in the notice of edition %(number)s")
    return [*groups, (gettext("Notices"), [(path, label % {"number": path.split(".")[1]}) for path in said])]


def _of_parts(meeting, relation, source):
    model = Meeting._meta.get_field(relation).related_model
    name = str(model._meta.verbose_name)
    label = gettext("%(part)s %(number)s: %(field)s")
    for number, row in enumerate(getattr(meeting, relation).all(), start=1):
        for field in PART_TEXTS[relation]:
            path = f"{relation}.{row.pk}.{field}"
            if path in source:
                words = {"part": f"{name[:1].upper()}{name[1:]}", "number": number}
                yield path, label % (words | {"field": _words(model, field, capital=False)})


def _words(model, name, *, capital=True):
    words = str(model._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:] if capital else words


def entry(path, label, source, row, conflicts, typed):
    """What one line of the page shows."""
    saved = row.text if row else ""
    outdated = row is not None and not row.is_of(source)
    shown = typed[path].text if path in typed else saved
    return {
        "path": path,
        "label": label,
        "source": source,
        "source_digest": digest(source),
        "text": shown,
        "seen": digest(saved),
        "rows": 1 + max(len(source), len(shown)) // LONG + max(source.count("\n"), shown.count("\n")),
        "is_outdated": outdated,
        "difference": word_changes.pieces(row.source, source) if outdated else [],
        "is_ticked": path in typed and typed[path].is_still_right,
        "conflict": conflicts.get(path),
    }
