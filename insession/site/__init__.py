"""The engine: finds, reads, remembers and arranges the texts, and makes what is asked for."""
