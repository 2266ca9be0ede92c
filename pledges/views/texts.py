"""Pledge texts: list, detail, form, publication, new version."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from agencies.choices import RoleName
from agencies.models import Agency
from netralitas.lib.access import require
from netralitas.lib.forms import carried_out

from .. import rules
from ..forms.texts import TextForm
from ..models import PledgeText
from ..services import texts


def text_list(request):
    """The national texts and those of the user's governments."""
    context = {
        "texts": PledgeText.objects.visible_to(request.user).select_related("government"),
        "may_prepare": rules.may_prepare(request.user.rights),
    }
    return render(request, "texts/list.html", context)


def text_detail(request, uuid):
    """One text as people will read it, with what may be done to it."""
    text = get_object_or_404(PledgeText.objects.visible_to(request.user), uuid=uuid)
    rights = request.user.rights
    own = text.government is not None and rules.may_manage(rights, text.government)
    context = {
        "text": text,
        "may_change": own and not text.is_published,
        "may_copy": rules.may_prepare(rights) and (own or text.government is None),
    }
    return render(request, "texts/detail.html", context)


def text_create(request):
    """A new draft."""
    require(rules.may_prepare(request.user.rights))
    government = Agency.objects.governments_held(request.user, RoleName.HR).first()
    require(government)
    text = PledgeText(government=government)
    return _edit(request, text, "Naskah baru")


def text_edit(request, uuid):
    """Change a draft; a published text answers 409."""
    text = _own_text(request, uuid)
    return _edit(request, text, "Ubah naskah")


@require_POST
def text_publish(request, uuid):
    """Make a draft immutable."""
    text = _own_text(request, uuid)
    texts.publish(actor=request.user, text=text)
    messages.success(request, "Naskah diterbitkan dan tidak dapat diubah lagi.")
    return redirect("text-detail", uuid=text.uuid)


@require_POST
def text_new_version(request, uuid):
    """Copy a text into a draft of the HR officer's government."""
    text = get_object_or_404(PledgeText.objects.visible_to(request.user), uuid=uuid)
    require(rules.may_prepare(request.user.rights))
    government = (
        text.government or Agency.objects.governments_held(request.user, RoleName.HR).first()
    )
    require(government and rules.may_manage(request.user.rights, government))
    copy = texts.new_version(actor=request.user, text=text, government=government)
    messages.success(request, "Konsep baru dibuat dari naskah ini.")
    return redirect("text-edit", uuid=copy.uuid)


def _own_text(request, uuid):
    text = get_object_or_404(PledgeText.objects.visible_to(request.user), uuid=uuid)
    require(text.government and rules.may_manage(request.user.rights, text.government))
    return text


def _edit(request, text, title):
    if text.is_published:
        raise texts.WrongState(texts.PUBLISHED)
    data = request.POST if request.method == "POST" else None
    form = TextForm(data, instance=text, user=request.user)

    def save():
        texts.save_draft(actor=request.user, text=form.instance)

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, "Konsep naskah disimpan.")
        return redirect("text-detail", uuid=text.uuid)
    status = 400 if form.is_bound else 200
    context = {"form": form, "title": title, "text": text}
    return render(request, "texts/form.html", context, status=status)
