"""Placeholder until the document is there."""


def pact_context(signature):
    return signature
