"""What tracing finds: figures, the compounds they count, the rows and cells that these came from."""

from dataclasses import dataclass
from datetime import datetime

from duban.core.checked import Status
from duban.core.papers import Figure, PaperRecord


@dataclass(frozen=True, slots=True)
class CellTrace:
    """One cell of an archived workbook: `read` is what stands there, `registered` what the ledger took from it."""

    address: str
    header: str
    read: str
    registered: str

    @property
    def agrees(self) -> bool:
        return self.read == self.registered


@dataclass(frozen=True, slots=True)
class RowTrace:
    """One row of an archived workbook. `path` is that of the file in the inbox, `archive` of its bytes.

    `cells` is empty when the row cannot be found there any more.
    """

    return_id: int
    path: str
    received_at: datetime
    sha256: str
    archive: str
    sheet: str
    row: int
    cells: tuple[CellTrace, ...]

    @property
    def agrees(self) -> bool:
        return bool(self.cells) and all(cell.agrees for cell in self.cells)


@dataclass(frozen=True, slots=True)
class CompoundTrace:
    """A compound that counts; `row` is None when the ledger holds no row for it."""

    office: str
    compound: str
    name: str | None
    row: RowTrace | None

    @property
    def agrees(self) -> bool:
        return self.row is not None and self.row.agrees


@dataclass(frozen=True, slots=True)
class ReturnTrace:
    """A return that a figure came from."""

    return_id: int
    office: str
    path: str
    received_at: datetime
    status: Status
    sha256: str
    archive: str


@dataclass(frozen=True, slots=True)
class FigureTrace:
    """A registered figure; `replayed` is what the ledger gives for it as of `as_of`, None when it gives none."""

    figure: Figure
    as_of: datetime
    replayed: str | None
    compounds: tuple[CompoundTrace, ...] = ()
    returns: tuple[ReturnTrace, ...] = ()

    @property
    def replays(self) -> bool:
        return self.replayed == self.figure.text

    @property
    def holds(self) -> bool:
        """Whether the ledger still gives the registered text, and the archive the registered cells."""
        return self.replays and all(compound.agrees for compound in self.compounds)


@dataclass(frozen=True, slots=True)
class PaperTrace:
    """A paper with its figures; `replayable` says whether its kind can be worked out anew at all."""

    record: PaperRecord
    replayable: bool
    figures: tuple[FigureTrace, ...]

    @property
    def holds(self) -> bool:
        return all(figure.replays for figure in self.figures)
