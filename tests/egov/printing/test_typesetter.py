"""Keeping compilers: threads, forks, and the state of one document never reaching the next."""

import os
from concurrent.futures import ThreadPoolExecutor

from egov.printing.official import official_document
from tests.egov.printing.samples import letter
from tests.support.pdf_text import text_of


def test_threads_set_documents_side_by_side_without_mixing_them() -> None:
    # Reading a PDF is not for many threads, so only the setting runs side by side.
    with ThreadPoolExecutor(4) as pool:
        printed = list(
            pool.map(lambda n: official_document(letter(signer_name=f"Người ký {n}")).pdf, range(40))
        )
    for number, pdf in enumerate(printed):
        assert f"Người ký {number}" in text_of(pdf)


def test_a_forked_child_refuses_instead_of_waiting_for_ever() -> None:
    official_document(letter())
    child = os.fork()
    if child == 0:
        try:
            official_document(letter())
        except RuntimeError as error:
            os._exit(0 if "forked" in str(error) else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
