"""What somebody types to verify a pact."""

from django import forms

from netralitas.lib.codes import RECEIPT_LENGTH, normalise


class ReceiptForm(forms.Form):
    """A receipt code; case, spaces, dashes and look-alikes do not matter."""

    kode = forms.CharField(
        max_length=100,
        error_messages={
            "required": "Isi kode bukti yang tercetak pada pakta atau tanda terima.",
            "max_length": "Kode bukti terlalu panjang.",
        },
    )

    def clean_kode(self):
        """The code as it is stored."""
        receipt = normalise(self.cleaned_data["kode"])
        if receipt is None:
            raise forms.ValidationError(
                f"Kode bukti terdiri atas {RECEIPT_LENGTH} huruf dan angka. Periksa kembali."
            )
        return receipt
