"""Commands of people who review and sign: review, sign, reject, void; and verify."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import FINDINGS, AsJson, instant, print_json, require_suffix, told_to_users, write_file
from duban.core.errors import UsageError

if TYPE_CHECKING:
    from duban.core.papers import PaperRecord

PaperId = Annotated[int, typer.Argument(metavar="ID", help="文书的编号（duban papers 所列的 id）")]
By = Annotated[str, typer.Option("--as", help="办理人姓名，须与方案所列一致")]
Reason = Annotated[str, typer.Option(help="原因或意见")]
AsOf = Annotated[str | None, typer.Option(help="办理时间，缺省为现在")]
Seen = Annotated[str | None, typer.Option(help="所看草稿的 SHA-256；与登记的不同则不予办理")]


def review(paper_id: PaperId, by: By, as_of: AsOf = None, seen: Seen = None) -> None:
    """核稿：通过一份草稿。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        _tell(app.signing.review(paper_id, by, _instant(as_of), seen=seen))


def sign(
    paper_id: PaperId,
    by: By,
    number: Annotated[str | None, typer.Option(help="自行登记编号的单位在此填写编号")] = None,
    as_of: AsOf = None,
    seen: Seen = None,
) -> None:
    """签发：编号、成文、存档。已签发的再次执行不变，只补回缺失的签发件。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        _tell(app.signing.sign(paper_id, by, _instant(as_of), number, seen=seen))


def reject(paper_id: PaperId, by: By, reason: Reason, as_of: AsOf = None) -> None:
    """退回修改：草稿不通过，写明意见。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        _tell(app.signing.reject(paper_id, by, reason, _instant(as_of)))


def decline(paper_id: PaperId, by: By, reason: Reason, as_of: AsOf = None) -> None:
    """不予督办：发文机关决定不发这份督办，写明理由；不再拟，也不升级。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        _tell(app.signing.decline(paper_id, by, reason, _instant(as_of)))


def void(paper_id: PaperId, by: By, reason: Reason, as_of: AsOf = None) -> None:
    """作废：已签发、尚未送达的文书，编号不再使用。"""
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        _tell(app.signing.void(paper_id, by, reason, _instant(as_of)))


def print_register(
    year: Annotated[int, typer.Option(help="哪一年")],
    output: Annotated[Path, typer.Option("-o", help="写成这个 .xlsx 或 .docx")],
    issuer: Annotated[str | None, typer.Option(help="发文机关（方案中的 key），缺省为全部")] = None,
) -> None:
    """打印登记簿：一年的全部编号，作废的也在，漏号逐个指出。"""
    from duban.adapters.clock import SystemClock
    from duban.adapters.lists import XlsxRegister
    from duban.adapters.word.register_paper import WordRegister
    from duban.pipeline.print_register import registers_of
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        require_suffix(output, ".xlsx", ".docx")
        keys = [one.key for one in app.plan.issuers]
        if issuer is not None and issuer not in keys:
            raise UsageError(f"没有发文机关“{issuer}”，可用的 key：{'、'.join(keys)}。")
        found = registers_of(app.plan, app.books.numbers(), app.register.papers(), year, issuer)
        writer = WordRegister() if output.suffix.lower() == ".docx" else XlsxRegister()
        write_file(output, writer.write(app.plan, found, SystemClock().now()))
        typer.echo(f"已写出：{output}（{len(found)} 个系列）")


def verify(*, as_json: AsJson = False) -> None:
    """核验：存档、变更链、编号登记、签发件、行数是否完好。发现问题时退出码为 1。"""
    from duban.pipeline.documents import verification_document
    from duban.wiring import open_app

    with told_to_users(), open_app() as app:
        found = app.verifying.run()
        if as_json:
            print_json(verification_document(found))
        else:
            from duban.cli.pages_verify import show_verification

            show_verification(found)
    if found.defects:
        raise typer.Exit(FINDINGS)


def _instant(given: str | None) -> datetime:
    from duban.adapters.clock import SystemClock

    return instant(given) if given else SystemClock().now()


def _tell(record: "PaperRecord") -> None:
    from duban.core.signing_texts import outcome

    typer.echo(outcome(record))
