"""The components of the interface: one tag each, drawn by templates/components/.

A tag takes plain values and knows nothing of agencies or pledges. Tags with a body
(`{% card %}…{% endcard %}`) wrap what is written between them.
"""

import re
from functools import lru_cache

from django import template
from django.conf import settings
from django.forms import CheckboxInput, Select
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

ICON_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ICON_HEAD = re.compile(r"<svg\b[^>]*>")

# A state by its stored value, whichever model it belongs to; anything else is calm.
STATE_TONES = {
    "QUEUED": "wait",
    "MAKING": "wait",
    "TAKEN": "good",
    "READING": "wait",
    "COLUMNS": "wait",
    "READY": "note",
    "APPLYING": "wait",
    "APPLIED": "good",
    "OPEN": "good",
    "CANCELLED": "bad",
    "PENDING": "wait",
    "SIGNED": "good",
    "EXCUSED": "note",
    "REFUSED": "bad",
    "ANNULLED": "bad",
    "DEPARTED": "note",
    "PLANNED": "wait",
    "SENDING": "wait",
    "DONE": "good",
    "BOUNCED": "bad",
    "UNSURE": "note",
    "DROPPED": "note",
    "PATTERN": "note",
    "PUBLISHED": "good",
    "ACTIVE": "good",
    "INVITED": "wait",
    "ENDED": "bad",
    "WAITING": "wait",
    "SENT": "good",
    "FAILED": "bad",
}
ALERT_ICONS = {
    "success": "check-circle",
    "info": "info-circle",
    "warning": "exclamation-triangle",
    "danger": "exclamation-octagon",
}


# Small things ----------------------------------------------------------------------------------


@lru_cache
def icon_paths(name):
    """The drawing inside the Bootstrap icon `name`, without its <svg> element.

    Raises TemplateSyntaxError for a name that is malformed or not among the installed icons.
    """
    if not ICON_NAME.fullmatch(name):
        raise template.TemplateSyntaxError(f"{name!r} is not the name of a Bootstrap icon.")
    path = settings.NODE_MODULES / "bootstrap-icons" / "icons" / f"{name}.svg"
    try:
        drawing = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise template.TemplateSyntaxError(f"There is no icon {name!r} at {path}.") from error
    return ICON_HEAD.sub("", drawing, count=1).replace("</svg>", "").strip()


@register.simple_tag
def icon(name, label="", size=""):
    """The Bootstrap icon `name`, inline; silent for screen readers unless it has a `label`."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon{}" viewBox="0 0 16 16" fill="currentColor" {}>{}</svg>',
        f" icon-{size}" if size else "",
        mark_safe(spoken),
        mark_safe(icon_paths(name)),
    )


@register.filter
def number(value):
    """A whole number as Indonesians write it: 8379 → 8.379. Empty for nothing."""
    return "" if value in (None, "") else number_format(value, force_grouping=True)


@register.filter
def tone(state):
    """The tone of a stored state: good, bad, wait, note or calm."""
    return STATE_TONES.get(state, "calm")


@register.filter
def control(field):
    """The input of a bound form field with Bootstrap's class, told apart when it has errors."""
    widget = field.field.widget
    name = "form-control"
    if isinstance(widget, Select):
        name = "form-select"
    elif isinstance(widget, CheckboxInput):
        name = "form-check-input"
    own = widget.attrs.get("class", "")
    invalid = "is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": " ".join(filter(None, (name, own, invalid)))})


@register.inclusion_tag("components/badge.html")
def state(value, label):
    """A badge for a stored state, in its tone: `{% state x.state x.get_state_display %}`."""
    return {"tone": tone(value), "label": label, "dot": True}


@register.inclusion_tag("components/badge.html")
def badge(label, tone="calm"):
    """A badge in a given tone: good, bad, wait, note or calm."""
    return {"tone": tone, "label": label, "dot": False}


# Figures ---------------------------------------------------------------------------------------


def percent(value, total):
    """How much of `total` is done, rounded down so that 100% means all of it."""
    if value and value * 100 < total:
        return "<1%"
    return f"{value * 100 // total}%"


@register.inclusion_tag("components/progress.html")
def progress(value, total, label="", empty="Belum ada peserta", working=False):
    """A bar with its text, "123 dari 456 (26%)"; `empty` is what stands there without a total.

    While `working`, a bar without a total moves, to say that something is being done.
    """
    return {
        "value": value,
        "total": total,
        "label": label,
        "working": working,
        "percent": percent(value, total) if total else "",
        "empty": empty,
        "complete": total and value >= total,
    }


