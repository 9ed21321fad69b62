"""What tests of one-stop handling stand on: a file store and a certificate authority of their own."""

from tests.documents.conftest import own_file_store, pki_folder, trust  # noqa: F401  (fixtures)
