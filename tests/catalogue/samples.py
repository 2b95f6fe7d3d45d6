"""Every sample of the catalogue, in the order of its cases."""

from catalogue import business, cells, containers, dates, layouts, texts

SAMPLES = (
    *containers.SAMPLES,
    *texts.SAMPLES,
    *layouts.SAMPLES,
    *cells.SAMPLES,
    *dates.SAMPLES,
    *business.SAMPLES,
)
