"""Writing the base documents (`duban templates build`)."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from duban.adapters.word.paper import BasePaper
from duban.adapters.word.papers.circulars import circular, report, year_assessment
from duban.adapters.word.papers.decisions import correction, criticism, department_list, revocation
from duban.adapters.word.papers.notices import proposal, reminder, supervision, urge
from duban.adapters.word.papers.reporting_notice import reporting_notice
from duban.adapters.word.papers.return_slip import return_slip
from duban.adapters.word.papers.weekly_report import weekly_report
from duban.adapters.word.sheet import PROFILE_A, Profile
from duban.core.papers import PaperKind
from duban.core.zips import normalised

BASE_PAPERS: Mapping[PaperKind, Callable[[], BasePaper]] = {
    PaperKind.WEEKLY_REPORT: weekly_report,
    PaperKind.REMINDER: reminder,
    PaperKind.URGE: urge,
    PaperKind.SUPERVISE: supervision,
    PaperKind.CRITICISM_PROPOSAL: proposal,
    PaperKind.RETURN_SLIP: return_slip,
    PaperKind.REPORTING_NOTICE: reporting_notice,
    PaperKind.CIRCULAR: circular,
    PaperKind.CRITICISM: criticism,
    PaperKind.REPORT: report,
    PaperKind.YEAR_ASSESSMENT: year_assessment,
    PaperKind.CORRECTION: correction,
    PaperKind.REVOCATION: revocation,
    PaperKind.DEPARTMENT_LIST: department_list,
}


def build_templates(directory: Path, profile: Profile = PROFILE_A) -> list[Path]:
    """Write every base document to `directory`/<kind>.docx; building again gives identical bytes."""
    directory.mkdir(parents=True, exist_ok=True)
    return [_write(directory / f"{kind}.docx", paper(), profile) for kind, paper in BASE_PAPERS.items()]


def _write(path: Path, paper: BasePaper, profile: Profile) -> Path:
    package = io.BytesIO()
    paper.document(profile).save(package)
    path.write_bytes(normalised(package.getvalue()))
    return path
