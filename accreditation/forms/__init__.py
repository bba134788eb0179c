"""Forms of the applicants. They validate and tidy; they know nothing of states or of e-mail."""
