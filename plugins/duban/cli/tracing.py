"""duban trace: from a paper to its figures, and from a figure to the cells of the archived workbooks."""

from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import FINDINGS, AsJson, print_json, told_to_users

if TYPE_CHECKING:
    from duban.pipeline.evidence_trace import EvidenceFound


def trace(
    paper: Annotated[str, typer.Argument(help="公文的登记编号，或它的文件")],
    key: Annotated[str | None, typer.Argument(help="数字的名称，如 MH.committees.done；不写则列出全部")] = None,
    *,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="催办、督办等文书的证据清单，并按当时所知重新核算")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """一份公文的数字从哪里来：口径、小区、原始报表的单元格。按台账重算与登记不一致时退出码为 1。"""
    from duban.pipeline.trace_documents import figure_trace_document, paper_trace_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        if evidence:
            holds = _show_evidence(app.evidence.look(app.trace.record(paper)), as_json=as_json)
        elif key is None:
            listed = app.trace.paper(paper)
            holds = listed.holds
            if as_json:
                print_json(paper_trace_document(listed))
            else:
                from duban.cli.trace_pages import show_paper_trace

                show_paper_trace(listed)
        else:
            found = app.trace.figure(paper, key)
            holds = found.holds
            if as_json:
                print_json(figure_trace_document(found))
            else:
                from duban.cli.trace_pages import show_figure_trace

                show_figure_trace(found)
    if not holds:
        raise typer.Exit(FINDINGS)


def _show_evidence(found: "EvidenceFound", *, as_json: bool) -> bool:
    """Show the evidence of a letter; returns whether it holds."""
    if as_json:
        verdict = {"untouched": found.untouched, "differing": list(found.differing), "holds": found.holds}
        print_json({**verdict, "evidence": found.document})
    else:
        from duban.cli.trace_pages import show_evidence

        show_evidence(found)
    return found.holds
