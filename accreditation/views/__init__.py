"""Applicants' pages: find, form, call, redirect."""
