from egov.accounts.models.user import User
from egov.accounts.models.user_session import UserSession

__all__ = ["User", "UserSession"]