@register.inclusion_tag("components/stat.html")
def stat(value, label, hint="", url="", current=False):
    """A big number with what it counts; the whole of it leads to `url` if one is given.

    `current` marks the one of several whose rows are shown now.
    """
    shown = number(value) if isinstance(value, int) else value
    return {"value": shown, "label": label, "hint": hint, "url": url, "current": current}


@register.inclusion_tag("components/fact.html")
def fact(label, value):
    """One row inside `<dl class="facts">`; a dash where there is no value."""
    return {"label": label, "value": value}


@register.inclusion_tag("components/stepper.html")
def stepper(steps, current):
    """Where `current` stands among `steps`, pairs of (value, label) in their order.

    A current value that is none of the steps (a cancelled ceremony) leaves all of them undone.
    """
    values = [value for value, label in steps]
    now = values.index(current) if current in values else -1
    places = ["done" if at < now else "now" if at == now else "next" for at in range(len(values))]
    labels = [label for value, label in steps]
    return {"steps": list(zip(labels, places, strict=True))}


# Frames ----------------------------------------------------------------------------------------


@register.simple_block_tag
def page_header(content, title, subtitle="", eyebrow="", state="", state_label="", help=""):
    """The head of a page; the body holds its buttons, the primary one first.

    `help` names the part of a guide that tells of this page: "bkpsdm#membekukan-daftar-peserta".
    """
    guide, _, section = help.partition("#")
    return render_to_string(
        "components/page_header.html",
        {
            "actions": mark_safe(content.strip()),
            "title": title,
            "subtitle": subtitle,
            "eyebrow": eyebrow,
            "state": state,
            "state_label": state_label,
            "guide": guide,
            "section": section,
        },
    )


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(here, *trail):
    """The way to this page: `{% breadcrumbs here "Acara" url "Dumai" url2 %}`, outermost first."""
    return {"here": here, "crumbs": list(zip(trail[::2], trail[1::2], strict=True))}


@register.simple_block_tag
def card(content, title="", icon="", flush=False):
    """A panel with an optional heading; `flush` lets a table or list reach its edges."""
    values = {"body": content, "title": title, "icon": icon, "flush": flush}
    return render_to_string("components/card.html", values)


@register.simple_block_tag
def empty_state(content, icon, title, text=""):
    """What stands where nothing is yet: says so, and what to do; the body holds the way there."""
    values = {"action": mark_safe(content.strip()), "icon": icon, "title": title, "text": text}
    return render_to_string("components/empty_state.html", values)


@register.simple_block_tag
def alert(content, tone="info", title=""):
    """A notice: success, info, warning or danger."""
    values = {"body": content, "tone": tone, "title": title, "icon": ALERT_ICONS[tone]}
    return render_to_string("components/alert.html", values)


@register.filter
def alert_icon(level):
    """The icon of a message level; that of a plain notice for levels without one."""
    return ALERT_ICONS.get(level, ALERT_ICONS["info"])


@register.inclusion_tag("components/task.html")
def task(url, icon, title, note="", count=None):
    """One thing to do next inside `<ul class="tasks">`: the whole row leads to `url`."""
    return {"url": url, "icon": icon, "title": title, "note": note, "count": count}


# Controls --------------------------------------------------------------------------------------


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(context, url, label, icon="", style="secondary", confirm="", act="", read=""):
    """A button that POSTs to `url`, asking `confirm` first if given, answered by `act`.

    `read` is sent along: the digest of what the page showed.
    """
    return {
        "url": url,
        "read": read,
        "label": label,
        "icon": icon,
        "style": style,
        "confirm": confirm,
        "act": act or label,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/copyable.html")
def copyable(value, label="Salin"):
    """A code or address with a button that copies it."""
    return {"value": value, "label": label}


@register.inclusion_tag("components/filter_bar.html", takes_context=True)
def filter_bar(context, form, search="q"):
    """The GET form above a list; `search` names its search field, the rest stand beside it."""
    query = context["request"].GET
    return {
        "form": form,
        "search": search,
        "sort": query.get("sort", ""),
        "active": any(query.get(name) for name in form.fields),
        "path": context["request"].path,
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page, field="page", noun="baris"):
    """Count and page links of a paginator's `page`; `field` is the page's query parameter."""
    query = context["request"].GET.copy()

    def address(at):
        query[field] = at
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "noun": noun,
        "links": [(at, address(at) if isinstance(at, int) else "") for at in numbers],
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }
