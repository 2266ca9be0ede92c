"""Which two heads of the register somebody wants to compare."""

from django import forms

from ..models import TreeHead

UNKNOWN = "Tidak ada kepala register dengan jumlah isi ini. Pilih salah satu yang ada di daftar."


class HeadField(forms.IntegerField):
    """The size of a head; cleaned to the head itself."""

    def __init__(self, label):
        super().__init__(
            label=label,
            error_messages={"required": "Isi jumlah isi kepala register.", "invalid": UNKNOWN},
        )

    def clean(self, value):
        """The head. Raises ValidationError if there is none of this size."""
        head = TreeHead.objects.filter(size=super().clean(value)).first()
        if head is None:
            raise forms.ValidationError(UNKNOWN)
        return head


class ConsistencyForm(forms.Form):
    """Two heads, the older one first."""

    dari = HeadField("Kepala lama (jumlah isi)")
    ke = HeadField("Kepala baru (jumlah isi)")

    def clean(self):
        """Refuses two heads in the wrong order."""
        first, second = self.cleaned_data.get("dari"), self.cleaned_data.get("ke")
        if first and second and first.size > second.size:
            self.add_error("ke", "Kepala baru tidak boleh lebih kecil daripada kepala lama.")
