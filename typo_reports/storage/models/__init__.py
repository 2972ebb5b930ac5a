"""The tables. Plain mapped classes: rules live in domain/, statements beside this folder."""

from __future__ import annotations

from typo_reports.storage.models.access import (
    AuditEvent,
    PasswordLink,
    RecoveryCode,
    SecondFactor,
)
from typo_reports.storage.models.answering import HouseStyle, ReplyTemplate
from typo_reports.storage.models.checking import PageCheck, PageHost, PageWordCounts
from typo_reports.storage.models.correcting import Correction
from typo_reports.storage.models.desk import (
    CaseLease,
    CaseText,
    EditorKeys,
    SavedView,
    StaleText,
)
from typo_reports.storage.models.elsewhere import (
    ElsewherePage,
    ElsewherePlace,
    ElsewhereSearch,
    SiteWords,
)
from typo_reports.storage.models.foundation import Base
from typo_reports.storage.models.outbox import Letter, Quota, Salt
from typo_reports.storage.models.people import Editor, EditorSession, Membership, Token
from typo_reports.storage.models.publications import Page, Site, SiteOrigin
from typo_reports.storage.models.reviewing import Case, CaseEvent, CaseKey, Report
from typo_reports.storage.models.signing_in import OneTimeStep, Passkey, SsoBinding
from typo_reports.storage.models.withdrawing import WithdrawnReport

__all__ = [
    "AuditEvent",
    "Base",
    "Case",
    "CaseEvent",
    "CaseKey",
    "CaseLease",
    "CaseText",
    "Correction",
    "Editor",
    "EditorKeys",
    "EditorSession",
    "ElsewherePage",
    "ElsewherePlace",
    "ElsewhereSearch",
    "HouseStyle",
    "Letter",
    "Membership",
    "OneTimeStep",
    "Page",
    "PageCheck",
    "PageHost",
    "PageWordCounts",
    "Passkey",
    "PasswordLink",
    "Quota",
    "RecoveryCode",
    "ReplyTemplate",
    "Report",
    "Salt",
    "SavedView",
    "SecondFactor",
    "Site",
    "SiteOrigin",
    "SiteWords",
    "SsoBinding",
    "StaleText",
    "Token",
    "WithdrawnReport",
]
