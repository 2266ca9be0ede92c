"""Errors that more than one app raises."""


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete rows of which only new ones may be added."""

    def __init__(self, model):
        super().__init__(f"{model.__name__} rows are append-only")


class Refusal(Exception):
    """A rule of the domain says no. `message` is a sentence in Indonesian for the person who asked.

    `field` names the form field the sentence belongs next to; "" when it concerns the whole act.
    `status` is the HTTP status a page answers with.
    """

    status = 409

    def __init__(self, message, field=""):
        super().__init__(message)
        self.message = message
        self.field = field
