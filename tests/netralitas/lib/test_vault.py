"""What lies locked in the file store."""

import pytest

from netralitas.lib import vault

OTHER = "another-key-another-key-another-key-another-key-another"


def test_what_was_locked_opens_again_and_says_nothing_while_locked():
    stored = vault.lock(b"PIN 1234 5678", "a")
    assert vault.unlock(stored, "a") == b"PIN 1234 5678"
    assert b"1234" not in stored
    assert vault.lock(b"PIN 1234 5678", "a") != stored


def test_it_opens_under_its_own_label_alone():
    with pytest.raises(vault.VaultError):
        vault.unlock(vault.lock(b"x", "a"), "b")


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: b"", lambda data: data[:3]])
def test_what_was_altered_does_not_open(spoil):
    with pytest.raises(vault.VaultError):
        vault.unlock(spoil(vault.lock(b"x", "a")), "a")


def test_a_replaced_key_still_opens_and_a_foreign_one_does_not(settings):
    stored = vault.lock(b"x", "a")
    first, settings.SECRET_KEY = settings.SECRET_KEY, OTHER
    with pytest.raises(vault.VaultError):
        vault.unlock(stored, "a")
    settings.SECRET_KEY_FALLBACKS = [first]
    assert vault.unlock(stored, "a") == b"x"
