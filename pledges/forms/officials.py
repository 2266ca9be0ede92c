"""The form of who leads and reads a frozen ceremony; witnesses are the rows beside it."""

from crispy_forms.layout import Layout

from netralitas.lib.forms import fields_helper

from .schedule_fields import SpeakerFields, shown_speakers, speakers_section


class OfficialsForm(SpeakerFields):
    """Leader and reader, as they are named until now."""

    def __init__(self, *args, ceremony, **kwargs):
        super().__init__(*args, initial=shown_speakers(ceremony), **kwargs)
        self.helper = fields_helper(Layout(speakers_section()))
