"""Removing files that a row names in `content`, and those that no row names."""

import logging
from contextlib import suppress

logger = logging.getLogger(__name__)


def remove(rows):
    """Remove the contents of `rows`; what cannot be removed is logged and stays named."""
    for row in rows.exclude(content=""):
        if remove_file(row.content.storage, row.content.name):
            rows.model.objects.filter(pk=row.pk).update(content="")


def remove_unknown(model, before):
    """Remove contents stored before that moment which belong to no row of `model`: their maker was
    killed, or came second.
    """
    content = model._meta.get_field("content")
    storage, folder = content.storage, content.upload_to
    try:
        names = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
    except FileNotFoundError:
        return
    known = set(model.objects.exclude(content="").values_list("content", flat=True))
    for name in names:
        # What another sweep, or its maker, has removed meanwhile needs nothing more.
        with suppress(FileNotFoundError):
            if name not in known and storage.get_modified_time(name) < before:
                remove_file(storage, name)


def remove_file(storage, name):
    """Whether a file could be removed; if not, that is logged."""
    try:
        storage.delete(name)
    except OSError:
        logger.exception("The file %s cannot be removed.", name)
        return False
    return True
