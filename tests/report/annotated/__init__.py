"""Tests of soe_compliance.report.annotated."""
