"""One paper of a filing as its page shows it: what is accepted, what is there, what is still lacking."""

from collections.abc import Mapping
from dataclasses import dataclass

from onestop import public as onestop
from portal.models import Upload

STORE, LATER = "store", "later"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper as the page shows it: what is accepted, what is there."""

    key: str
    name: str
    is_demanded: bool
    is_shown: bool
    looked_up_in: str
    form_name: str
    uploads: tuple[Upload, ...]
    reusable: tuple[onestop.StoreEntry, ...]
    chosen: str

    @property
    def field(self) -> str:
        """Name of the field that says how it is given, when by no file."""
        return f"paper_{self.key}"

    @property
    def kept(self) -> tuple[Upload, ...]:
        """Files that came in whole."""
        return tuple(one for one in self.uploads if one.file_id is not None)

    @property
    def waiting(self) -> tuple[Upload, ...]:
        """Files of which a part is missing."""
        return tuple(one for one in self.uploads if one.is_open)

    @property
    def refused(self) -> tuple[Upload, ...]:
        """Files that were not taken, with the reason."""
        return tuple(one for one in self.uploads if one.refusal)

    @property
    def reused(self) -> onestop.StoreEntry | None:
        """The paper of one's store that is used; None when it no longer holds (rule 45)."""
        return next((one for one in self.reusable if self.chosen == f"{STORE} {one.id}"), None)

    @property
    def lost(self) -> bool:
        """A paper of the store was chosen that cannot be used any more."""
        return self.chosen.startswith(STORE) and self.reused is None

    @property
    def is_later(self) -> bool:
        """It is shown when the result is collected."""
        return self.is_shown and self.chosen == LATER

    @property
    def is_answered(self) -> bool:
        """Nothing more has to be done for it."""
        return bool(self.kept or self.reused or self.is_later) or not self.is_demanded


def row_of(
    paper: onestop.AskedPaper,
    *,
    uploads: Mapping[str, list[Upload]],
    reusable: tuple[onestop.StoreEntry, ...],
    chosen: str,
) -> PaperRow:
    """The row of a line of the list."""
    key = str(paper.id)
    return PaperRow(
        key=key,
        name=paper.name,
        is_demanded=paper.is_demanded,
        is_shown=paper.is_shown,
        looked_up_in=paper.looked_up_in,
        form_name=paper.form_name,
        uploads=tuple(uploads.get(key, ())),
        reusable=reusable,
        chosen=chosen,
    )


def row_beyond_list(
    key: str, name: str, uploads: Mapping[str, list[Upload]], *, is_demanded: bool
) -> PaperRow:
    """The row of what is handed in beside the list."""
    return PaperRow(
        key=key,
        name=name,
        is_demanded=is_demanded,
        is_shown=False,
        looked_up_in="",
        form_name="",
        uploads=tuple(uploads.get(key, ())),
        reusable=(),
        chosen="",
    )
