"""What a page says, for tests to read."""


def messages_of(response):
    """[(level, sentence)] of the messages that a page shows."""
    return [(message.level_tag, str(message)) for message in response.context["messages"]]
