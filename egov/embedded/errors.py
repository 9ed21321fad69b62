"""What goes wrong with an embedded server, in one sentence for the person at the terminal."""


class EmbeddedServerError(RuntimeError):
    """A server of this machine could not be started or stopped; the text says why and what to do."""
