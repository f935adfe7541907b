"""Every notebook in a real JupyterLab on a small screen: nothing is cut off, and in Japanese nothing is English."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from orgtools.rehearsal import Rehearsal
from tests.notebooks.english import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import ViewportSize

    from tests.browser.conftest import Start
    from tests.browser.lab import Lab

pytestmark = [pytest.mark.timeout(1800), pytest.mark.exhaustive]

NOTEBOOKS: Final = Path(__file__).parents[2] / "notebooks"
SCREEN: Final[ViewportSize] = {"width": 1280, "height": 800}
WAYS: Final = {
    "two-waves": ("30_invite", "38_prepare_access", "40_leave", "50_accept", "60_place", "85_revoke_access"),
    "landing-zones": ("25_unenroll", "30_invite", "50_accept", "60_place", "70_enroll"),
    "arriving": ("38_prepare_access", "40_leave", "50_accept", "83_restore", "85_revoke_access", "87_way_back"),
}
"""Rehearsed organizations, and the notebooks that change something there; together these are all that ask."""
IN_ONE_GO: Final = ("10_assess", "45_wave")
"""The notebooks of a wave in one go. Where the others are read, it is not approved: they would find nothing to do."""
GOES_BACK: Final = {"two-waves": "300000000002", "landing-zones": "310000000002", "arriving": "310000000001"}
"""An account of each that has moved: in 87_way_back somebody chooses it."""
_JAPANESE: Final = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
_PHRASE: Final = re.compile(r"[a-z][a-z-]+ \d+")
_FOUR_WORDS: Final = re.compile(r"\b[A-Za-z][a-z']+(?:,? [A-Za-z][a-z']+){3,}")
_AWS: Final = (
    "AWS Identity and Access Management Access Analyzer",
    "AWS Organizations Business Associate Addendum",
    "Amazon Web Services, Inc",
    "The rehearsal's script refuses this call",
)
"""AWS's own words: its names, and why it refuses a call, as the rehearsal says it in AWS's place."""


def _choose(lab: Lab, account: str) -> None:
    """In 87_way_back nobody is chosen before somebody is; what follows the choice is run again."""
    lab.widget("orgtools-accounts").get_by_role("cell", name=account).click()
    lab.widget("orgtools-chosen").get_by_text(account).wait_for()
    lab.run(8)


def _stops(lab: Lab, notebook: str, account: str, *, declines: bool) -> Iterator[str]:
    """Run a notebook: the question at each gate, answered with what it asks for, or with no; at the end nothing."""
    lab.open(notebook)
    lab.run_all()
    chosen = notebook != "87_way_back.ipynb"
    while True:
        asked = lab.wait_for_gate_or_end()
        lab.unfold()
        yield asked
        lab.page.set_viewport_size(SCREEN)
        if asked:
            lab.answer("no" if declines else _PHRASE.findall(asked)[0])
        elif not chosen:
            chosen = True
            _choose(lab, account)
        else:
            return


def _texts(lab: Lab) -> list[str]:
    """What the outputs say: their text, what there is to choose from, and what is beside them."""
    shown = lab.page.locator(".jp-Notebook:visible .jp-Cell-outputArea").all_inner_texts()
    return [*shown, *lab.hints()]


def _english(text: str) -> list[str]:
    for words in _AWS:
        text = text.replace(words, "")
    return [found[0] for form in (ENGLISH, _FOUR_WORDS) for found in form.finditer(text)]


@pytest.mark.parametrize(
    ("scenario", "tongue", "only"),
    [
        ("two-waves", "ja", ()),
        ("landing-zones", "ja", ()),
        ("arriving", "ja", ()),
        ("landing-zones", "ja", IN_ONE_GO),
    ],
    ids=["two-waves-ja", "landing-zones-ja", "arriving-ja", "one-go-ja"],
)
def test_all_of_every_notebook_can_be_read(
    start: Start, tmp_path: Path, scenario: str, tongue: str, only: tuple[str, ...]
) -> None:
    """All in order, every gate answered: no text is cut off or scrolls sideways; in Japanese none of it is English."""
    folder = NOTEBOOKS / tongue if tongue == "ja" else NOTEBOOKS
    pictures = os.environ.get("ORGTOOLS_PICTURES")
    with Rehearsal.start(tmp_path / "run", scenario=scenario, speed=20) as rehearsal:
        chosen = {"ORGTOOLS_RUN": str(rehearsal.folder.resolve()), "ORGTOOLS_LANGUAGE": tongue}
        lab = start(folder, env=rehearsal.environment() | chosen)
        lab.page.set_viewport_size(SCREEN)
        restore = lab.folder / "83_restore.ipynb"
        restore.write_text(
            restore.read_text(encoding="utf-8").replace('what = \\"contacts', 'what = \\"shares'), "utf-8"
        )
        asking, cut, english, silent = set[str](), [], [], []
        shown = dict[str, list[str]]()
        for notebook in sorted(path.name for path in folder.glob("*.ipynb") if not only or path.stem in only):
            declines = not only and notebook.startswith("45_wave")
            for number, asked in enumerate(_stops(lab, notebook, GOES_BACK[scenario], declines=declines)):
                texts = _texts(lab)
                shown[notebook.removesuffix(".ipynb")] = texts
                asking |= {notebook.removesuffix(".ipynb")} if asked else set()
                cut += [(notebook, *how) for how in lab.cut_off()]
                if tongue == "ja":
                    english += [(notebook, found) for text in texts for found in _english(text)]
                    silent += [] if _JAPANESE.search("".join(texts)) else [notebook]
                if pictures:
                    lab.screenshot(Path(pictures, f"{scenario}-{tongue}-{notebook[:2]}-{number}.png"))
            failed = [out for cell in lab.notebook()["cells"] for out in cell.get("outputs", []) if "ename" in out]
            assert failed == []
            lab.close()
    assert (cut, english, silent) == ([], [], [])
    mute = ({"45_wave"} if only else set(WAYS[scenario])) - asking
    assert not mute, {name: shown[name] for name in mute}
