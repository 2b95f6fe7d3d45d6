"""Traces as plain documents: what `duban trace --json` prints and outside checks rely on."""

from duban.pipeline.documents import Document, paper_document
from duban.pipeline.traced import CompoundTrace, FigureTrace, PaperTrace, ReturnTrace, RowTrace


def paper_trace_document(trace: PaperTrace) -> Document:
    """A paper with its figures; `holds` says that the ledger still gives every one of them."""
    return {
        "paper": paper_document(trace.record),
        "replayable": trace.replayable,
        "holds": trace.holds,
        "figures": [figure_document(figure) for figure in trace.figures],
    }


def figure_document(trace: FigureTrace) -> Document:
    """One figure: what it says, by which rule, from which returns; `replayed` is what the ledger gives for it now."""
    figure = trace.figure
    return {
        "key": figure.key,
        "text": figure.text,
        "unit": figure.rule.unit,
        "rule": figure.definition,
        "meaning": figure.rule.meaning,
        "source": figure.rule.source,
        "as_of": trace.as_of.isoformat(),
        "returns": list(figure.returns),
        "replayed": trace.replayed,
        "replays": trace.replays,
    }


def figure_trace_document(trace: FigureTrace) -> Document:
    """One figure with the compounds that count and the returns it came from."""
    return figure_document(trace) | {
        "holds": trace.holds,
        "compounds": [_compound(compound) for compound in trace.compounds],
        "inputs": [_return(one) for one in trace.returns],
    }


def _compound(trace: CompoundTrace) -> Document:
    return {
        "office": trace.office,
        "compound": trace.compound,
        "name": trace.name,
        "row": None if trace.row is None else _row(trace.row),
        "agrees": trace.agrees,
    }


def _row(trace: RowTrace) -> Document:
    return {
        "return_id": trace.return_id,
        "file": trace.path,
        "received_at": trace.received_at.isoformat(),
        "sha256": trace.sha256,
        "archive": trace.archive,
        "sheet": trace.sheet,
        "row": trace.row,
        "cells": [
            {
                "address": cell.address,
                "column": cell.header,
                "read": cell.read,
                "registered": cell.registered,
                "agrees": cell.agrees,
            }
            for cell in trace.cells
        ],
    }


def _return(trace: ReturnTrace) -> Document:
    return {
        "return_id": trace.return_id,
        "office": trace.office,
        "file": trace.path,
        "received_at": trace.received_at.isoformat(),
        "status": trace.status.value,
        "sha256": trace.sha256,
        "archive": trace.archive,
    }
