"""The blog on her own computer: built, served, and rebuilt when she saves."""

from insession.preview.server import serve

__all__ = ["serve"]
