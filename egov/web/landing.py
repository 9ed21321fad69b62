"""Where a role begins its day: each app may claim the first page for the roles whose work it holds."""

_landings: dict[str, str] = {}


def begin_at(url_name: str, *roles: str) -> None:
    """Make a page the first one of these roles (from ``AppConfig.ready``)."""
    for role in roles:
        _landings[role] = url_name


def landing_of(role: str) -> str:
    """The name of the role's first page; empty for those that begin at the common one."""
    return _landings.get(role, "")
