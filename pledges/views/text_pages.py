"""Pages about texts that change nothing: what a preview shows, sample of the pact, comparison."""

from io import BytesIO

from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.models import Agency
from netralitas.lib.files import safe_name

from ..documents import pact_sample, pdf
from ..errors import WrongState
from ..forms.texts import CompareForm
from ..models import PledgeText
from ..services import text_comparison, text_patterns

FOR_GOOD = "Setelah diterbitkan, naskah ini tidak dapat diubah lagi. Terbitkan naskah ini?"
TOO_LONG = "Naskah ini terlalu panjang: paktanya tidak muat dalam satu halaman."


def visible_text(request, uuid):
    """A text the user may read; 404 otherwise."""
    found = PledgeText.objects.visible_to(request.user).select_related("government", "election")
    return get_object_or_404(found, uuid=uuid)


def preview_context(text, government):
    """What a page shows of a text as it will be read, and of the pact that it leads to."""
    told = pact_sample.filled_copy(text)
    return {
        "pledge": told,
        "read": told.compute_digest(),
        "sample": pact_sample.sample_context(text, government),
        "obstacle": text_patterns.obstacle(text_patterns.content_of(told)),
        "points_warning": text_patterns.points_warning(told.points),
        "publish_question": f"{text_patterns.points_warning(told.points)} {FOR_GOOD}".strip(),
    }


def government_around(request, text):
    """Whose letterhead a sample bears: that of the text's government, else of the user's own."""
    return text.government or Agency.objects.governments_around(request.user).first()


@require_safe
def text_sample(request, uuid):
    """The pact of a text as a PDF: marked as a sample, for an invented person, unsealed."""
    text = visible_text(request, uuid)
    try:
        content = pact_sample.sample_pdf(text, government_around(request, text))
    except pdf.TooLongForOnePage as error:
        raise WrongState(TOO_LONG) from error
    name = f"{safe_name(f'Contoh pakta {text.title}')}.pdf"
    return FileResponse(BytesIO(content), filename=name, content_type="application/pdf")


@require_safe
def text_compare(request):
    """Two texts side by side; without two of them, the form that asks for them."""
    texts = PledgeText.objects.visible_to(request.user)
    form = CompareForm(request.GET or None, texts=texts)
    context = {"form": form, "parts": None}
    if form.is_bound and form.is_valid():
        first, second = form.cleaned_data["a"], form.cleaned_data["b"]
        parts = text_comparison.compare(first, second)
        context |= {
            "first": first,
            "second": second,
            "parts": parts,
            "different": sum(not part.same for part in parts),
        }
    return render(request, "texts/compare.html", context)
