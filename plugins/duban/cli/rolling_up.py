"""duban city-report: the roll-up over the districts of a city."""

from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import AsJson, instant, print_json, told_to_users, write_file


def city_report(
    as_of: Annotated[str, typer.Option(help="截至何时（ISO 8601，缺省时区为北京时间）")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="通报（.docx）存到哪个文件")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """全市汇总：各区的任务、完成数、灯号、排名、未报送和逾期事项，合计不取平均。"""
    from duban.core import city_texts as texts
    from duban.core.errors import UsageError
    from duban.pipeline.city_documents import city_document
    from duban.wiring.city import open_city

    with told_to_users():
        if output is None and not as_json:
            raise UsageError(texts.NO_OUTPUT)
        with open_city() as city:
            found = city.at(instant(as_of))
            if output is not None:
                write_file(output, city.compose(found), ".docx")
            if as_json:
                print_json(city_document(found))
            else:
                typer.echo(texts.WRITTEN.format(path=output))
