"""The pages of the desk; each asks a named predicate of ``office.permissions`` before anything else."""
