"""Who else is told, in the same transaction, that a paper was issued: apps that had asked for it.

An app registers at start (``AppConfig.ready``) through ``documents.public``; this one knows none of them.
"""

from collections.abc import Callable
from datetime import datetime

# From the document's key and the moment of issue.
Listener = Callable[[int, datetime], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have it called for every document that is issued from now on; the same one twice is one."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_listeners(document_id: int, at: datetime) -> None:
    """Call each of them, inside the action that issues."""
    for listener in _listeners:
        listener(document_id, at)
