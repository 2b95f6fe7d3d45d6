"""The basis: the signed 报送通知 that ordered what stands on a decision (domain.md §4, last paragraph)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from duban.core.papers import IN_FORCE, PaperKind, PaperRecord
from duban.core.plan import Basis, Plan


def with_basis(plan: Plan, papers: Iterable[PaperRecord], as_of: datetime) -> Plan:
    """The plan with the basis that was in force at `as_of`: its own, else the first 报送通知 signed by then.

    The notice is a basis from the instant of its signature; one that was revoked or voided is none.
    """
    if plan.basis is not None:
        return plan
    notices = (paper for paper in papers if paper.kind is PaperKind.REPORTING_NOTICE and paper.state in IN_FORCE)
    signed = [paper for paper in notices if paper.signature and paper.signature.at <= as_of]
    return replace(plan, basis=_basis(signed[0])) if signed else plan


def _basis(paper: PaperRecord) -> Basis:
    assert paper.signature is not None  # noqa: S101  # only signed ones are asked
    return Basis(paper.number or "", paper.title, paper.signature.dated)
