"""Lists as workbooks to print, to bind, to take along."""

from duban.adapters.lists.evidence import XlsxEvidenceList
from duban.adapters.lists.register import XlsxRegister
from duban.adapters.lists.spots import XlsxSpotList

__all__ = ["XlsxEvidenceList", "XlsxRegister", "XlsxSpotList"]
