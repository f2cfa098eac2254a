"""The blog on her own computer: kept in memory, drawn on request; open pages follow each save."""

from insession.preview.supervisor import serve

__all__ = ["serve"]
