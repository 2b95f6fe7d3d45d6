"""Heads and feet: the parts that papers of one form have in common (GB/T 9704-2012, 7.2 to 7.4)."""

from duban.adapters.word import oxml
from duban.adapters.word.paper import BasePaper
from duban.adapters.word.sheet import KAITI, MARK_DROP, SEAL_ROOM, SLIP_DROP

CONTACT = "联系人：{{ contact }}　　联系电话：{{ telephone }}"
_HEAD_LINES = (("Serial", "copy_number"), ("Secrecy", "secrecy"), ("Urgency", "urgency"))
_TITLE = "{% for line in title_lines %}{{ line }}{% if not loop.last %}\n{% endif %}{% endfor %}"


def title(paper: BasePaper) -> None:
    """The title, broken into lines by sense (7.3.1)."""
    paper.text("Title", _TITLE)


def file_head(paper: BasePaper, *, upward: bool = False) -> None:
    """版头 of a 公文 (7.2): 份号, 密级, 紧急程度 where there are any, mark, number, signer, rule; then title, 主送."""
    for style, name in _HEAD_LINES:
        paper.when(name, (style, f"{{{{ {name} }}}}"))
    paper.drop(MARK_DROP)
    paper.text("Mark", "{{ mark }}文件")
    paper.blank(2)
    if upward:
        paper.part(oxml.paragraph_of("FileNumberUp", oxml.runs("{{ number }}\t签发人：") + _in_kaiti("{{ signer }}")))
    else:
        paper.text("FileNumber", "{{ number }}")
    paper.red_rule()
    paper.blank(2)
    title(paper)
    paper.blank()
    paper.text("Addressee", "{{ addressee }}：")


def _in_kaiti(text: str) -> str:
    return oxml.run(text, fonts=oxml.fonts(KAITI))


def slip_head(paper: BasePaper) -> None:
    """Mark, number above the red rule, title and addressee of a numbered slip."""
    paper.drop(SLIP_DROP)
    paper.text("Mark", "{{ mark }}")
    paper.text("Number", "{{ number }}")
    paper.red_rule()
    paper.blank()
    title(paper)
    paper.blank()
    paper.text("Addressee", "{{ addressee }}：")


def letter_head(paper: BasePaper) -> None:
    """The head of a 信函 (10.1): mark between the page's edge and double lines, number at the right, no page number."""
    paper.part(oxml.letter_lines())
    paper.unnumbered_first_page()
    paper.text("LetterNumber", "{{ number }}")
    paper.blank(2)
    title(paper)
    paper.blank()
    paper.text("Addressee", "{{ addressee }}：")


def letter_foot(paper: BasePaper) -> None:
    """抄送 alone, without rules."""
    paper.part(oxml.letter_foot("抄送：{{ copy }}。", "copy"))
    paper.text("Hair", "")


def attachments(paper: BasePaper) -> None:
    """附件说明 (7.3.4): numbered only if there are several, wrapped lines under the first character of the name."""
    paper.begin("if attachments")
    paper.blank()
    paper.begin("for name in attachments")
    paper.when("attachments|length == 1", ("AttachmentOne", "附件：{{ name }}"))
    paper.when("attachments|length > 1 and loop.first", ("AttachmentFirst", "附件：{{ loop.index }}.{{ name }}"))
    paper.when("attachments|length > 1 and not loop.first", ("AttachmentNext", "{{ loop.index }}.{{ name }}"))
    paper.end("endfor")
    paper.end("endif")


def annex(paper: BasePaper, place: int, of: int) -> None:
    """The head of annex `place` of `of` (7.3.7): its label on a new page, its title on the third line."""
    paper.text("AnnexLabel", "附件" if of == 1 else f"附件{place}")
    paper.blank()
    paper.text("AnnexTitle", f"{{{{ attachments[{place - 1}] }}}}")
    paper.blank()


def sealed(paper: BasePaper, name: str = "issuer") -> None:
    """署名 and 成文日期 below the room for a seal (7.3.5.1)."""
    paper.blank(SEAL_ROOM)
    paper.text("Signature", f"{{{{ {name} }}}}{{% if acting_seal %}}（代章）{{% endif %}}")
    paper.text("Dated", "{{ dated }}")


def unsealed(paper: BasePaper) -> None:
    """署名 and 成文日期 of a paper that bears no seal (7.3.5.2)."""
    paper.blank()
    paper.text("SignaturePlain", "{{ issuer }}")
    paper.text("DatedPlain", "{{ dated }}")


def remark(paper: BasePaper) -> None:
    """附注 under the date (7.3.6): whom to ask."""
    paper.text("Remark", "（" + CONTACT.replace("　　", "，") + "）")


def colophon(paper: BasePaper, name: str = "issuer") -> None:
    """抄送 and 印发."""
    paper.colophon(("抄送：{{ copy }}。", "copy"), (f"{{{{ {name} }}}}\t{{{{ dated }}}}印发", ""))
