"""Pledge texts: library, detail, form with preview, publication, copies."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from agencies.choices import RoleName
from agencies.models import Agency
from netralitas.lib.access import require
from netralitas.lib.forms import carried_out

from .. import rules
from ..choices import TextState
from ..forms.texts import PatternForm, TextFilterForm, TextForm
from ..models import Ceremony, PledgeText
from ..services import texts
from .text_pages import government_around, preview_context, visible_text

SHOWN_USES = 6
NO_COPY = "Hanya pola yang disusun menjadi naskah dengan cara ini."


def text_list(request):
    """The library: the national texts and those of the user's governments."""
    form = TextFilterForm(request.GET)
    found = form.narrowed(PledgeText.objects.visible_to(request.user))
    ceremonies = Ceremony.objects.visible_to(request.user)
    context = {
        "texts": found.select_related("government", "election").with_use(ceremonies),
        "form": form,
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "may_prepare": rules.may_prepare(request.user.rights),
    }
    return render(request, "texts/list.html", context)


def text_detail(request, uuid):
    """One text as people will read it, with where it is used and what may be done to it."""
    text = visible_text(request, uuid)
    rights = request.user.rights
    own = text.government is not None and rules.may_manage(rights, text.government)
    ceremonies = Ceremony.objects.visible_to(request.user).filter(text=text)
    uses = ceremonies.count()
    context = {
        "text": text,
        **preview_context(text, government_around(request, text)),
        "ceremonies": ceremonies.select_related("organizer")[:SHOWN_USES],
        "uses": uses,
        "more_uses": max(0, uses - SHOWN_USES),
        "may_change": own and text.state == TextState.DRAFT,
        "may_copy": rules.may_prepare(rights) and (own or text.government is None),
        "versions": _other_versions(text),
    }
    return render(request, "texts/detail.html", context)


def text_create(request):
    """A new draft."""
    return _edit(request, _new_text(request), "Naskah baru")


def text_edit(request, uuid):
    """Change a draft; a published text answers 409."""
    return _edit(request, _own_text(request, uuid), "Ubah naskah")


@require_POST
def text_new_preview(request):
    """What a new draft would look like as it is typed; nothing is stored."""
    return _preview(request, _new_text(request), "Naskah baru")


@require_POST
def text_preview(request, uuid):
    """What a draft would look like with what is typed; nothing is stored."""
    return _preview(request, _own_text(request, uuid), "Ubah naskah")


@require_POST
def text_publish(request, uuid):
    """Make a draft immutable."""
    text = _own_text(request, uuid)
    texts.publish(actor=request.user, text=text, read=request.POST.get("read", ""))
    messages.success(request, "Naskah diterbitkan dan tidak dapat diubah lagi.")
    return redirect("text-detail", uuid=text.uuid)


@require_POST
def text_new_version(request, uuid):
    """Copy a text into a draft of the HR officer's government."""
    text = visible_text(request, uuid)
    government = text.government or _own_government(request)
    require(government and rules.may_manage(request.user.rights, government))
    copy = texts.new_version(actor=request.user, text=text, government=government)
    messages.success(request, "Konsep baru dibuat dari naskah ini.")
    return redirect("text-edit", uuid=copy.uuid)


def text_from_pattern(request, uuid):
    """Copy a pattern into a draft for one election; any other text answers 409."""
    text = visible_text(request, uuid)
    require(rules.may_prepare(request.user.rights))
    governments = Agency.objects.governments_held(request.user, RoleName.HR)
    require(governments.exists())
    if text.state != TextState.PATTERN:
        raise texts.WrongState(NO_COPY)
    data = request.POST if request.method == "POST" else None
    initial = {"people_word": text.people_word}
    form = PatternForm(data, governments=governments, initial=initial)
    made = []

    def copy():
        election = form.cleaned_data["election"]
        made.append(
            texts.new_version(
                actor=request.user,
                text=text,
                government=election.government,
                election=election,
                people_word=form.cleaned_data["people_word"],
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, copy):
        messages.success(request, "Konsep baru dibuat dari pola ini.")
        return redirect("text-edit", uuid=made[0].uuid)
    context = {"form": form, "text": text}
    return render(request, "texts/pattern.html", context, status=400 if form.is_bound else 200)


def _own_government(request):
    """The government whose texts the user makes; 403 for who makes none."""
    require(rules.may_prepare(request.user.rights))
    government = Agency.objects.governments_held(request.user, RoleName.HR).first()
    require(government)
    return government


def _new_text(request):
    return PledgeText(government=_own_government(request))


def _own_text(request, uuid):
    text = visible_text(request, uuid)
    require(text.government and rules.may_manage(request.user.rights, text.government))
    return text


def _other_versions(text):
    same = PledgeText.objects.filter(government=text.government, family=text.family)
    return same.exclude(pk=text.pk).order_by("-version")


def _check_draft(text):
    if text.is_published:
        raise texts.WrongState(texts.PUBLISHED)


def _edit(request, text, title):
    _check_draft(text)
    data = request.POST if request.method == "POST" else None
    form = TextForm(data, instance=text, user=request.user)

    def save():
        texts.save_draft(actor=request.user, text=form.instance)

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, "Konsep naskah disimpan.")
        return redirect("text-detail", uuid=text.uuid)
    return _form_page(request, form, title, status=400 if form.is_bound else 200)


def _preview(request, text, title):
    """The preview alone for the page that asks while somebody types, else the whole form again."""
    _check_draft(text)
    form = TextForm(request.POST, instance=text, user=request.user)
    sketch = form.sketch()
    if request.htmx:
        context = preview_context(sketch, government_around(request, sketch))
        return render(request, "texts/_preview.html", context)
    return _form_page(request, form, title, sketch=sketch)


def _form_page(request, form, title, *, sketch=None, status=200):
    shown = sketch or form.sketch()
    context = {
        "form": form,
        "title": title,
        "text": form.instance,
        **preview_context(shown, government_around(request, shown)),
    }
    return render(request, "texts/form.html", context, status=status)
