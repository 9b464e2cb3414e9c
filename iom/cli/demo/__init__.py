"""The demo region: invented people on the real catalog."""
