"""Choices that look like chance and come out the same on every installation."""

from random import Random


def chance(*words):
    """A generator of numbers that `words` alone decide. Nothing secret may come from it."""
    return Random(" ".join(words))  # noqa: S311 - neither a secret nor a key is made of it
