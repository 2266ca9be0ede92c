"""Uploaded files: how much a view takes, decided before the first byte is read.

Django bounds the fields of a form but not its files, and the CSRF check reads a form before anybody
asks who sent it: without a bound a stranger could fill the disk.
"""

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.formats import number_format

MEGABYTE = 1024 * 1024


class UploadTooBig(RequestDataTooBig):
    """A form with files is larger than its address takes; `str()` is a sentence, Indonesian."""


def accepts_files(up_to):
    """A decorator: the view takes forms with files of `up_to` bytes in all, fields included."""

    def mark(view):
        view.accepts_bytes = up_to
        return view

    return mark


class BoundedUpload(FileUploadHandler):
    """Refuses a form with files that is larger than its view takes; stands first in the settings.

    A view not marked by `accepts_files` takes no more than fields may have. Raises UploadTooBig,
    which becomes the 400 page. A body never holds more than it announces: the server hands out no
    byte beyond Content-Length.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        """Look at the announced size; the handlers after this one do the reading."""
        bound = bound_of(self.request)
        if content_length > bound:
            raise UploadTooBig(
                f"Kiriman ini terlalu besar: {in_megabytes(content_length)}, sedangkan halaman ini "
                f"menerima paling banyak {in_megabytes(bound - bound % MEGABYTE)} sekaligus."
            )

    def receive_data_chunk(self, raw_data, start):
        """Leaves the data to the next handler."""
        return raw_data

    def file_complete(self, file_size):
        """Leaves the file to the next handler."""


def bound_of(request):
    """How many bytes the view of this request takes; the least where no view was found."""
    return _marked(request) or settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def takes_files(request):
    """Whether the view of this request is one for forms with files."""
    return _marked(request) is not None


def _marked(request):
    view = request.resolver_match and request.resolver_match.func
    return getattr(view, "accepts_bytes", None)


def in_megabytes(size):
    """A size for people, rounded up: "63 MB"."""
    return f"{number_format(-(-size // MEGABYTE), force_grouping=True)} MB"


class FilesInput(forms.FileInput):
    """The browser's file picker for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field; `cleaned_data` holds a list of them, in the order they came."""

    widget = FilesInput

    def clean(self, data, initial=None):
        """Each file as FileField checks it. Raises ValidationError for the first that fails."""
        given = data if isinstance(data, list | tuple) else [data]
        checked = [super(FilesField, self).clean(file, initial) for file in given or [None]]
        return [file for file in checked if file]
