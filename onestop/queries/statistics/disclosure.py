"""Which cells of published tables stay blank, so that no small one can be worked out (rule 55).

Tables of one column that share a sum are a network: what flows from “all agencies” through an agency, through
its part in a sector and through the sector comes back as the sum. At each node as much comes in as goes out;
that is all that anybody can reckon with, besides that a blank cell is not zero. So a blank can be worked out
exactly when nothing else could have flowed: when no circle of blank cells leads through it along which one
dossier more could go (Gusfield 1988). Parts of an agency in a sector are published nowhere and always blank.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

# A cell of one or two dossiers could be somebody's.
FEWEST = 3
Node = Hashable
# Where sums come together: before agencies, behind sectors, between the ways of filing.
START, MIDDLE, END = "start", "middle", "end"


@dataclass(slots=True)
class Cell:
    """One number, flowing from a node to another; ``is_printed`` is false of what is in no table."""

    value: int
    tail: Node
    head: Node
    is_printed: bool = True
    is_blank: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_blank = not self.is_printed or self.value < FEWEST

    @property
    def shown(self) -> int | None:
        """What the table says; None where it stays blank."""
        return None if self.is_blank else self.value


@dataclass(frozen=True)
class Column:
    """The cells of one column in all its tables; zero is nobody and always shown."""

    whole: int | None
    agencies: Mapping[int, int | None]
    sectors: Mapping[int, int | None]
    ways: Sequence[int | None]


def published_column(parts: Mapping[tuple[int, int], int], ways: Sequence[int] = ()) -> Column:
    """What may be shown of counts by agency and sector, and of the same sum by way of filing.

    Without ways the sum stands alone. Blank cells are small ones and as few others, as small as possible.
    """
    by_agency, by_sector = _sums(parts, 0), _sums(parts, 1)
    whole = sum(parts.values())
    agencies = {key: Cell(value, START, ("agency", key)) for key, value in by_agency.items() if value}
    sectors = {key: Cell(value, ("sector", key), MIDDLE) for key, value in by_sector.items() if value}
    filed = [Cell(value, END, START) if value else None for value in ways]
    total = Cell(whole, MIDDLE, END if ways else START) if whole else None
    inner = [
        Cell(value, ("agency", agency), ("sector", sector), is_printed=False)
        for (agency, sector), value in parts.items()
        if value
    ]
    printed = [*agencies.values(), *sectors.values(), *(one for one in filed if one)]
    blank_out([*printed, *inner, *([total] if total else [])])
    return Column(
        whole=total.shown if total else 0,
        agencies={key: agencies[key].shown if value else 0 for key, value in by_agency.items()},
        sectors={key: sectors[key].shown if value else 0 for key, value in by_sector.items()},
        ways=[one.shown if one else 0 for one in filed],
    )


def blank_out(cells: Sequence[Cell]) -> None:
    """Blank as many more cells as it takes that every blank printed one could have been one more."""
    leaving: dict[Node, list[int]] = defaultdict(list)
    coming: dict[Node, list[int]] = defaultdict(list)
    for place, cell in enumerate(cells):
        leaving[cell.tail].append(place)
        coming[cell.head].append(place)
    small = [place for place, cell in enumerate(cells) if cell.is_printed and cell.is_blank]
    free: set[int] = set()
    for place in small:
        if place in free:
            continue
        circle = _cheapest_way(cells, leaving, coming, place)
        free.update(circle, [place])
        for other in circle:
            cells[other].is_blank = True


def _cheapest_way(
    cells: Sequence[Cell],
    leaving: Mapping[Node, Collection[int]],
    coming: Mapping[Node, Collection[int]],
    place: int,
) -> list[int]:
    """Cells along which one more could come back from a cell's head to its tail; blank ones cost nothing.

    There is always a way: through any agency, its sector and the sum.
    """
    start, goal = cells[place].head, cells[place].tail
    cost: dict[Node, int] = {start: 0}
    came: dict[Node, tuple[Node, int]] = {}
    order = count()
    open_nodes = [(0, next(order), start)]
    while open_nodes:
        so_far, _turn, node = heapq.heappop(open_nodes)
        if node == goal:
            break
        if so_far > cost[node]:
            continue
        # Forward one more flows; backward one less, which a blank cell of one does not allow.
        steps = [(one, cells[one].head) for one in leaving.get(node, ())]
        steps += [(one, cells[one].tail) for one in coming.get(node, ()) if cells[one].value > 1]
        for one, there in steps:
            new = so_far + (0 if cells[one].is_blank else cells[one].value)
            if one != place and new < cost.get(there, new + 1):
                cost[there], came[there] = new, (node, one)
                heapq.heappush(open_nodes, (new, next(order), there))
    way = []
    node = goal
    while node != start:
        node, one = came[node]
        way.append(one)
    return way


def _sums(parts: Mapping[tuple[int, int], int], side: int) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for key, value in parts.items():
        sums[key[side]] += value
    return dict(sums)
