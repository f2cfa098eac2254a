"""What the Content-Security-Policy allows."""

from insession.common.csp import content_security_policy, style_source


def test_what_is_not_named_is_not_allowed() -> None:
    assert content_security_policy({}) == (
        "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_sources_stand_in_a_certain_order_and_a_style_is_allowed_to_the_letter() -> None:
    allowed = {"img-src": {"data:", "'self'"}, "style-src": [style_source("a{}")]}
    policy = content_security_policy(allowed | {"form-action": {"'self'"}})
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "; img-src 'self' data:; form-action 'self'; " in policy
    assert style_source("a{}") != style_source("a{} ")
