"""What a notebook shows and asks. Thin: every rule lives below.

Imported in a notebook, it also lets that notebook's errors be read: see `orgtools.ui.errors`.
"""

from orgtools.ui import errors
from orgtools.ui.asking import Questions, Waivers
from orgtools.ui.boards import board
from orgtools.ui.drawing import charts
from orgtools.ui.gate import ask
from orgtools.ui.picker import Picker
from orgtools.ui.plan_editor import PlanEditor
from orgtools.ui.progress import Progress
from orgtools.ui.reviewing import InvitationPicker, show_handshakes
from orgtools.ui.showing import NO_OWNER, NOTHING_TO_ASSESS, show
from orgtools.ui.tables import rooms, ways_back
from orgtools.ui.wave_editor import WaveEditor

__all__ = [
    "NOTHING_TO_ASSESS",
    "NO_OWNER",
    "InvitationPicker",
    "Picker",
    "PlanEditor",
    "Progress",
    "Questions",
    "Waivers",
    "WaveEditor",
    "ask",
    "board",
    "charts",
    "rooms",
    "show",
    "show_handshakes",
    "ways_back",
]

errors.fold()
