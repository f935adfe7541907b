"""The pictures of the README, taken from the real notebooks in a real JupyterLab: ``make pictures``."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orgtools.rehearsal import Rehearsal
from tests.browser.chromium import find_chromium
from tests.browser.lab import start_lab

if TYPE_CHECKING:
    from tests.browser.lab import Lab

_ROOT: Final = Path(__file__).parents[2]
PICTURES: Final = _ROOT / "docs"
_THE_OTHERS: Final = {
    "38_prepare_access.ipynb": "prepare 15",
    "50_accept.ipynb": "accept 14",
    "60_place.ipynb": "place 15",
    "90_record.ipynb": "",
}
"""The way of the invited accounts, and what its gates want to read."""


def take(folder: Path, *, dark: bool = False) -> list[Path]:
    """Walk through the notebooks as an operator does and save what is on the screen; returns the pictures."""
    folder.mkdir(exist_ok=True)
    taken: list[Path] = []

    def keep(lab: Lab, name: str, cell: int) -> None:
        lab.cell(cell).scroll_into_view_if_needed()
        path = folder / f"{name}.png"
        lab.cell(cell).screenshot(path=path)
        taken.append(path)

    with tempfile.TemporaryDirectory() as scratch, Rehearsal.start(Path(scratch, "run"), speed=20) as rehearsal:
        environment = rehearsal.environment() | {"ORGTOOLS_RUN": str(rehearsal.folder.resolve())}
        desk = Path(scratch, "desk")
        desk.mkdir()
        with start_lab(_ROOT / "notebooks", chromium=find_chromium(), scratch=desk, env=environment) as lab:
            lab.page.set_viewport_size({"width": 1400, "height": 1700})  # a whole table at once
            if dark:
                lab.page.evaluate(
                    "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
                )
            lab.open("10_assess.ipynb")
            lab.run_all()
            lab.wait_until_done()
            lab.open("30_invite.ipynb")
            lab.run(0, 6)
            lab.wait_until_done()
            keep(lab, "board", 2)
            keep(lab, "picker", 4)
            keep(lab, "preview", 6)
            lab.run(8)
            lab.wait_for_gate()
            lab.answer("invite 14")
            lab.wait_until_done()
            lab.open("35_review_handshakes.ipynb")
            lab.run_all()
            lab.wait_until_done()
            keep(lab, "review", 6)
            for notebook, phrase in _THE_OTHERS.items():
                lab.open(notebook)
                lab.run_all()
                if phrase:
                    lab.wait_for_gate()
                    lab.answer(phrase)
                lab.wait_until_done()
            browser = lab.page.context.browser
            assert browser
            record = browser.new_page(
                viewport={"width": 1400, "height": 1400}, color_scheme="dark" if dark else "light", offline=True
            )
            record.goto((rehearsal.folder / "record" / "record.html").resolve().as_uri())
            taken.append(folder / "record.png")
            record.screenshot(path=taken[-1])
    return taken


if __name__ == "__main__":
    take(PICTURES)
