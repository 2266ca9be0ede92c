"""Words as they are shown while they are being written or compared."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

register = template.Library()

PLACEHOLDER = re.compile(r"(\{[^{}]{0,40}\}|[{}])")


@register.filter
def marked(text):
    """The text with each placeholder that nothing fills yet as a marked word."""
    parts = PLACEHOLDER.split(str(text))
    return mark_safe(
        "".join(
            format_html('<mark class="placeholder">{}</mark>', part)
            if at % 2
            else conditional_escape(part)
            for at, part in enumerate(parts)
        )
    )
