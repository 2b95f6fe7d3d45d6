"""Pages of the docs site that are made from elsewhere: the rules as their tests state them, and the two READMEs.

Run by mkdocs (gen-files). A spec test is a table that an officer can read; here it is one on a page.
"""  # noqa: INP001 - mkdocs loads this file by its path

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import mkdocs_gen_files

ROOT = Path(__file__).resolve().parents[1]
SPEC = ROOT / "tests" / "spec"
OUTSIDE = re.compile(r"\]\((?:\.\./)*docs/")
"""A link of README.md into this site."""


def tables(module: ast.Module) -> Iterator[tuple[str, list[list[str]]]]:
    """The tables of a module by their names: texts drawn with bars."""
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines = [line for line in node.value.value.splitlines() if "|" in line]
            if len(lines) > 1 and isinstance(node.targets[0], ast.Name):
                yield node.targets[0].id, [[cell.strip() for cell in line.split("|")] for line in lines]


def page(path: Path) -> Iterator[str]:
    """What a module of tests/spec says, in Markdown: each test a sentence, with the tables that it is fed."""
    module = ast.parse(path.read_text("utf-8"))
    known = dict(tables(module))
    yield f"# {(ast.get_docstring(module) or path.stem).splitlines()[0]}\n"
    for node in module.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        yield f"## {node.name.removeprefix('test_').replace('_', ' ')}\n"
        yield f"{ast.get_docstring(node) or ''}\n"
        used = {
            name.id for part in (node, *node.decorator_list) for name in ast.walk(part) if isinstance(name, ast.Name)
        }
        for name in sorted(used & known.keys()):
            yield markdown(known[name])
    yield f"\n*Made from `tests/spec/{path.name}`.*\n"


def markdown(rows: list[list[str]]) -> str:
    """A table of bars as one of Markdown."""
    head, *lines = rows
    body = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(cell or "&nbsp;" for cell in row) + " |" for row in body) + "\n"


def write(path: str, text: str) -> None:
    with mkdocs_gen_files.open(path, "w") as file:
        file.write(text)


contents = ["# The rules, as their tests state them\n"]
for module in sorted(SPEC.glob("test_*.py")):
    text, name = "\n".join(page(module)), module.stem.removeprefix("test_")
    write(f"spec/{name}.md", text)
    contents.append(f"- [{text.splitlines()[0].removeprefix('# ')}]({name}.md)")
write("spec/index.md", "\n".join(contents))
for readme, name in (("README.md", "index.md"), ("README.zh-CN.md", "zh.md")):
    text = OUTSIDE.sub("](", (ROOT / readme).read_text("utf-8"))
    write(name, text.replace("(README.zh-CN.md)", "(zh.md)").replace("(README.md)", "(index.md)"))
for example in sorted((*(ROOT / "examples").glob("*.png"), ROOT / "examples" / "helm-values.yaml")):
    with mkdocs_gen_files.open(f"examples/{example.name}", "wb") as file:
        file.write(example.read_bytes())
