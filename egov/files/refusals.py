"""Why a file is not taken or not given, in words for the person who sent or asked for it."""

from egov.workflow.refusal import Refusal


class FileRefused(Refusal):
    """The file is not taken; nothing of it is kept."""

    status = 422


class FileTooLarge(FileRefused):
    """Larger than the set limit."""

    status = 413


class StoreFull(Refusal):
    """The file store has no room left; nothing was kept."""

    status = 507


class StoreUnavailable(Refusal):
    """The file store does not answer; nothing was kept."""

    status = 503


class DamagedFile(Refusal):
    """The bytes in the store are missing or are not those that were put there."""

    status = 503
