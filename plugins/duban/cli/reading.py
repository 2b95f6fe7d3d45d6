"""Commands that only read: status, check, papers."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import FINDINGS, AsJson, instant, print_json, told_to_users, write_file
from duban.core.errors import UsageError
from duban.core.findings import Finding, FindingClass

if TYPE_CHECKING:
    from duban.core.assessment import Assessment
    from duban.core.plan import Plan
    from duban.wiring import Offline


def status(
    as_of: Annotated[str, typer.Option(help="截至何时（ISO 8601，缺省时区为北京时间）")],
    *,
    history: Annotated[bool, typer.Option("--history", help="逐期列出以前各期截止时的进展")] = False,
    as_json: AsJson = False,
) -> None:
    """各办事处的进展、任务、灯号和各项期限，截至某一时刻。"""
    from duban.pipeline.status import status_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        moment = instant(as_of)
        if history:
            past = [app.assess(week.cutoff) for week in app.weeks.closed_by(moment)]
            _show_history(app.plan, past, as_json=as_json)
            return
        assessment, departments = app.assess(moment), app.assessing.departments(moment)
        if as_json:
            print_json(status_document(assessment, departments))
            return
        from duban.cli.pages import show_assessment

        show_assessment(app.plan, assessment, departments)


def _show_history(plan: "Plan", past: "Sequence[Assessment]", *, as_json: bool) -> None:
    if as_json:
        from duban.pipeline.status import status_document

        print_json({"cutoffs": [status_document(assessment) for assessment in past]})
        return
    from duban.cli.pages import show_history

    show_history(plan, past)


def papers(*, as_json: AsJson = False) -> None:
    """公文登记簿。"""
    from duban.pipeline.documents import paper_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        records = app.register.papers()
        if as_json:
            print_json([paper_document(record) for record in records])
            return
        from duban.cli.pages import show_papers

        show_papers(records, app.settings.papers_path)


def check(
    file: Annotated[Path, typer.Argument(help="要检查的报表，或放各表 csv 的文件夹")],
    office: Annotated[str | None, typer.Option(help="办事处代码，如 MH")] = None,
    as_of: Annotated[str | None, typer.Option(help="收到的时间")] = None,
    last: Annotated[Path | None, typer.Option(help="上一期报表，用于逐周比较")] = None,
    mark: Annotated[Path | None, typer.Option(help="把问题标在副本上，写到这个 .xlsx")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """离线检查一份报表，不需要数据库。有必改、需说明或核实的问题时退出码为 1。"""
    from duban.pipeline.check_file import CheckFile
    from duban.pipeline.documents import finding_document
    from duban.wiring import open_offline

    with told_to_users(), open_offline() as offline:
        use_case = CheckFile(offline.reader, offline.checker, offline.plan)
        received_at = instant(as_of) if as_of else None
        given = as_sent(file, office)
        result = use_case.run(given, office, received_at, as_sent(last, office) if last else None)
        findings = result.checked.findings
        if mark:
            _write_marked(offline, given, findings, mark)
        if as_json:
            print_json({
                "findings": [finding_document(finding) for finding in findings],
                "not_checked": list(result.not_checked),
            })
        else:
            from duban.cli.pages import show_findings

            show_findings(file.name, findings, result.not_checked)
    if any(finding.cls is not FindingClass.D for finding in findings):
        raise typer.Exit(FINDINGS)


def _write_marked(offline: "Offline", given: tuple[str, bytes], findings: Sequence[Finding], target: Path) -> None:
    from duban.core.marking import Heading
    from duban.pipeline.receipt import file_name

    name = file_name(given[0])
    marked = offline.marking.run(*given, findings, Heading(file=name))
    if marked is None:
        raise UsageError(f"文件“{name}”无法标注，请按下面列出的问题修改后另存为 .xlsx。")
    write_file(target, marked.content, ".xlsx")
    typer.echo(f"已标注：{target}", err=True)


def as_sent(file: Path, office: str | None) -> tuple[str, bytes]:
    """A file, or a folder of .csv files, as the inbox would show it: its name and its bytes; raises UsageError."""
    if not file.is_dir():
        return file.name, content_of(file)
    from duban.core.csv_folder import name_of, pack

    folder = file.resolve()
    tables = [member for member in sorted(folder.iterdir()) if member.suffix.lower() == ".csv"]
    return name_of(office or folder.parent.name, folder.name), pack({one.name: content_of(one) for one in tables})


def content_of(file: Path) -> bytes:
    """The bytes of a file named on the command line; raises UsageError."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"文件“{file}”打不开，请检查路径是否正确、是否有读取权限。") from error
