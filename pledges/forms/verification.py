"""What somebody types or uploads to verify a pact."""

import re

from django import forms

from netralitas.lib.attached_json import claims_to_be_pdf
from netralitas.lib.codes import RECEIPT_LENGTH, normalise

# What comes along when a code is copied: the address of its page, or the words before it.
BESIDE_THE_CODE = re.compile(r"^.*/v/|^\s*kode\s+bukti\s*:?|[/.]+\s*$", re.IGNORECASE | re.DOTALL)


class ReceiptForm(forms.Form):
    """A receipt code; case, spaces, dashes, look-alikes, what was copied with it do not matter."""

    kode = forms.CharField(
        max_length=200,
        error_messages={
            "required": "Isi kode bukti yang tercetak pada pakta atau tanda terima.",
            "max_length": "Kode bukti terlalu panjang.",
        },
    )

    def clean_kode(self):
        """The code as it is stored."""
        receipt = normalise(BESIDE_THE_CODE.sub("", self.cleaned_data["kode"]))
        if receipt is None:
            raise forms.ValidationError(
                f"Kode bukti terdiri atas {RECEIPT_LENGTH} huruf dan angka, tanpa huruf U. "
                "Periksa kembali."
            )
        return receipt


class PactFileForm(forms.Form):
    """The file of a pact; `cleaned_data["pakta"]` holds its bytes."""

    pakta = forms.FileField(
        error_messages={
            "required": "Pilih berkas PDF pakta yang akan diperiksa.",
            "invalid": "Pilih berkas PDF pakta yang akan diperiksa.",
            "empty": "Berkas ini kosong.",
        },
    )

    def clean_pakta(self):
        """The bytes of what says of itself that it is a PDF; whether it is one is not asked."""
        content = self.cleaned_data["pakta"].read()
        if not claims_to_be_pdf(content):
            raise forms.ValidationError(
                "Berkas ini bukan PDF. Untuk foto atau hasil pindai, ketik kode bukti yang "
                "tercetak pada pakta."
            )
        return content
