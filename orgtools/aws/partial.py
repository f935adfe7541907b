"""What was asked about: a mapping that tells "AWS has none" from "nobody asked"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")
_NOT_ALL: Final = "only some were asked about, and this is a question about all"


class NotAskedError(LookupError):
    """Nobody asked AWS: neither "it is there" nor "it is not". A slip of whoever observed, and no `KeyError`."""


class PartialMapping(Mapping[str, T]):
    """What AWS showed of those that somebody asked about, by id; of all others nothing is known.

    In the place of a dictionary that holds all there are. Whoever looks up an id that nobody asked about, counts, or
    goes through all of them, is told so: "not asked" never reads as "none". `found` gives those that were found.
    """

    def __init__(self, found: Mapping[str, T], asked: Iterable[str]) -> None:
        """Keep what was found of those that were asked about."""
        self.found = dict(found)
        self.asked = frozenset(asked) | self.found.keys()

    def __getitem__(self, key: str) -> T:
        """What was found; `KeyError` where AWS says that there is none.

        Raises:
            NotAskedError: nobody asked.
        """
        if key not in self.asked:
            raise NotAskedError(f"nobody asked about {key}")
        return self.found[key]

    def __iter__(self) -> Iterator[str]:
        """Refused: these are not all.

        Raises:
            NotAskedError: always.
        """
        raise NotAskedError(_NOT_ALL)

    def __len__(self) -> int:
        """Refused: these are not all.

        Raises:
            NotAskedError: always.
        """
        raise NotAskedError(_NOT_ALL)

    def __bool__(self) -> bool:
        """Refused: that none was found does not say that there is none.

        Raises:
            NotAskedError: always.
        """
        raise NotAskedError(_NOT_ALL)


class NotAskedSequence(Sequence[T]):
    """In the place of a list that nobody asked for: whoever reads it is told so, and never that it is empty."""

    def __init__(self, what: str) -> None:
        """Name what nobody asked for."""
        self._what = what

    def _refuse(self) -> NoReturn:
        raise NotAskedError(f"nobody asked for {self._what}")

    def __getitem__(self, key: Any) -> Any:
        """Refused.

        Raises:
            NotAskedError: always.
        """
        self._refuse()

    def __iter__(self) -> Iterator[T]:
        """Refused.

        Raises:
            NotAskedError: always.
        """
        self._refuse()

    def __len__(self) -> int:  # noqa: PLE0303 (always refused)
        """Refused, and so is its truth.

        Raises:
            NotAskedError: always.
        """
        self._refuse()


def with_one(asked: Mapping[str, T], key: str, value: T) -> Mapping[str, T]:
    """The same, as if AWS had shown one more, or shown it so."""
    if isinstance(asked, PartialMapping):
        return PartialMapping({**asked.found, key: value}, asked.asked)
    return {**asked, key: value}


def without_one(asked: Mapping[str, T], key: str) -> Mapping[str, T]:
    """The same, as if AWS had said that there is none."""
    left = {name: value for name, value in found(asked).items() if name != key}
    return PartialMapping(left, asked.asked | {key}) if isinstance(asked, PartialMapping) else left


def found(asked: Mapping[str, T]) -> Mapping[str, T]:
    """Those that were found, whether all were listed or some were asked about."""
    return asked.found if isinstance(asked, PartialMapping) else asked
