"""What the system says when it will not do something."""


class Refusal(Exception):
    """A clear "no" in words for the person who asked; nothing was changed.

    Each action defines its own subclass beside it. The text is a sentence in the reader's language that
    says what happened and what to do next; doors show it as it stands (pages) or as ``detail`` (REST).
    """

    status = 409

    def __init__(self, sentence: object = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotPermitted(Refusal):
    """The person may not do this; the sentence says who may."""

    status = 403


class NotFollowing(Refusal):
    """The state that the thing is in does not allow this step."""
