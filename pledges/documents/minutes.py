"""The minutes ("berita acara") of a ceremony: on as many A4 pages as they take."""

from dataclasses import dataclass

from netralitas.lib.joined import joined

from . import pdf


@dataclass(frozen=True, kw_only=True)
class MinutesContext:
    """Everything the minutes print, ready to print: strings and tuples of them.

    An empty string or tuple leaves its part out. `witnesses` are (place, name, position,
    institution); `opds` are (place, name, counts as `count_labels` names them); `signers` are
    (title, name, number), name and number empty where there is room to write them.
    """

    document_title: str
    made_at: str
    kop_government: str
    kop_agency: str
    kop_address: str
    emblem: str
    heading: tuple[str, ...]
    warning: str = ""
    foot: str
    opening: str
    led: str
    witnessed: str
    witnesses: tuple = ()
    text: str
    text_digest: str
    result: str
    count_labels: tuple[str, ...]
    opds: tuple
    totals: tuple[str, ...]
    late: str
    unsigned: str
    annulled: str = ""
    lead: str = ""
    cancelled: str = ""
    register: str
    register_facts: tuple = ()
    register_root: str = ""
    signers: tuple


def render_minutes(context, annex=None):
    """The PDF/A-3 bytes of the minutes, the pages of `annex` (a tagged PDF) behind them.

    The same context and annex give the same bytes.
    """
    minutes = pdf.printable(context)
    document = pdf.laid_out("pdf/minutes.html", "pdf/minutes.css", {"minutes": minutes})
    identifier = f"{minutes.document_title} {minutes.made_at}"
    content = pdf.to_bytes(document, identifier=identifier, made_at=minutes.made_at)
    return joined(content, annex) if annex else content
