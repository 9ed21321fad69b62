"""What the walk of addresses stands on."""

from tests.architecture.planted import planted  # noqa: F401  (fixture)
from tests.documents.conftest import office, own_file_store, pki_folder, trust  # noqa: F401  (fixtures)
