"""What is known of the files that are kept."""

from egov.files.models.stored_file import StoredFile

__all__ = ["StoredFile"]
