"""The table of contents: every page, in the order of the sidebar."""

from __future__ import annotations

from functools import partial

from stockpile.language import _
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.campaign import CampaignPage
from ui.pages.collecting import CollectingPage
from ui.pages.confirming import ConfirmingPage
from ui.pages.conflicts import ConflictsPage
from ui.pages.counting import CountingPage
from ui.pages.destruction import DestructionPage
from ui.pages.entry import EntryPage
from ui.pages.gate import GatePage
from ui.pages.holders import HoldersPage
from ui.pages.importing import ImportPage
from ui.pages.investigations import InvestigationsPage
from ui.pages.issuing import IssuingPage
from ui.pages.losses import LossesPage
from ui.pages.marking import MarkingPage
from ui.pages.officers import OfficersPage
from ui.pages.page import Entry
from ui.pages.places import PlacesPage
from ui.pages.practice_machine import PracticeMachinePage
from ui.pages.register import RegisterPage
from ui.pages.seconding import SecondOfficer
from ui.pages.settings import SettingsPage
from ui.pages.sync import SyncPage
from ui.pages.today import TodayPage
from ui.pages.trace_requests import TraceRequestsPage
from ui.pages.transfers import TransfersPage
from ui.pages.weapon_page import WeaponPage
from ui.session import Session
from ui.theme import Theme


def entries(desk: Desk, session: Session, notices: Notices, theme: Theme) -> tuple[Entry, ...]:
    """Return the pages of the program; each is made when it is first opened."""
    work, oversight = _("Work"), _("Oversight")
    made = (desk, session, notices)
    desk.ask_second = SecondOfficer(desk, session).ask
    return (
        Entry("register", "boxes", _("Register"), "Alt+1", work, partial(RegisterPage, *made)),
        Entry("entry", "keyboard", _("Fast entry"), "Alt+2", work, partial(EntryPage, *made)),
        Entry("import", "file-spreadsheet", _("Import"), "Alt+3", work, partial(ImportPage, *made)),
        Entry("marking", "stamp", _("Marking"), "Alt+4", work, partial(MarkingPage, *made)),
        Entry(
            "issuing",
            "arrow-left-right",
            _("Issue and return"),
            "Alt+5",
            work,
            partial(IssuingPage, *made),
        ),
        Entry("collecting", "hand", _("Hand-in"), "Alt+A", work, partial(CollectingPage, *made)),
        Entry(
            "counting",
            "clipboard-check",
            _("Stocktake"),
            "Alt+6",
            work,
            partial(CountingPage, *made),
        ),
        Entry(
            "holders",
            "users",
            _("Holders"),
            "Alt+H",
            "",
            partial(HoldersPage, *made),
            under="issuing",
        ),
        Entry("gate", "log-out", _("Gate"), "Alt+G", "", partial(GatePage, *made), under="issuing"),
        Entry("transfers", "truck", _("Transfers"), "Alt+7", work, partial(TransfersPage, *made)),
        Entry("places", "warehouse", _("Places"), "Alt+8", work, partial(PlacesPage, *made)),
        Entry(
            "today", "layout-dashboard", _("Today"), "Alt+9", oversight, partial(TodayPage, *made)
        ),
        Entry(
            "confirming",
            "user-check",
            _("To confirm"),
            "Alt+K",
            "",
            partial(ConfirmingPage, *made),
            under="today",
        ),
        Entry(
            "losses", "shield-alert", _("Losses"), "Alt+L", oversight, partial(LossesPage, *made)
        ),
        Entry(
            "trace_requests",
            "route",
            _("Tracing"),
            "Alt+T",
            oversight,
            partial(TraceRequestsPage, *made),
        ),
        Entry(
            "destruction",
            "flame",
            _("Destruction"),
            "Alt+D",
            oversight,
            partial(DestructionPage, *made),
        ),
        Entry(
            "conflicts",
            "git-compare",
            _("Contradictions"),
            "Alt+X",
            oversight,
            partial(ConflictsPage, *made),
        ),
        Entry("sync", "refresh-cw", _("Sync"), "Alt+S", oversight, partial(SyncPage, *made)),
        Entry(
            "settings", "settings", _("Settings"), "Alt+0", "", partial(SettingsPage, *made, theme)
        ),
        Entry(
            "officers",
            "users",
            _("Officers"),
            "Alt+O",
            "",
            partial(OfficersPage, *made),
            under="settings",
        ),
        Entry(
            "weapon",
            "scan-barcode",
            _("Weapon"),
            "",
            "",
            partial(WeaponPage, *made),
            under="register",
        ),
        Entry(
            "campaign",
            "route",
            _("Plan a campaign"),
            "Alt+C",
            "",
            partial(CampaignPage, *made),
            under="marking",
        ),
        Entry(
            "practice",
            "zap",
            _("Practice machine"),
            "Alt+M",
            "",
            partial(PracticeMachinePage, *made),
            under="marking",
        ),
        Entry(
            "investigations",
            "search",
            _("Investigations"),
            "Alt+I",
            "",
            partial(InvestigationsPage, *made),
            under="counting",
        ),
    )
