"""Which page shows a thing that a message speaks of: each app names the pages of its own things."""

_pages: dict[str, str] = {}


def show_at(url_name: str, subject_type: str) -> None:
    """Name the page of a kind of thing (``onestop.dossier``); it is reversed with ``pk``."""
    _pages[subject_type] = url_name


def page_of(subject_type: str) -> str:
    """The name of the page; empty when no app has named one."""
    return _pages.get(subject_type, "")
