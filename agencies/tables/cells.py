"""What the cells of several tables have in common."""

from django.utils.html import format_html

NUMERIC = {"th": {"class": "num"}, "td": {"class": "num"}}
# On a phone such cells stand beside each other.
SHORT = {"td": {"class": "cell-short"}}


def with_note(text, note):
    """A cell of two lines, the second in small print; one line if there is nothing more to say.

    On a phone, where every row is a card, the second follows the first.
    """
    if not note or note == text:
        return text
    return format_html('<span>{}<small class="cell-note muted">{}</small></span>', text, note)
