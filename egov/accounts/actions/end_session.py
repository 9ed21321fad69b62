"""A person signs out of browsers that they are not sitting at."""

from egov.accounts import rules
from egov.accounts.login import sessions
from egov.accounts.models import User, UserSession
from egov.workflow.action import action
from egov.workflow.performer import Performer


@action("accounts.end_session", allowed=rules.may_end_session)
def end_session(actor: Performer, session: UserSession) -> User:
    """Sign the person out in one browser."""
    user = session.user
    sessions.end_stored(session)
    return user


@action("accounts.end_other_sessions", allowed=rules.may_change_own_account)
def end_other_sessions(actor: Performer, user: User, *, here: str | None) -> int:
    """Sign the person out everywhere but ``here`` (a session's key); how many sessions ended."""
    return sessions.end_all(user, but=here)
