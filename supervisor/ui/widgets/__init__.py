"""Small reusable parts of pages."""

from supervisor.ui.look.buttons import Button, IconButton
from supervisor.ui.widgets.banner import Banner
from supervisor.ui.widgets.chips import Chip, ChipRow, Condition
from supervisor.ui.widgets.data_age import DataAgePill
from supervisor.ui.widgets.dialog import Dialog
from supervisor.ui.widgets.fields import clearable, name_field, with_search_sign
from supervisor.ui.widgets.form import FormRow
from supervisor.ui.widgets.key_hints import KeyHints
from supervisor.ui.widgets.labels import ElidedLabel, IconLabel, Label
from supervisor.ui.widgets.page import Page
from supervisor.ui.widgets.progress import ThinBar
from supervisor.ui.widgets.row_list import ListRow, RowList
from supervisor.ui.widgets.scope_choice import ScopeChoice
from supervisor.ui.widgets.scroller import FocusRing, Scroller
from supervisor.ui.widgets.segments import SegmentedControl
from supervisor.ui.widgets.splitter import Splitter
from supervisor.ui.widgets.states import Card, EmptyState, Skeleton
from supervisor.ui.widgets.toast import Toast

__all__ = [
    "Banner",
    "Button",
    "Card",
    "Chip",
    "ChipRow",
    "Condition",
    "DataAgePill",
    "Dialog",
    "ElidedLabel",
    "EmptyState",
    "FocusRing",
    "FormRow",
    "IconButton",
    "IconLabel",
    "KeyHints",
    "Label",
    "ListRow",
    "Page",
    "RowList",
    "ScopeChoice",
    "Scroller",
    "SegmentedControl",
    "Skeleton",
    "Splitter",
    "ThinBar",
    "Toast",
    "clearable",
    "name_field",
    "with_search_sign",
]
