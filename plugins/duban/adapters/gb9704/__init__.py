"""A conformance checker of any .docx against GB/T 9704-2012 《党政机关公文格式》 (docs/gb9704.md)."""

from duban.adapters.gb9704.lint import lint
from duban.adapters.gb9704.printed import RenderedPdf
from duban.adapters.gb9704.rendering import render_pdf, render_pdfs
from duban.adapters.gb9704.rules import RULES

__all__ = ["RULES", "RenderedPdf", "lint", "render_pdf", "render_pdfs"]
