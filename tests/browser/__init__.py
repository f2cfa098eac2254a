"""The blog in a real browser, served with a strict Content-Security-Policy."""
