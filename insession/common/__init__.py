"""Tools that know nothing of a blog; every room may use them."""
