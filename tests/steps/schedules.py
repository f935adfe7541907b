"""Random schedules: what the operator does, what somebody else does meanwhile, and what goes wrong at AWS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from orgtools.rehearsal.limits.faults import Fault

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from tests.steps.course import Course

_REFUSALS: Final = (
    ("AccessDeniedException", None),
    ("ConstraintViolationException", "PAST_DUE_INVOICE"),
    ("ConstraintViolationException", "WAIT_PERIOD_ACTIVE"),
    ("HandshakeConstraintViolationException", "HANDSHAKE_RATE_LIMIT_EXCEEDED"),
    ("FinalizingOrganizationException", None),
    ("HandshakeNotFoundException", None),
    ("DuplicateHandshakeException", None),
    ("HandshakeAlreadyInStateException", None),
    ("AccountNotFoundException", None),
    ("SourceParentNotFoundException", None),
)
_ENOUGH: Final = 9
"""So often boto3 is refused before it gives up reading: eight tries, and one."""
_SLOW: Final = 0.000_01
"""Virtual seconds of a slow answer, ten milliseconds here: the schedules' clock hardly runs by itself."""


@dataclass(frozen=True)
class Act:
    """Somebody else does something to an account, the one of that number (the last is not in the plan)."""

    what: str
    account: int


@dataclass(frozen=True)
class Trouble:
    """From now on these calls fail; none: AWS works again."""

    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Lag:
    """From now on reads see a change so many seconds later."""

    seconds: float


@dataclass(frozen=True)
class Later:
    """Time passes."""

    hours: float


@dataclass(frozen=True)
class NewKernel:
    """Everything that the process knew is gone; the run is opened again."""


@dataclass(frozen=True)
class Assess:
    """The operator runs the assessment again."""


@dataclass(frozen=True)
class Move:
    """The operator previews a step, approves it and performs it.

    Attributes:
        step: its place in the course.
        accounts: numbers of planned accounts, or of what else the step decides about; empty takes all of them.
        between: what somebody else does between the preview and the performing.
        during: the same while it is performed: after the last look before a call, or in a pause, in turn.
        death: the process dies at the ledger event of that number, counted from 0; None lets it live.
        written: whether that event still reaches the disk.
    """

    step: int
    accounts: frozenset[int] = frozenset()
    between: Act | None = None
    during: tuple[Act | None, ...] = ()
    death: int | None = None
    written: bool = False


Event = Act | Trouble | Lag | Later | NewKernel | Assess | Move


@dataclass(frozen=True)
class Schedule:
    """One schedule.

    Attributes:
        events: what happens, in this order.
        begin: which of the course's starts it begins after.
        home: whether the quiet pass leads back.
        asked: whether AWS is asked about each account, as in large organizations, or lists them.
    """

    events: tuple[Event, ...]
    begin: int = 0
    home: bool = False
    asked: bool = False


def _acts(course: Course) -> SearchStrategy[Act]:
    return st.builds(Act, st.sampled_from(course.acts), st.integers(0, len(course.everybody) - 1))


def _faults(course: Course) -> SearchStrategy[Fault]:
    def fault(operation: str, kind: str, nature: tuple[str, str | None], times: int, first: int) -> Fault:
        code, reason = nature if kind == "refuse" else ("", None)
        return Fault(
            operation,
            kind,  # type: ignore[arg-type]  # one of the list below
            calls=range(first, first + times),
            seconds=_SLOW if kind == "slow" else 0.0,
            code=code,
            reason=reason,
        )

    return st.builds(
        fault,
        st.sampled_from((*course.calls, *course.calls, *course.reads, "*")),
        st.sampled_from(("lost", "cut", "throttle", "server_error", "concurrent_modification", "refuse", "slow")),
        st.sampled_from((*_REFUSALS, *course.refusals)),
        st.sampled_from((1, 1, 1, 2, _ENOUGH)),
        st.integers(1, 3),
    )


def _disturbances(course: Course) -> SearchStrategy[Event]:
    trouble = st.builds(Trouble, st.lists(_faults(course), min_size=1, max_size=3).map(tuple))
    return st.one_of(
        _acts(course),
        _acts(course),
        trouble,
        trouble,
        st.builds(Lag, st.sampled_from((0.5, 2.5, 3600.0, 0.0))),
        st.builds(Later, st.sampled_from((1.0, 25.0, 15 * 24.0 + 1))),
        st.sampled_from((NewKernel(), Assess(), Trouble(), Lag(0.0))),
    )


@st.composite
def schedules(draw: st.DrawFn, course: Course) -> Schedule:
    """Moves of the operator, often in the order of the way, with none to three disturbances before each.

    Args:
        draw: hypothesis' own.
        course: what is played on.
    """
    begin = draw(st.integers(0, len(course.starts) - 1)) if len(course.starts) > 1 else 0
    home = draw(st.booleans()) if course.back else False
    in_order = draw(st.booleans())
    first = course.next_after(begin) if in_order else 0
    way = draw(st.lists(st.integers(first, len(course.steps) - 1), min_size=2, max_size=6))
    if in_order:
        way.sort()
    one_of_them = st.integers(0, len(course.planned) - 1)
    events: list[Event] = []
    for step in way:
        events += draw(st.lists(_disturbances(course), max_size=3))
        events.append(
            Move(
                step,
                accounts=draw(st.one_of(st.just(frozenset[int]()), st.frozensets(one_of_them, max_size=2))),
                between=draw(st.one_of(st.none(), st.none(), _acts(course))),
                during=draw(
                    st.one_of(st.just(()), st.lists(st.one_of(st.none(), _acts(course)), max_size=3).map(tuple))
                ),
                death=draw(st.one_of(st.none(), st.none(), st.integers(0, 8))),
                written=draw(st.booleans()),
            )
        )
    return Schedule(tuple(events), begin, home, draw(st.booleans()))
