"""What the cells of several tables have in common."""

from django.utils.html import format_html

NUMERIC = {"th": {"class": "num"}, "td": {"class": "num"}}


def with_note(text, note):
    """A cell of two lines, the second in small print; one line if there is nothing more to say."""
    if not note or note == text:
        return text
    return format_html('<span>{}<small class="d-block muted">{}</small></span>', text, note)
